/** Periods and comparisons as people write them, on one line: "1 day 12 hours", "customer.stage one-of [friend, family]". */
import type { Test } from '../conditions.ts';
import { periodSchema, type Period } from '../period.ts';

/** Largest first, as one says them. */
const UNITS = (Object.keys(periodSchema.shape) as (keyof Period)[]).toReversed();
const NO_TIME = 'at once';

const unitInWords = (unit: string, amount: number) => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;

export function periodInLine(period: Period): string {
  const parts = UNITS.flatMap((unit) => {
    const amount = period[unit];
    return amount === undefined ? [] : [unitInWords(unit, amount)];
  });
  return parts.join(' ') || NO_TIME;
}

/** Null for what is no period. */
export function readPeriod(line: string): Period | null {
  const said = line.trim().toLowerCase();
  if (said === NO_TIME) return {};
  const period: Period = {};
  for (const part of said.split(/\s*,\s*|\s+and\s+|(?<=[a-z])\s+(?=\d)/)) {
    const [, amount, word] = /^(\d{1,6})\s*([a-z]+)$/.exec(part) ?? [];
    const unit = UNITS.find((each) => each === word || each.slice(0, -1) === word);
    if (!unit || period[unit] !== undefined) return null;
    period[unit] = Number(amount);
  }
  return period;
}

/** Words that need no quotes; anything else is written as JSON has it. */
const BARE = /^[A-Za-z_][\w.-]*$/;
const TAKEN = new Set(['true', 'false', 'null']);

const wordOf = (value: unknown) =>
  typeof value === 'string' && BARE.test(value) && !TAKEN.has(value) ? value : JSON.stringify(value);

/** Null for a comparison that says more than one line can. */
export function testInLine(test: object): string | null {
  const { fact, is, value, ...more } = test as Partial<Test>;
  if (typeof fact !== 'string' || typeof is !== 'string' || Object.keys(more).length > 0) return null;
  if (value === undefined) return `${fact} ${is}`;
  return `${fact} ${is} ${Array.isArray(value) ? `[${value.map(wordOf).join(', ')}]` : wordOf(value)}`;
}

/** What one line compares; the words are not looked at yet. Null where its value cannot be read. */
export function readTest(line: string): { fact: string; is: string; value?: unknown } | null {
  const [, fact = '', is = '', rest = ''] = /^(\S+)\s+(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  if (!fact) return null;
  if (rest === '') return { fact, is };
  const value = readWords(rest);
  return value === undefined ? null : { fact, is, value };
}

/** A word, something of JSON, or a list of both. */
const WORD = /\s*("(?:[^"\\]|\\.)*"|[^\s,[\]"]+)\s*/y;

function readWords(text: string): unknown {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1];
  if (inner === undefined) {
    const words = readList(text);
    return words?.length === 1 ? words[0] : undefined;
  }
  return inner.trim() === '' ? [] : readList(inner, true);
}

/** @param asWords whether numbers stay as they are written: a list holds words, and ids have more digits than numbers keep */
function readList(text: string, asWords = false): unknown[] | undefined {
  const words: unknown[] = [];
  for (let at = 0; at <= text.length; at++) {
    WORD.lastIndex = at;
    const found = WORD.exec(text);
    if (!found) return undefined;
    const isWord = asWords ? !found[1]!.startsWith('"') : BARE.test(found[1]!) && !TAKEN.has(found[1]!);
    const word = isWord ? found[1]! : readJson(found[1]!);
    if (word === undefined) return undefined;
    words.push(word);
    at = WORD.lastIndex;
    if (at < text.length && text[at] !== ',') return undefined;
  }
  return words;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
