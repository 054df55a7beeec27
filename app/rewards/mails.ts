/** The mail that brings an advocate what they have earned. Merchants edit it afterwards. */
import type { Template, TemplateText } from '../messages/blocks.ts';

export const REWARD_ISSUED = 'reward-issued';

const NAME = '{% if customer.first_name %} {{ customer.first_name }}{% endif %}';
const COMMA_NAME = '{% if customer.first_name %}, {{ customer.first_name }}{% endif %}';
const UNTIL = (sentence: string) => `{% if reward.expires_on %}${sentence}{% endif %}`;

interface Words {
  subject: string;
  preheader: string;
  heading: string;
  text: string;
  label: string;
  until: string;
  button: string;
}

const WORDS: Record<string, Words> = {
  en: {
    subject: '{{ reward.offer }} for you: thank you for your friend',
    preheader: 'A friend came by your code, and stayed.',
    heading: 'Thank you for bringing a friend',
    text: `Hello${NAME},\n\nA friend of yours has ordered with your code, and everything has arrived well. As promised, here is something in return: {{ reward.offer }} your next order.`,
    label: 'Your code',
    until: 'Good for one order until {{ reward.expires_on }}.',
    button: 'Look around the shop',
  },
  de: {
    subject: '{{ reward.offer }} für Sie: danke für Ihre Empfehlung',
    preheader: 'Ihre Empfehlung ist angekommen.',
    heading: 'Danke, dass Sie uns weiterempfohlen haben',
    text: `Guten Tag${NAME},\n\njemand hat mit Ihrem Code bestellt, und alles ist gut angekommen. Wie versprochen gibt es dafür etwas zurück: {{ reward.offer }} auf Ihre nächste Bestellung.`,
    label: 'Ihr Code',
    until: 'Gilt für eine Bestellung bis {{ reward.expires_on }}.',
    button: 'Zum Shop',
  },
  fr: {
    subject: '{{ reward.offer }} pour vous : merci pour votre recommandation',
    preheader: 'Quelqu’un est venu grâce à vous.',
    heading: 'Merci de nous avoir fait connaître',
    text: `Bonjour${NAME},\n\nQuelqu’un a commandé avec votre code et tout est bien arrivé. Comme promis, voici de quoi vous remercier : {{ reward.offer }} sur votre prochaine commande.`,
    label: 'Votre code',
    until: 'Valable pour une commande jusqu’au {{ reward.expires_on }}.',
    button: 'Découvrir la boutique',
  },
  es: {
    subject: '{{ reward.offer }} para ti: gracias por recomendarnos',
    preheader: 'Alguien ha venido gracias a ti.',
    heading: 'Gracias por traer a alguien',
    text: `Hola${COMMA_NAME}:\n\nAlguien ha hecho un pedido con tu código y todo ha llegado bien. Como prometimos, aquí tienes algo a cambio: {{ reward.offer }} en tu próximo pedido.`,
    label: 'Tu código',
    until: 'Válido para un pedido hasta el {{ reward.expires_on }}.',
    button: 'Ver la tienda',
  },
};

export const REWARD_TEMPLATES: Template[] = Object.entries(WORDS).map(([locale, words]) => ({
  key: REWARD_ISSUED,
  locale,
  text: textOf(words),
}));

function textOf({ subject, preheader, heading, text, label, until, button }: Words): TemplateText {
  return {
    subject,
    preheader,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'paragraph', text },
      { kind: 'code', label, code: '{{ reward.code }}', note: UNTIL(until) },
      { kind: 'button', label: button, url: '{{ shop.url }}/discount/{{ reward.code }}?redirect=/' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  };
}
