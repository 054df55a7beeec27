/** Mails about stories: asking what a photo may be used for, and "you are in the pictures". Merchants edit them afterwards. */
import type { Template } from '../messages/blocks.ts';

export const STORY_RIGHTS = 'story-rights';
export const EVENT_PICTURES = 'event-pictures';

const NAME = '{% if customer.first_name %} {{ customer.first_name }}{% endif %}';
const COMMA = '{% if customer.first_name %}, {{ customer.first_name }}{% endif %}';

interface Words {
  subject: string;
  preheader: string;
  heading: string;
  text: string;
  button: string;
}

const RIGHTS: Record<string, Words> = {
  en: {
    subject: 'May we show your story?',
    preheader: 'Only if you say so, and only for as long as you like.',
    heading: 'We love what you sent us',
    text: `Hello${NAME},\n\nthank you for your story. We would like to show it to others, and that is for you to decide: where we may show it, and for how long. You can take it back at any time, by the same page.`,
    button: 'Decide what we may do',
  },
  de: {
    subject: 'Dürfen wir Ihre Geschichte zeigen?',
    preheader: 'Nur wenn Sie es sagen, und nur solange Sie möchten.',
    heading: 'Ihre Geschichte gefällt uns sehr',
    text: `Guten Tag${NAME},\n\ndanke für Ihre Geschichte. Wir würden sie gern anderen zeigen, und das entscheiden Sie: wo wir sie zeigen dürfen und wie lange. Auf derselben Seite können Sie sie jederzeit zurückziehen.`,
    button: 'Entscheiden, was wir dürfen',
  },
  fr: {
    subject: 'Pouvons-nous montrer votre histoire ?',
    preheader: 'Seulement si vous le voulez, et aussi longtemps que vous le voulez.',
    heading: 'Votre histoire nous plaît beaucoup',
    text: `Bonjour${NAME},\n\nMerci pour votre histoire. Nous aimerions la montrer à d’autres, et c’est à vous de décider : où nous pouvons la montrer, et pour combien de temps. Vous pouvez la retirer à tout moment depuis la même page.`,
    button: 'Choisir ce qui est permis',
  },
  es: {
    subject: '¿Podemos mostrar tu historia?',
    preheader: 'Solo si tú lo dices, y mientras tú quieras.',
    heading: 'Nos encanta lo que nos has enviado',
    text: `Hola${COMMA}:\n\nGracias por tu historia. Nos gustaría mostrarla a otras personas, y eso lo decides tú: dónde podemos mostrarla y durante cuánto tiempo. Puedes retirarla cuando quieras desde la misma página.`,
    button: 'Decidir qué podemos hacer',
  },
};

const PICTURES: Record<string, Words> = {
  en: {
    subject: 'You are in the pictures of {{ event.name }}',
    preheader: 'Find yourself, and share what you like.',
    heading: 'The pictures are here',
    text: `Hello${NAME},\n\nit was good to have you at {{ event.name }}. The pictures are here: mark those you are in, and share them with your friends. If you would rather not be in one, say so there, and nobody sees it any more.`,
    button: 'See the pictures',
  },
  de: {
    subject: 'Sie sind auf den Bildern von {{ event.name }}',
    preheader: 'Finden Sie sich, und teilen Sie, was Ihnen gefällt.',
    heading: 'Die Bilder sind da',
    text: `Guten Tag${NAME},\n\nschön, dass Sie bei {{ event.name }} dabei waren. Die Bilder sind da: Markieren Sie die, auf denen Sie zu sehen sind, und teilen Sie sie. Möchten Sie auf einem lieber nicht zu sehen sein, sagen Sie es dort, und niemand sieht es mehr.`,
    button: 'Bilder ansehen',
  },
  fr: {
    subject: 'Vous êtes sur les photos de {{ event.name }}',
    preheader: 'Retrouvez-vous, et partagez ce qui vous plaît.',
    heading: 'Les photos sont là',
    text: `Bonjour${NAME},\n\nMerci d’avoir été là pour {{ event.name }}. Les photos sont en ligne : indiquez celles où l’on vous voit, et partagez-les. Si vous préférez ne pas figurer sur l’une d’elles, dites-le sur la page, et personne ne la verra plus.`,
    button: 'Voir les photos',
  },
  es: {
    subject: 'Sales en las fotos de {{ event.name }}',
    preheader: 'Encuéntrate y comparte lo que te guste.',
    heading: 'Ya están las fotos',
    text: `Hola${COMMA}:\n\nQué bien que estuviste en {{ event.name }}. Ya están las fotos: marca en cuáles sales y compártelas. Si prefieres no salir en alguna, dilo allí y nadie más la verá.`,
    button: 'Ver las fotos',
  },
};

const templates = (key: string, words: Record<string, Words>, url: string): Template[] =>
  Object.entries(words).map(([locale, { subject, preheader, heading, text, button }]) => ({
    key,
    locale,
    text: {
      subject,
      preheader,
      blocks: [
        { kind: 'heading', text: heading },
        { kind: 'paragraph', text },
        { kind: 'button', label: button, url },
        { kind: 'signature', text: '{{ shop.signature }}' },
      ],
    },
  }));

export const STORY_TEMPLATES: Template[] = [
  ...templates(STORY_RIGHTS, RIGHTS, '{{ story.url }}'),
  ...templates(EVENT_PICTURES, PICTURES, '{{ event.url }}'),
];
