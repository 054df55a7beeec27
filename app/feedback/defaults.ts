/** The surveys that every shop starts with; merchants edit them afterwards. */
import type { z } from 'zod';
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
import type { questionSchema } from './question.ts';
import { surveySchema, type Survey } from './survey.ts';

/** Asked in the block on the thank-you and order-status pages. */
export const POST_PURCHASE = 'post-purchase';
/** Asked by one click in a mail, a week after delivery. */
const HOW_IS_IT_GOING = 'how-is-it-going';
/** Asked at the checkout, where the merchant wants it. */
export const HEARD = 'heard';

export const DEFAULT_SURVEYS: Record<string, Survey> = {
  [POST_PURCHASE]: surveySchema.parse({
    name: 'After buying',
    questions: [
      scale('buying', ASK.buying, BUYING_WORDS),
      after('buying', [1, 2, 3], choice('better', ASK.better, BUYING_TROUBLE)),
      after('buying', [4, 5], choice('best', ASK.best, BUYING_JOY)),
      ownWords('buying'),
    ],
    thanks: BUYING_THANKS,
    places: ['thank-you', 'order-status'],
    again: 'order',
  }),
  [HOW_IS_IT_GOING]: surveySchema.parse({
    name: 'How is it going?',
    questions: [
      scale('going', ASK.going, GOING_WORDS),
      after('going', [1, 2, 3], choice('better', ASK.better, GOING_TROUBLE)),
      after('going', [4, 5], choice('best', ASK.best, GOING_JOY)),
      ownWords('going'),
    ],
    thanks: GOING_THANKS,
    places: ['mail'],
    again: 'order',
  }),
  [HEARD]: surveySchema.parse({
    name: 'How did you hear about us?',
    questions: [{ ...choice('heard', ASK.heard, HEARD_FROM), as: 'attribution', required: true } as Unread],
    thanks: BUYING_THANKS,
    places: ['checkout'],
  }),
};

/** A question as it is written down: what is left out gets its default. */
type Unread = z.input<typeof questionSchema>;

function scale(key: string, text: Texts, words: Texts[]): Unread {
  const options = words.map((label, i) => ({ value: i + 1, label }));
  return { kind: 'scale', key, text, required: true, options };
}

function choice(key: string, text: Texts, choices: Record<string, Texts>): Unread {
  const options = Object.entries(choices).map(([value, label]) => ({ value, label }));
  return { kind: 'choice', key, text, options };
}

/** Only after these answers. */
function after(key: string, values: number[], question: Unread): Unread {
  return { ...question, when: [{ question: key, is: 'one-of', values }] };
}

function ownWords(first: string): Unread {
  const when = [{ question: first, is: 'answered' as const }];
  return { kind: 'text', key: 'words', text: ASK.own, placeholder: ASK.ownHint, when };
}
