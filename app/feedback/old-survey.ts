/**
 * Surveys as they were stored before questions had kinds and rules: one first question, follow-ups by ranges of its answer.
 * Versions never change, so the old form is read for ever.
 */
import { surveySchema, type Place, type Survey } from './survey.ts';
import type { Rule } from './question.ts';

interface OldQuestion {
  key: string;
  [field: string]: unknown;
}
interface OldSurvey {
  name: string;
  question: OldQuestion;
  followUps?: { from: number; to: number; questions: OldQuestion[] }[];
  thanks: unknown;
}

/** Where the surveys of before were asked: what stood in the code then. */
const PLACES_OF: Record<string, Place[]> = {
  'post-purchase': ['thank-you', 'order-status'],
  heard: ['checkout'],
};

const isOld = (stored: unknown): stored is OldSurvey =>
  typeof stored === 'object' && stored !== null && 'question' in stored && !('questions' in stored);

/**
 * A survey as stored, in the form of today.
 * @throws z.ZodError for what was never a survey
 */
export function readSurvey(key: string, stored: unknown): Survey {
  return surveySchema.parse(isOld(stored) ? upgraded(key, stored) : stored);
}

function upgraded(key: string, old: OldSurvey): unknown {
  return {
    name: old.name,
    questions: [old.question, ...followUps(old)],
    thanks: old.thanks,
    places: PLACES_OF[key] ?? ['mail'],
    again: key === 'heard' ? null : 'order',
  };
}

/** A question that stood after several ranges is one now, asked after any of them. */
function followUps({ question: first, followUps: all = [] }: OldSurvey): unknown[] {
  const byKey = new Map<string, { question: OldQuestion; values: number[] }>();
  for (const { from, to, questions } of all) {
    const values = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    for (const question of questions) {
      const known = byKey.get(question.key);
      if (known) known.values.push(...values);
      else byKey.set(question.key, { question, values: [...values] });
    }
  }
  return [...byKey.values()].map(({ question, values }) => {
    const when: Rule[] = [{ question: first.key, is: 'one-of', values }];
    return { ...question, when };
  });
}
