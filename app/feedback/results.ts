/** What came of each question: counts, means, the measure of recommendation, places; each with how sure it is. */
import {
  isScored,
  valuesOf,
  CONTACT,
  type ContactPart,
  type Of,
  type Question,
  type Value,
} from './question.ts';
import { labelOf, sayFor, type Reader } from './survey-view.ts';

/** How often a value was given. */
export interface Given {
  value: Value;
  count: number;
}

export interface Share {
  label: string;
  count: number;
  /** 0…1, of those who answered the question. */
  share: number;
}

/** A figure with where its true value lies 19 times out of 20; null while there is too little to tell. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
}

export interface QuestionResult {
  key: string;
  text: string;
  kind: Question['kind'];
  answers: number;
  /** How often each answer was given, as the merchant put them. */
  shares: Share[];
  /** Of 0…10: promoters less detractors, -100…100. Of other scales: the mean of their values. */
  estimate: Estimate | null;
  /** Of a ranking, the best first: mean place among those who placed it. */
  places: { label: string; place: number; count: number }[];
  /** Of a grid: each row with its shares and mean. */
  rows: { label: string; shares: Share[]; mean: number | null }[];
}

const Z = 1.96;

/** @param given all values of the question, each once */
export function resultOf(question: Question, given: readonly Given[], reader: Reader): QuestionResult {
  const answers = given.reduce((sum, { count }) => sum + count, 0);
  const base = {
    key: question.key,
    text: sayFor(reader)(question.text),
    kind: question.kind,
    answers,
    shares: [] as Share[],
    estimate: null as Estimate | null,
    places: [] as QuestionResult['places'],
    rows: [] as QuestionResult['rows'],
  };
  if (isScored(question)) {
    const shares = sharesOf(question, given, answers, reader);
    return { ...base, shares, estimate: question.kind === 'nps' ? npsOf(given) : meanIn(given) };
  }
  switch (question.kind) {
    case 'choice':
      return { ...base, shares: sharesOf(question, given, answers, reader) };
    case 'ranking':
      return { ...base, places: placesOf(question, given, reader) };
    case 'matrix':
      return { ...base, rows: rowsOf(question, given, reader) };
    case 'contact':
      return { ...base, rows: wishesOf(question, given, reader) };
    case 'text':
    case 'date':
      return base;
  }
}

const share = (label: string, count: number, of: number): Share => ({
  label,
  count,
  share: of === 0 ? 0 : count / of,
});

function sharesOf(question: Question, given: readonly Given[], answers: number, reader: Reader): Share[] {
  const counts = new Map<number | string, number>();
  for (const { value, count } of given) {
    const named: (number | string)[] = Array.isArray(value)
      ? value
      : typeof value === 'object'
        ? []
        : [value];
    for (const one of named) counts.set(one, (counts.get(one) ?? 0) + count);
  }
  const known = valuesOf(question);
  // What was offered once and is no longer is counted all the same.
  const gone = [...counts.keys()].filter((value) => !known.includes(value));
  return [...known, ...gone].map((value) => {
    const label = known.includes(value)
      ? shortLabel(question, value, reader)
      : `${value} (no longer offered)`;
    return share(label, counts.get(value) ?? 0, answers);
  });
}

const shortLabel = (question: Question, value: number | string, reader: Reader): string =>
  question.kind === 'nps' ? String(value) : labelOf(question, value, reader) || String(value);

const numbersIn = (given: readonly Given[]) =>
  given.flatMap(({ value, count }) => (typeof value === 'number' ? [{ value, count }] : []));

/** Mean of values with its interval. */
function meanIn(given: readonly Given[]): Estimate | null {
  return estimateOf(numbersIn(given));
}

/** Each answer is worth 100, 0 or -100: then the measure is their mean. */
export function npsOf(given: readonly Given[]): Estimate | null {
  const worth = numbersIn(given).map(({ value, count }) => ({
    value: value >= 9 ? 100 : value <= 6 ? -100 : 0,
    count,
  }));
  const found = estimateOf(worth);
  if (!found || found.low === null || found.high === null) return found;
  return { value: found.value, low: Math.max(-100, found.low), high: Math.min(100, found.high) };
}

/** Fewer have no interval: it would say more than is known. */
const ENOUGH = 5;

function estimateOf(values: readonly { value: number; count: number }[]): Estimate | null {
  const n = values.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const value = values.reduce((sum, one) => sum + one.value * one.count, 0) / n;
  if (n < ENOUGH) return { value, low: null, high: null };
  const variance = values.reduce((sum, one) => sum + one.count * (one.value - value) ** 2, 0) / (n - 1);
  const half = Z * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half };
}

function placesOf(
  question: Of<'ranking'>,
  given: readonly Given[],
  reader: Reader,
): QuestionResult['places'] {
  const found = question.options.map(({ value, label }) => {
    let [sum, count] = [0, 0];
    for (const { value: order, count: times } of given) {
      const place = Array.isArray(order) ? order.indexOf(value) : -1;
      if (place >= 0) [sum, count] = [sum + (place + 1) * times, count + times];
    }
    return { label: sayFor(reader)(label), place: count === 0 ? Number.NaN : sum / count, count };
  });
  return found.filter(({ count }) => count > 0).toSorted((a, b) => a.place - b.place);
}

const recordsIn = (given: readonly Given[]) =>
  given.flatMap(({ value, count }) =>
    typeof value === 'object' && !Array.isArray(value) ? [{ value, count }] : [],
  );

function rowsOf(question: Of<'matrix'>, given: readonly Given[], reader: Reader): QuestionResult['rows'] {
  const say = sayFor(reader);
  const records = recordsIn(given);
  return question.rows.map((row) => {
    const values = records.flatMap(({ value, count }) => {
      const column = value[row.value];
      return typeof column === 'number' ? [{ value: column, count }] : [];
    });
    const total = values.reduce((sum, { count }) => sum + count, 0);
    const shares = question.columns.map((column) => {
      const mine = values.filter(({ value }) => value === column.value);
      return share(
        say(column.label),
        mine.reduce((sum, { count }) => sum + count, 0),
        total,
      );
    });
    return { label: say(row.label), shares, mean: estimateOf(values)?.value ?? null };
  });
}

function wishesOf(question: Of<'contact'>, given: readonly Given[], reader: Reader): QuestionResult['rows'] {
  const records = recordsIn(given);
  return (Object.keys(CONTACT) as ContactPart[]).map((part) => {
    const count = (wish: string) =>
      records.reduce((sum, { value, count: times }) => sum + (value[part] === wish ? times : 0), 0);
    const total = CONTACT[part].reduce((sum, wish) => sum + count(wish), 0);
    const shares = CONTACT[part].map((wish) =>
      share(labelOf(question, { [part]: wish }, reader), count(wish), total),
    );
    return { label: part, shares, mean: null };
  });
}

/** One wording: how often it stood there, and how often it was answered. */
export interface Tried {
  shown: number;
  answered: number;
}

export type TrialVerdict = 'too-few' | 'no-difference' | 'a' | 'b';

/** So often each has to have stood there before anything is said. */
export const TRIAL_ENOUGH = 100;

/** Share with its interval (Wilson). */
export function rateOf({ shown, answered }: Tried): Estimate {
  if (shown === 0) return { value: 0, low: null, high: null };
  const p = answered / shown;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * shown)) / (1 + z2 / shown);
  const half = (Z * Math.sqrt((p * (1 - p)) / shown + z2 / (4 * shown * shown))) / (1 + z2 / shown);
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Which wording is answered more often, where that can be told (Newcombe's interval of the difference). */
export function verdictOf(a: Tried, b: Tried): TrialVerdict {
  if (Math.min(a.shown, b.shown) < TRIAL_ENOUGH) return 'too-few';
  const [ra, rb] = [rateOf(a), rateOf(b)];
  const difference = ra.value - rb.value;
  const low = difference - Math.hypot(ra.value - ra.low!, rb.high! - rb.value);
  const high = difference + Math.hypot(ra.high! - ra.value, rb.value - rb.low!);
  return low > 0 ? 'a' : high < 0 ? 'b' : 'no-difference';
}
