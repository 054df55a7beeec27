/** A survey in one language, as the block and the hosted pages draw it. */
import { textFor, type Texts } from '../shops/translations.ts';
import type { BlockQuestion, ContactQuestion } from './block.ts';
import { CONTACT, valuesOf, type ContactPart, type Question, type Value } from './question.ts';
import { CONTACT_TEXTS, STAR_TEXTS } from './question-texts.ts';
import type { Said } from './said.ts';
import type { Survey, Tone } from './survey.ts';

/** Whose language: the reader's, then the shop's. */
export interface Reader {
  locale: string | null;
  shopLocale: string;
}

/** A text that was not written in a language yet is no text of that language. */
export const sayFor =
  ({ locale, shopLocale }: Reader) =>
  (texts: Texts): string =>
    textFor(
      Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
      locale,
      shopLocale,
    );

type Say = (texts: Texts) => string;
type Options<Value> = readonly { value: Value; label: Texts }[];

const labelled = <Value>(options: Options<Value>, say: Say) =>
  options.map(({ value, label }) => ({ value, label: say(label) }));

/** @param variant `b` shows the other wording of a question on trial */
export function questionsFor(
  survey: Survey,
  reader: Reader,
  variant: 'a' | 'b' | null = null,
): BlockQuestion[] {
  const { trial } = survey;
  return survey.questions.map((question) =>
    questionFor(
      variant === 'b' && trial?.question === question.key
        ? { ...question, text: { ...question.text, ...trial.text } }
        : question,
      reader,
    ),
  );
}

export function questionFor(question: Question, reader: Reader): BlockQuestion {
  const say = sayFor(reader);
  const { key, required, when } = question;
  const base = { key, text: say(question.text), help: say(question.help), required, when };
  const noEnds = { low: '', high: '' };
  switch (question.kind) {
    case 'scale':
      return { ...base, kind: 'scale', look: 'words', options: labelled(question.options, say), ...noEnds };
    case 'nps': {
      const options = valuesOf(question).map((value) => ({ value: Number(value), label: String(value) }));
      return {
        ...base,
        kind: 'scale',
        look: 'numbers',
        options,
        low: say(question.low),
        high: say(question.high),
      };
    }
    case 'stars': {
      const options = [1, 2, 3, 4, 5].map((value) => ({ value, label: starsFor(value, say) }));
      return { ...base, kind: 'scale', look: 'stars', options, ...noEnds };
    }
    case 'choice':
      return {
        ...base,
        kind: 'choice',
        multiple: question.multiple,
        options: labelled(question.options, say),
      };
    case 'ranking':
      return { ...base, kind: 'ranking', options: labelled(question.options, say) };
    case 'matrix':
      return {
        ...base,
        kind: 'matrix',
        rows: labelled(question.rows, say),
        columns: labelled(question.columns, say),
      };
    case 'text':
      return { ...base, kind: 'text', placeholder: say(question.placeholder), maxLength: question.maxLength };
    case 'date':
      return { ...base, kind: 'date' };
    case 'contact':
      return { ...base, kind: 'contact', parts: contactParts(reader) };
  }
}

const starsFor = (count: number, say: Say) =>
  count === 1 ? say(STAR_TEXTS.one) : say(STAR_TEXTS.many).replace('{count}', String(count));

function contactParts(reader: Reader): ContactQuestion['parts'] {
  const say = sayFor(reader);
  return (Object.keys(CONTACT) as ContactPart[]).map((part) => ({
    part,
    label: say(CONTACT_TEXTS[part].title),
    options: CONTACT[part].map((value) => ({ value, label: wishFor(part, value, reader) })),
  }));
}

function wishFor(part: ContactPart, value: string, reader: Reader): string {
  const say = sayFor(reader);
  const texts: Record<string, Texts> = CONTACT_TEXTS[part];
  if (part !== 'hour' || value === '') return say(texts[value === '' ? 'any' : value] ?? texts['title']!);
  const clock = new Intl.DateTimeFormat(reader.locale ?? reader.shopLocale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return say(texts['from']!).replace('{time}', clock.format(Date.UTC(2000, 0, 1, Number(value))));
}

export function thanksFor(survey: Survey, tone: Tone, reader: Reader): string {
  return sayFor(reader)(survey.thanks[tone]);
}

/** The first answer as its label, for those who come back. */
export function saidFor(
  survey: Survey,
  said: Pick<Said, 'comment' | 'values'>,
  reader: Reader,
): { label: string; comment: string | null } | null {
  const first = survey.questions.find(({ key }) => Object.hasOwn(said.values, key));
  if (!first) return said.comment === null ? null : { label: '', comment: said.comment };
  if (first.kind === 'text') return { label: '', comment: said.comment };
  return { label: labelOf(first, said.values[first.key]!, reader), comment: said.comment };
}

/** An answer as words: labels of what was chosen, or the text itself. */
export function labelOf(question: Question, value: Value, reader: Reader): string {
  const say = sayFor(reader);
  switch (question.kind) {
    case 'text':
    case 'date':
      return String(value);
    case 'nps':
      return `${String(value)}/10`;
    case 'stars':
      return starsFor(Number(value), say);
    case 'ranking': {
      const order = Array.isArray(value) ? value : [];
      return order.flatMap((one) => labelsIn(question.options, [one], say)).join(' › ');
    }
    case 'matrix':
      return question.rows
        .flatMap((row) => {
          const column = (value as Record<string, number>)[row.value];
          const words = column === undefined ? [] : labelsIn(question.columns, [column], say);
          return words.map((word) => `${say(row.label)}: ${word}`);
        })
        .join(', ');
    case 'contact':
      return Object.entries(value as Record<string, string>)
        .map(([part, wish]) => wishFor(part as ContactPart, wish, reader))
        .join(', ');
    case 'scale':
    case 'choice':
      return labelsIn<number | string>(
        question.options,
        Array.isArray(value) ? value : [value as string],
        say,
      ).join(', ');
  }
}

const labelsIn = <Value>(options: Options<Value>, chosen: readonly Value[], say: Say): string[] =>
  options.filter((option) => chosen.includes(option.value)).map((option) => say(option.label));
