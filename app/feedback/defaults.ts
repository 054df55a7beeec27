/** The surveys that every shop starts with; merchants edit them afterwards. */
import type { Texts } from '../shops/translations.ts';
import {
  ASK,
  BUYING_JOY,
  BUYING_THANKS,
  BUYING_TROUBLE,
  BUYING_WORDS,
  GOING_JOY,
  GOING_THANKS,
  GOING_TROUBLE,
  GOING_WORDS,
  HEARD_FROM,
} from './default-texts.ts';
import { surveySchema, type Question, type Survey } from './survey.ts';

/** Asked in the block on the thank-you and order-status pages. */
export const POST_PURCHASE = 'post-purchase';
/** Asked by one click in a mail, a week after delivery. */
const HOW_IS_IT_GOING = 'how-is-it-going';
/** Asked at the checkout, where the merchant wants it. */
export const HEARD = 'heard';

export const DEFAULT_SURVEYS: Record<string, Survey> = {
  [POST_PURCHASE]: surveySchema.parse({
    name: 'After buying',
    question: scale('buying', ASK.buying, BUYING_WORDS),
    followUps: [
      { from: 1, to: 3, questions: [choice('better', ASK.better, BUYING_TROUBLE), ownWords()] },
      { from: 4, to: 5, questions: [choice('best', ASK.best, BUYING_JOY), ownWords()] },
    ],
    thanks: BUYING_THANKS,
  }),
  [HOW_IS_IT_GOING]: surveySchema.parse({
    name: 'How is it going?',
    question: scale('going', ASK.going, GOING_WORDS),
    followUps: [
      { from: 1, to: 3, questions: [choice('better', ASK.better, GOING_TROUBLE), ownWords()] },
      { from: 4, to: 5, questions: [choice('best', ASK.best, GOING_JOY), ownWords()] },
    ],
    thanks: GOING_THANKS,
  }),
  [HEARD]: surveySchema.parse({
    name: 'How did you hear about us?',
    question: { ...choice('heard', ASK.heard, HEARD_FROM), required: true },
    followUps: [],
    thanks: BUYING_THANKS,
  }),
};

function scale(key: string, text: Texts, words: Texts[]): Question {
  return {
    kind: 'scale',
    key,
    text,
    required: true,
    options: words.map((label, i) => ({ value: i + 1, label })),
  };
}

function choice(key: string, text: Texts, choices: Record<string, Texts>): Question {
  const options = Object.entries(choices).map(([value, label]) => ({ value, label }));
  return { kind: 'choice', key, text, required: false, multiple: false, options };
}

function ownWords(): Question {
  return {
    kind: 'text',
    key: 'words',
    text: ASK.own,
    required: false,
    placeholder: ASK.ownHint,
    maxLength: 1000,
  };
}
