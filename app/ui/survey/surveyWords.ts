/** Surveys in words for merchants: kinds, places, whom they are for. */
import type { Audience } from '../../feedback/audience.ts';
import type { QuestionKind } from '../../feedback/question.ts';
import type { Place, Survey } from '../../feedback/survey.ts';

export const KINDS: Record<QuestionKind, string> = {
  scale: 'A scale of words',
  nps: '0 to 10: would they recommend you?',
  stars: 'Stars, one to five',
  choice: 'Choices',
  ranking: 'Put in order',
  matrix: 'A grid: one scale for several things',
  text: 'Their own words',
  date: 'A day',
  contact: 'How and when may you write?',
};

export const PLACE_WORDS: Record<Place, { label: string; help: string }> = {
  'thank-you': {
    label: 'On the thank-you page',
    help: 'In the block, right after the purchase.',
  },
  'order-status': {
    label: 'On the page of their order',
    help: 'In the block there and in the customer account, for those who come back.',
  },
  checkout: { label: 'At the checkout', help: 'One question with one choice, in the checkout block.' },
  mail: {
    label: 'In a mail',
    help: 'The first question is answered by one click. Choose the survey in the step of a sequence.',
  },
  page: { label: 'By a link for everybody', help: 'A page in your colours. Answers come without a name.' },
};

export const placesInWords = ({ places }: Pick<Survey, 'places'>): string =>
  places.length === 0
    ? 'asked nowhere yet'
    : places.map((place) => PLACE_WORDS[place].label.toLowerCase()).join(', ');

/** "first orders, in DE, AT" */
export function audienceInWords({ orders, products, countries, stages, languages }: Audience): string {
  const parts = [
    orders === 'first' ? 'first orders' : orders === 'later' ? 'customers who come back' : null,
    countries.length > 0 ? `in ${countries.join(', ')}` : null,
    products.length > 0
      ? products.length === 1
        ? 'of one product'
        : `of ${products.length} products`
      : null,
    stages.length > 0 ? `${stages.join(', ')}s`.replace('familys', 'family') : null,
    languages.length > 0 ? `who read ${languages.join(', ')}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'everybody' : parts.join(', ');
}

export const AGAIN = [
  { label: 'Never again', value: 'never' },
  { label: 'With every order', value: 'order' },
  { label: 'After 30 days at the earliest', value: '30' },
  { label: 'After 90 days at the earliest', value: '90' },
  { label: 'After 180 days at the earliest', value: '180' },
  { label: 'After a year at the earliest', value: '365' },
];

export const againValue = ({ again }: Pick<Survey, 'again'>): string =>
  again === null ? 'never' : String(again);
export const againOf = (value: string): Survey['again'] =>
  value === 'never' ? null : value === 'order' ? 'order' : Number(value);

export const languageName = (tag: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
