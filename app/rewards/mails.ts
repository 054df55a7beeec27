/** The mails that bring what was given, and remind of it before it runs out. Merchants edit them afterwards. */
import type { Template, TemplateText } from '../messages/blocks.ts';

/** A discount for a friend who came. */
export const REWARD_ISSUED = 'reward-issued';
/** Whatever else comes with a code, for whatever reason. */
export const REWARD_GIVEN = 'reward-given';
export const REWARD_CREDIT = 'reward-credit';
export const REWARD_REMINDER = 'reward-reminder';
export const REWARD_CREDIT_REMINDER = 'reward-credit-reminder';

/** So long before it runs out people are reminded; of what is gone in less than twice that time they are not. */
export const REMIND_AHEAD_MS = 7 * 86_400_000;
/** What is reminded of by a sequence of the merchant's, where one begins in the last days of a reward. */
export const REMINDERS: readonly string[] = [REWARD_REMINDER, REWARD_CREDIT_REMINDER];

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

const HELLO: Record<string, string> = {
  en: `Hello${NAME},`,
  de: `Guten Tag${NAME},`,
  fr: `Bonjour${NAME},`,
  es: `Hola${COMMA_NAME}:`,
};
const COMMON: Record<string, Pick<Words, 'label' | 'until' | 'button'>> = {
  en: { label: 'Your code', until: 'Good until {{ reward.expires_on }}.', button: 'Look around the shop' },
  de: { label: 'Ihr Code', until: 'Gilt bis {{ reward.expires_on }}.', button: 'Zum Shop' },
  fr: {
    label: 'Votre code',
    until: 'Valable jusqu’au {{ reward.expires_on }}.',
    button: 'Découvrir la boutique',
  },
  es: { label: 'Tu código', until: 'Válido hasta el {{ reward.expires_on }}.', button: 'Ver la tienda' },
};
type Said = readonly [subject: string, preheader: string, heading: string, text: string];

const SAID: Record<string, Record<string, Said>> = {
  [REWARD_GIVEN]: {
    en: [
      'For you: {{ reward.offer }}',
      'With our thanks.',
      'This is for you',
      'here is something to say thank you: {{ reward.offer }}. Enter the code at the checkout.',
    ],
    de: [
      'Für Sie: {{ reward.offer }}',
      'Mit unserem Dank.',
      'Das ist für Sie',
      'wir möchten uns bedanken: {{ reward.offer }}. Geben Sie den Code an der Kasse ein.',
    ],
    fr: [
      'Pour vous : {{ reward.offer }}',
      'Avec nos remerciements.',
      'C’est pour vous',
      'voici de quoi vous remercier : {{ reward.offer }}. Saisissez le code au moment de payer.',
    ],
    es: [
      'Para ti: {{ reward.offer }}',
      'Con nuestro agradecimiento.',
      'Esto es para ti',
      'queremos darte las gracias: {{ reward.offer }}. Introduce el código al pagar.',
    ],
  },
  [REWARD_CREDIT]: {
    en: [
      'In your account: {{ reward.offer }}',
      'With our thanks.',
      'This is for you',
      'here is something to say thank you: {{ reward.offer }}. It is in your account already: sign in at the checkout and it is taken off.',
    ],
    de: [
      'Auf Ihrem Konto: {{ reward.offer }}',
      'Mit unserem Dank.',
      'Das ist für Sie',
      'wir möchten uns bedanken: {{ reward.offer }}. Der Betrag steht schon auf Ihrem Kundenkonto: Melden Sie sich an der Kasse an, dann wird er abgezogen.',
    ],
    fr: [
      'Sur votre compte : {{ reward.offer }}',
      'Avec nos remerciements.',
      'C’est pour vous',
      'voici de quoi vous remercier : {{ reward.offer }}. Le montant est déjà sur votre compte : connectez-vous au moment de payer et il sera déduit.',
    ],
    es: [
      'En tu cuenta: {{ reward.offer }}',
      'Con nuestro agradecimiento.',
      'Esto es para ti',
      'queremos darte las gracias: {{ reward.offer }}. Ya está en tu cuenta: inicia sesión al pagar y se descontará.',
    ],
  },
  [REWARD_REMINDER]: {
    en: [
      'Yours until {{ reward.expires_on }}: {{ reward.offer }}',
      'Before it runs out.',
      'Before it runs out',
      'you still have something from us: {{ reward.offer }}. It would be a pity to let it go.',
    ],
    de: [
      'Noch bis {{ reward.expires_on }}: {{ reward.offer }}',
      'Bevor es abläuft.',
      'Bevor es abläuft',
      'Sie haben noch etwas von uns: {{ reward.offer }}. Es wäre schade, es verfallen zu lassen.',
    ],
    fr: [
      'Jusqu’au {{ reward.expires_on }} : {{ reward.offer }}',
      'Avant la fin.',
      'Avant la fin',
      'il vous reste quelque chose de notre part : {{ reward.offer }}. Ce serait dommage de le laisser passer.',
    ],
    es: [
      'Hasta el {{ reward.expires_on }}: {{ reward.offer }}',
      'Antes de que caduque.',
      'Antes de que caduque',
      'todavía tienes algo nuestro: {{ reward.offer }}. Sería una pena dejarlo pasar.',
    ],
  },
  [REWARD_CREDIT_REMINDER]: {
    en: [
      'Yours until {{ reward.expires_on }}: {{ reward.offer }}',
      'Before it runs out.',
      'Before it runs out',
      'you still have {{ reward.offer }} in your account, until {{ reward.expires_on }}. Sign in at the checkout and it is taken off.',
    ],
    de: [
      'Noch bis {{ reward.expires_on }}: {{ reward.offer }}',
      'Bevor es abläuft.',
      'Bevor es abläuft',
      'auf Ihrem Kundenkonto ist noch etwas: {{ reward.offer }}, bis {{ reward.expires_on }}. Melden Sie sich an der Kasse an, dann wird es abgezogen.',
    ],
    fr: [
      'Jusqu’au {{ reward.expires_on }} : {{ reward.offer }}',
      'Avant la fin.',
      'Avant la fin',
      'il vous reste {{ reward.offer }} sur votre compte, jusqu’au {{ reward.expires_on }}. Connectez-vous au moment de payer et le montant sera déduit.',
    ],
    es: [
      'Hasta el {{ reward.expires_on }}: {{ reward.offer }}',
      'Antes de que caduque.',
      'Antes de que caduque',
      'todavía tienes {{ reward.offer }} en tu cuenta, hasta el {{ reward.expires_on }}. Inicia sesión al pagar y se descontará.',
    ],
  },
};
const WITHOUT_CODE = [REWARD_CREDIT, REWARD_CREDIT_REMINDER];

export const REWARD_TEMPLATES: Template[] = [
  ...Object.entries(WORDS).map(([locale, words]) => ({ key: REWARD_ISSUED, locale, text: textOf(words) })),
  ...Object.entries(SAID).flatMap(([key, languages]) =>
    Object.entries(languages).map(([locale, said]) => ({ key, locale, text: saidText(key, locale, said) })),
  ),
];

function saidText(key: string, locale: string, [subject, preheader, heading, text]: Said): TemplateText {
  const words = { subject, preheader, heading, text: `${HELLO[locale]}\n\n${text}`, ...COMMON[locale]! };
  return textOf(words, !WITHOUT_CODE.includes(key));
}

function textOf(
  { subject, preheader, heading, text, label, until, button }: Words,
  hasCode = true,
): TemplateText {
  return {
    subject,
    preheader,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'paragraph', text },
      ...(hasCode ? [{ kind: 'code' as const, label, code: '{{ reward.code }}', note: UNTIL(until) }] : []),
      {
        kind: 'button',
        label: button,
        url: hasCode ? '{{ shop.url }}/discount/{{ reward.code }}?redirect=/' : '{{ shop.url }}',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  };
}
