/** The mail that brings a code which was promised on the page. Merchants edit it afterwards. */
import type { Template, TemplateText } from '../messages/blocks.ts';

export const YOUR_CODE = 'your-code';

const NAME = '{% if customer.first_name %} {{ customer.first_name }}{% endif %}';
const COMMA_NAME = '{% if customer.first_name %}, {{ customer.first_name }}{% endif %}';

interface Words {
  subject: string;
  preheader: string;
  heading: string;
  text: string;
  label: string;
  button: string;
}

const WORDS: Record<string, Words> = {
  en: {
    subject: 'Your code for friends',
    preheader: 'As promised, here it is.',
    heading: 'Here is your code',
    text: `Hello${NAME},\n\nThank you for your kind answer. As promised, here is your own code to pass on. {{ referral.offer }}`,
    label: 'Your code for friends',
    button: 'Pass it on',
  },
  de: {
    subject: 'Ihr Code zum Weitergeben',
    preheader: 'Wie versprochen, hier ist er.',
    heading: 'Hier ist Ihr Code',
    text: `Guten Tag${NAME},\n\nvielen Dank für Ihre freundliche Antwort. Wie versprochen, hier ist Ihr eigener Code zum Weitergeben. {{ referral.offer }}`,
    label: 'Ihr Code für Freunde',
    button: 'Weitergeben',
  },
  fr: {
    subject: 'Votre code à partager',
    preheader: 'Comme promis, le voici.',
    heading: 'Voici votre code',
    text: `Bonjour${NAME},\n\nMerci pour votre aimable réponse. Comme promis, voici votre code personnel à partager. {{ referral.offer }}`,
    label: 'Votre code pour vos proches',
    button: 'Le partager',
  },
  es: {
    subject: 'Tu código para compartir',
    preheader: 'Como prometimos, aquí está.',
    heading: 'Aquí tienes tu código',
    text: `Hola${COMMA_NAME}:\n\nGracias por tu amable respuesta. Como prometimos, aquí tienes tu propio código para compartir. {{ referral.offer }}`,
    label: 'Tu código para amigos',
    button: 'Compartirlo',
  },
};

export const CODE_TEMPLATES: Template[] = Object.entries(WORDS).map(([locale, words]) => ({
  key: YOUR_CODE,
  locale,
  text: textOf(words),
}));

function textOf({ subject, preheader, heading, text, label, button }: Words): TemplateText {
  return {
    subject,
    preheader,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'paragraph', text },
      { kind: 'code', label, code: '{{ referral.code }}' },
      { kind: 'button', label: button, url: '{{ referral.share_url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  };
}
