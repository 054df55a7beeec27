/** An invented customer with an invented order: for previews without a customer and for checks. */
import { closestTag, textFor } from '../shops/translations.ts';
import type { MergeFields, ProductFields } from './fields.ts';

const product: ProductFields = {
  title: 'Linen apron',
  image: null,
  url: 'https://example.com/products/linen-apron',
  quantity: 1,
  review_url: 'https://example.com/r/sample',
  care: {
    title: 'Care for linen',
    text: 'Wash at 40 degrees with like colours.\nHang to dry.',
    url: 'https://example.com/pages/linen',
  },
};

const QUESTION = {
  en: 'How likely are you to recommend us?',
  de: 'Wie wahrscheinlich empfehlen Sie uns weiter?',
  fr: 'Nous recommanderiez-vous ?',
  es: '¿Nos recomendarías?',
};
const OFFER = {
  en: 'Your friend gets 15% off, you get €10 off when their order is settled.',
  de: 'Ihre Freunde bekommen 15 % Rabatt, Sie selbst 10 € Rabatt, sobald deren Bestellung abgeschlossen ist.',
  fr: 'Vos amis profitent de 15 % de réduction, et vous de 10 € de réduction une fois leur commande finalisée.',
  es: 'Tus amigos reciben 15 % de descuento y tú 10 € de descuento cuando su pedido esté completado.',
};

const REWARD = { en: '€10 off', de: '10 € Rabatt', fr: '10 € de réduction', es: '10 € de descuento' };

/** As on the page of whoever invited. */
const NEWS = {
  why: {
    en: 'The order goes to the same door as those of whoever invited.',
    de: 'Die Bestellung geht an dieselbe Tür wie die der einladenden Person.',
    fr: 'La commande va à la même porte que celles de la personne qui a invité.',
    es: 'El pedido va a la misma puerta que los de quien invitó.',
  },
  next: {
    en: 'The shop looks at it. It counts once the shop has said yes.',
    de: 'Der Shop sieht sie sich an. Sie zählt, sobald er zugestimmt hat.',
    fr: 'La boutique l’examine. Elle comptera dès que la boutique aura dit oui.',
    es: 'La tienda lo está revisando. Contará en cuanto la tienda lo acepte.',
  },
};

const ASKED = {
  en: { text: 'Does it shrink in the wash?', answer: 'A little, by about two per cent.' },
  de: { text: 'Läuft sie beim Waschen ein?', answer: 'Ein wenig, um etwa zwei Prozent.' },
  fr: { text: 'Rétrécit-il au lavage ?', answer: 'Un peu, d’environ deux pour cent.' },
  es: { text: '¿Encoge al lavarlo?', answer: 'Un poco, alrededor de un dos por ciento.' },
};

const EVENT = {
  en: 'the open day',
  de: 'der Tag der offenen Tür',
  fr: 'la journée portes ouvertes',
  es: 'la jornada de puertas abiertas',
};

/** Every field has a value. */
export function sampleFields(locale: string): MergeFields {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    customer: { first_name: 'Ana', last_name: 'Lima' },
    shop: { name: 'A Shop', url: 'https://example.com', email: 'hello@example.com', signature: 'A Shop' },
    order: {
      name: '#1001',
      status_url: 'https://example.com/orders/1001',
      placed_on: day.format(Date.UTC(2026, 4, 4)),
    },
    shipment: { carrier: 'DHL', tracking_url: 'https://example.com/track' },
    products: [product, { ...product, title: 'Oak spoon', quantity: 2, care: null }],
    product,
    referral: {
      code: 'ANA-7Q4K',
      share_url: 'https://example.com/apps/friends/ANA-7Q4K',
      page_url: 'https://example.com/f/sample',
      offer: textFor(OFFER, locale),
    },
    reward: {
      code: 'THANKS-7Q4K2M',
      offer: textFor(REWARD, locale),
      expires_on: day.format(Date.UTC(2026, 8, 1)),
    },
    points: {
      balance: new Intl.NumberFormat(locale).format(1200),
      ending: new Intl.NumberFormat(locale).format(250),
      ends_on: day.format(Date.UTC(2026, 8, 1)),
    },
    news: {
      why: textFor(NEWS.why, locale),
      next: textFor(NEWS.next, locale),
      gift: textFor(REWARD, locale),
      taken: false,
      extra: null,
      ordered_on: day.format(Date.UTC(2026, 4, 4)),
      page_url: 'https://example.com/f/sample',
    },
    story: { url: 'https://example.com/s/sample' },
    event: { name: textFor(EVENT, locale), url: 'https://example.com/e/sample' },
    ...asked(locale),
    links: {
      preferences: 'https://example.com/p/sample',
      unsubscribe: 'https://example.com/u/sample',
      unsubscribe_all: 'https://example.com/u/sample-all',
      not_arrived: 'https://example.com/n/sample',
    },
  };
}

/** What asks, and what was asked. */
const asked = (locale: string): Pick<MergeFields, 'question' | 'answers' | 'survey'> => ({
  question: {
    ...(ASKED[closestTag(Object.keys(ASKED), locale) as keyof typeof ASKED] ?? ASKED.en),
    owner: null,
    url: 'https://example.com/k/sample',
  },
  answers: [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, url: `https://example.com/a/sample-${value}` })),
  survey: {
    question: textFor(QUESTION, locale),
    look: 'numbers',
    low: null,
    high: null,
    answers: Array.from({ length: 11 }, (_, value) => ({
      label: String(value),
      url: `https://example.com/a/sample-${value}`,
    })),
  },
});
