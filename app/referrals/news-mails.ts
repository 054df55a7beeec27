/** The mails by which advocates hear what becomes of their friends' orders. Merchants edit them afterwards. */
import type { Template } from '../messages/blocks.ts';
import { MAIL_LOCALES, type MailLocale } from '../shops/settings.ts';
import type { News } from './news.ts';

export const NEWS_TEMPLATE: Record<News, string> = {
  ordered: 'friend-ordered',
  counts: 'friend-counts',
  held: 'friend-held',
  less: 'friend-less',
  lost: 'friend-lost',
};

const NAME = '{% if customer.first_name %} {{ customer.first_name }}{% endif %}';
const HELLO: Record<MailLocale, string> = {
  en: `Hello${NAME},`,
  de: `Guten Tag${NAME},`,
  fr: `Bonjour${NAME},`,
  es: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:',
};
const BUTTON: Record<MailLocale, string> = {
  en: 'See your friends and rewards',
  de: 'Ihre Freunde und Belohnungen',
  fr: 'Vos amis et vos récompenses',
  es: 'Ver tus amigos y recompensas',
};
const APPEAL: Record<MailLocale, string> = {
  en: 'If that is not right, say so on your page, under “That is not right”. A person reads it and answers by mail.',
  de: 'Falls das nicht stimmt, schreiben Sie es uns auf Ihrer Seite unter „Das stimmt nicht“. Ein Mensch liest es und antwortet per Mail.',
  fr: 'Si ce n’est pas juste, dites-le sur votre page, sous « Ce n’est pas juste ». Une personne le lit et répond par mail.',
  es: 'Si no es correcto, dilo en tu página, en «No es correcto». Una persona lo lee y responde por correo.',
};

type Said = readonly [subject: string, preheader: string, heading: string, text: string];

const WHY = '{{ news.why }} {{ news.next }}';
const IF_GIFT = (text: string) => `{% if news.gift %} ${text}{% endif %}`;
const IF_TAKEN = (text: string) => `{% if news.taken %}\n\n${text}{% endif %}`;

const IF_EXTRA = (text: string) => `{% if news.extra %}\n\n${text}{% endif %}`;

const SAID: Record<News, Record<MailLocale, Said>> = {
  ordered: {
    en: [
      'A friend has ordered with your code',
      'Thank you for passing it on.',
      'A friend has come',
      `somebody has ordered with your code, on {{ news.ordered_on }}. {{ news.next }}${IF_GIFT('Then this is for you: {{ news.gift }}.')}`,
    ],
    de: [
      'Jemand hat mit Ihrem Code bestellt',
      'Danke fürs Weitergeben.',
      'Jemand ist gekommen',
      `am {{ news.ordered_on }} hat jemand mit Ihrem Code bestellt. {{ news.next }}${IF_GIFT('Dann ist das für Sie: {{ news.gift }}.')}`,
    ],
    fr: [
      'Quelqu’un a commandé avec votre code',
      'Merci de l’avoir partagé.',
      'Quelqu’un est venu',
      `le {{ news.ordered_on }}, une personne a commandé avec votre code. {{ news.next }}${IF_GIFT('Ce sera alors pour vous : {{ news.gift }}.')}`,
    ],
    es: [
      'Alguien ha pedido con tu código',
      'Gracias por compartirlo.',
      'Alguien ha venido',
      `el {{ news.ordered_on }} alguien hizo un pedido con tu código. {{ news.next }}${IF_GIFT('Entonces esto será para ti: {{ news.gift }}.')}`,
    ],
  },
  counts: {
    en: [
      'A friend’s order counts{% if news.gift %}: {{ news.gift }}{% endif %}',
      'Thank you for bringing a friend.',
      'A friend’s order counts',
      `the order that was placed with your code on {{ news.ordered_on }} can no longer be returned: it counts.${IF_GIFT('For you: {{ news.gift }}.')}`,
    ],
    de: [
      'Eine Bestellung mit Ihrem Code zählt{% if news.gift %}: {{ news.gift }}{% endif %}',
      'Danke für Ihre Empfehlung.',
      'Ihre Empfehlung zählt',
      `die Bestellung, die am {{ news.ordered_on }} mit Ihrem Code aufgegeben wurde, kann nicht mehr zurückgegeben werden: Sie zählt.${IF_GIFT('Für Sie: {{ news.gift }}.')}`,
    ],
    fr: [
      'Une commande avec votre code compte{% if news.gift %} : {{ news.gift }}{% endif %}',
      'Merci pour votre recommandation.',
      'Votre recommandation compte',
      `la commande passée avec votre code le {{ news.ordered_on }} ne peut plus être retournée : elle compte.${IF_GIFT('Pour vous : {{ news.gift }}.')}`,
    ],
    es: [
      'Un pedido con tu código cuenta{% if news.gift %}: {{ news.gift }}{% endif %}',
      'Gracias por recomendarnos.',
      'Tu recomendación cuenta',
      `el pedido que se hizo con tu código el {{ news.ordered_on }} ya no puede devolverse: cuenta.${IF_GIFT('Para ti: {{ news.gift }}.')}`,
    ],
  },
  held: {
    en: [
      'A friend’s order is being checked',
      'What it waits for, and what comes next.',
      'A friend’s order is being checked',
      `somebody ordered with your code on {{ news.ordered_on }}. It does not count yet. ${WHY}`,
    ],
    de: [
      'Eine Bestellung mit Ihrem Code wird geprüft',
      'Worauf sie wartet, und wie es weitergeht.',
      'Eine Bestellung wird geprüft',
      `am {{ news.ordered_on }} hat jemand mit Ihrem Code bestellt. Die Bestellung zählt noch nicht. ${WHY}`,
    ],
    fr: [
      'Une commande avec votre code est en vérification',
      'Ce qu’elle attend, et la suite.',
      'Une commande est en vérification',
      `une personne a commandé avec votre code le {{ news.ordered_on }}. La commande ne compte pas encore. ${WHY}`,
    ],
    es: [
      'Un pedido con tu código está en revisión',
      'Qué falta y qué pasa después.',
      'Un pedido está en revisión',
      `alguien hizo un pedido con tu código el {{ news.ordered_on }}. Todavía no cuenta. ${WHY}`,
    ],
  },
  less: {
    en: [
      'A friend’s order earns you less',
      'Why, and what is left.',
      'A friend’s order earns less',
      `this is about the order that was placed with your code on {{ news.ordered_on }}. {{ news.why }}${IF_GIFT('For you: {{ news.gift }}.')}`,
    ],
    de: [
      'Eine Bestellung mit Ihrem Code bringt Ihnen weniger',
      'Warum, und was bleibt.',
      'Eine Bestellung bringt weniger',
      `es geht um die Bestellung, die am {{ news.ordered_on }} mit Ihrem Code aufgegeben wurde. {{ news.why }}${IF_GIFT('Für Sie: {{ news.gift }}.')}`,
    ],
    fr: [
      'Une commande avec votre code vous rapporte moins',
      'Pourquoi, et ce qui reste.',
      'Une commande rapporte moins',
      `il s’agit de la commande passée avec votre code le {{ news.ordered_on }}. {{ news.why }}${IF_GIFT('Pour vous : {{ news.gift }}.')}`,
    ],
    es: [
      'Un pedido con tu código te da menos',
      'Por qué, y qué queda.',
      'Un pedido da menos',
      `se trata del pedido que se hizo con tu código el {{ news.ordered_on }}. {{ news.why }}${IF_GIFT('Para ti: {{ news.gift }}.')}`,
    ],
  },
  lost: {
    en: [
      'A friend’s order does not count',
      'Why, and what you can do.',
      'A friend’s order does not count',
      `this is about the order that was placed with your code on {{ news.ordered_on }}. ${WHY}${IF_TAKEN('What you were given for it is no longer good: {{ news.gift }}.')}${IF_EXTRA('What as many friends had earned you ends with it: {{ news.extra }}.')}`,
    ],
    de: [
      'Eine Bestellung mit Ihrem Code zählt nicht',
      'Warum, und was Sie tun können.',
      'Eine Bestellung zählt nicht',
      `es geht um die Bestellung, die am {{ news.ordered_on }} mit Ihrem Code aufgegeben wurde. ${WHY}${IF_TAKEN('Was Sie dafür bekommen haben, gilt nicht mehr: {{ news.gift }}.')}${IF_EXTRA('Was Ihnen so viele Empfehlungen eingebracht hatten, entfällt damit: {{ news.extra }}.')}`,
    ],
    fr: [
      'Une commande avec votre code ne compte pas',
      'Pourquoi, et ce que vous pouvez faire.',
      'Une commande ne compte pas',
      `il s’agit de la commande passée avec votre code le {{ news.ordered_on }}. ${WHY}${IF_TAKEN('Ce que vous aviez reçu pour elle n’est plus valable : {{ news.gift }}.')}${IF_EXTRA('Ce que ce nombre de recommandations vous avait valu prend fin avec elle : {{ news.extra }}.')}`,
    ],
    es: [
      'Un pedido con tu código no cuenta',
      'Por qué, y qué puedes hacer.',
      'Un pedido no cuenta',
      `se trata del pedido que se hizo con tu código el {{ news.ordered_on }}. ${WHY}${IF_TAKEN('Lo que recibiste por él ya no es válido: {{ news.gift }}.')}${IF_EXTRA('Con él termina lo que habías conseguido por ese número de amigos: {{ news.extra }}.')}`,
    ],
  },
};

const isDoubted = (news: News) => news === 'held' || news === 'less' || news === 'lost';

export const NEWS_TEMPLATES: Template[] = (Object.keys(SAID) as News[]).flatMap((news) =>
  MAIL_LOCALES.map((locale): Template => {
    const [subject, preheader, heading, text] = SAID[news][locale];
    return {
      key: NEWS_TEMPLATE[news],
      locale,
      text: {
        subject,
        preheader,
        blocks: [
          { kind: 'heading', text: heading },
          { kind: 'paragraph', text: `${HELLO[locale]}\n\n${text}` },
          ...(isDoubted(news) ? [{ kind: 'paragraph' as const, text: APPEAL[locale] }] : []),
          { kind: 'button', label: BUTTON[locale], url: '{{ news.page_url }}' },
          { kind: 'signature', text: '{{ shop.signature }}' },
        ],
      },
    };
  }),
);
