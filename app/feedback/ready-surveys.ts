/** Surveys to begin with, whole in the languages that shoppers are written to. */
import { inSixLanguages as t } from '../shops/translations.ts';
import { HEARD_FROM } from './default-texts.ts';
import { AGREEMENT, DELIVERY_PARTS, READY_TEXTS as R, SATISFACTION } from './ready-texts.ts';
import { surveySchema, type Survey } from './survey.ts';

type Texts = Record<string, string>;

const steps = (labels: readonly Texts[]) => labels.map((label, i) => ({ value: i + 1, label }));
const named = (texts: Record<string, Texts>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }));
const why = (first: string, values?: number[]) => ({
  kind: 'text',
  key: 'words',
  text: R.why,
  placeholder: R.whyHint,
  when: [values ? { question: first, is: 'one-of', values } : { question: first, is: 'answered' }],
});

export interface ReadySurvey {
  key: string;
  /** For the merchant: what it is good for. */
  says: string;
  content: Survey;
}

const ready = (key: string, says: string, content: object): ReadySurvey => ({
  key,
  says,
  content: surveySchema.parse({ thanks: R.thanks, ...content }),
});

export const READY_SURVEYS: readonly ReadySurvey[] = [
  ready(
    'recommend',
    'Would they recommend you? From 0 to 10, and why. Best some weeks after an order, by mail.',
    {
      name: 'Would you recommend us?',
      questions: [
        {
          kind: 'nps',
          key: 'recommend',
          text: R.recommend,
          low: R.notLikely,
          high: R.veryLikely,
          required: true,
        },
        why('recommend'),
      ],
      places: ['mail', 'page'],
      again: 180,
    },
  ),
  ready('satisfied', 'How satisfied are they with delivery, part by part? On the page of their order.', {
    name: 'How was the delivery?',
    questions: [
      {
        kind: 'scale',
        as: 'csat',
        key: 'delivery',
        text: R.delivery,
        required: true,
        options: steps(SATISFACTION),
      },
      {
        kind: 'matrix',
        key: 'parts',
        text: R.parts,
        rows: named(DELIVERY_PARTS),
        columns: steps(SATISFACTION),
        when: [{ question: 'delivery', is: 'one-of', values: [1, 2, 3] }],
      },
      why('delivery', [1, 2, 3]),
    ],
    places: ['order-status', 'mail'],
    again: 'order',
  }),
  ready('effort', 'How easy was it to buy? The best single question about what to mend in the shop.', {
    name: 'How easy was it?',
    questions: [
      { kind: 'scale', as: 'ces', key: 'easy', text: R.easy, required: true, options: steps(AGREEMENT) },
      why('easy', [1, 2, 3, 4]),
    ],
    places: ['thank-you'],
    again: 90,
  }),
  ready('product', 'Stars for what they bought, and what mattered most when they chose it.', {
    name: 'How do you like it?',
    questions: [
      { kind: 'stars', key: 'stars', text: R.like, required: true },
      { kind: 'ranking', key: 'mattered', text: R.mattered, options: named(R.reasons) },
      why('stars'),
    ],
    places: ['mail', 'page'],
    again: 'order',
  }),
  ready('heard', 'How did they hear of you? Asked once, on their first order.', {
    name: 'How did you hear of us?',
    questions: [
      {
        kind: 'choice',
        as: 'attribution',
        key: 'heard',
        text: R.heard,
        required: true,
        options: named(HEARD_FROM),
      },
      {
        kind: 'text',
        key: 'where',
        text: R.where,
        placeholder: R.whyHint,
        when: [{ question: 'heard', is: 'one-of', values: ['other'] }],
      },
    ],
    places: ['thank-you'],
    audience: { orders: 'first' },
    again: null,
  }),
  ready('contact', 'How and when may you write to them? What they choose holds at once.', {
    name: 'How may we write to you?',
    questions: [{ kind: 'contact', key: 'wishes', text: R.contact, required: true }],
    places: ['order-status'],
    again: 365,
  }),
];

/** A survey that asks nothing yet. */
export const blankSurvey = (): Survey =>
  surveySchema.parse({
    name: 'A new survey',
    questions: [],
    thanks: {
      glad: t('Thank you.', 'Vielen Dank.', 'Merci.', 'Gracias.', 'Obrigado.', 'ありがとうございます。'),
      neutral: R.thanks.neutral,
      sorry: R.thanks.sorry,
    },
  });
