/** A survey in one language, as the block and the hosted pages draw it. */
import { textFor } from '../shops/translations.ts';
import type { BlockQuestion, FollowUp } from './block.ts';
import type { Said, Value } from './said.ts';
import type { Question, Survey, Tone } from './survey.ts';

/** Whose language: the reader's, then the shop's. */
export interface Reader {
  locale: string | null;
  shopLocale: string;
}

export function questionFor(question: Question, reader: Reader): BlockQuestion {
  const say = (texts: Record<string, string>) => textFor(texts, reader.locale, reader.shopLocale);
  const base = { key: question.key, text: say(question.text), required: question.required };
  switch (question.kind) {
    case 'scale': {
      const options = question.options.map(({ value, label }) => ({ value, label: say(label) }));
      return { ...base, kind: 'scale', options };
    }
    case 'choice': {
      const options = question.options.map(({ value, label }) => ({ value, label: say(label) }));
      return { ...base, kind: 'choice', multiple: question.multiple, options };
    }
    case 'text':
      return { ...base, kind: 'text', placeholder: say(question.placeholder), maxLength: question.maxLength };
  }
}

export function followUpsFor(survey: Survey, reader: Reader): FollowUp[] {
  return survey.followUps.map(({ from, to, questions }) => ({
    from,
    to,
    questions: questions.map((question) => questionFor(question, reader)),
  }));
}

export function thanksFor(survey: Survey, tone: Tone, reader: Reader): string {
  return textFor(survey.thanks[tone], reader.locale, reader.shopLocale);
}

/** The first answer as its label, for those who come back. */
export function saidFor(
  survey: Survey,
  said: Pick<Said, 'comment' | 'values'>,
  reader: Reader,
): { label: string; comment: string | null } | null {
  const value = said.values[survey.question.key];
  if (value === undefined) return said.comment === null ? null : { label: '', comment: said.comment };
  return { label: labelOf(survey.question, value, reader), comment: said.comment };
}

/** An answer as words: labels of what was chosen, or the text itself. */
export function labelOf(question: Question, value: Value, reader: Reader): string {
  if (question.kind === 'text') return String(value);
  const chosen: (string | number)[] = Array.isArray(value) ? value : [value];
  const labels = question.options
    .filter((option) => chosen.includes(option.value))
    .map((option) => textFor(option.label, reader.locale, reader.shopLocale));
  return labels.join(', ');
}
