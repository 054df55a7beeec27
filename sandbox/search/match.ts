/** Whether something is found by a query. */

import type { Comparison, Query } from './parse.ts';

/** All values of a field of the thing; `null` stands for free words: every text that can be searched. */
export type Lookup = (field: string | null) => unknown[];

export function matches(query: Query, lookup: Lookup): boolean {
  switch (query.kind) {
    case 'all':
      return query.of.every((part) => matches(part, lookup));
    case 'any':
      return query.of.some((part) => matches(part, lookup));
    case 'not':
      return !matches(query.of, lookup);
    case 'term':
      return termMatches(query, lookup(query.field));
  }
}

function termMatches(term: Extract<Query, { kind: 'term' }>, values: unknown[]): boolean {
  const texts = values.filter((value) => value !== null && value !== undefined).map(textOf);
  if (term.field === null) {
    const word = term.value.toLowerCase().replace(/\*$/, '');
    return texts.some((text) => text.toLowerCase().includes(word));
  }
  if (term.value === '*') return texts.some((text) => text !== '');
  return texts.some((text) => compare(text, term.comparison, term.value));
}

function textOf(value: unknown): string {
  if (JSON.isRawJSON(value)) return (value as { rawJSON: string }).rawJSON;
  return String(value);
}

function compare(text: string, comparison: Comparison, wanted: string): boolean {
  if (comparison === '=') return equal(text, wanted);
  const [a, b] = comparable(text, wanted);
  if (a === undefined || b === undefined) return false;
  switch (comparison) {
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
  }
}

function equal(text: string, wanted: string): boolean {
  const [a, b] = [text.toLowerCase(), wanted.toLowerCase()];
  if (b.endsWith('*')) return a.startsWith(b.slice(0, -1));
  if (a === b) return true;
  // A day means any moment of it; a number may be written in several ways.
  if (/^\d{4}-\d\d-\d\d$/.test(b) && /^\d{4}-\d\d-\d\dT/i.test(a)) return a.startsWith(b);
  const isDecimal = a.includes('.') || b.includes('.');
  return isDecimal && isNumber(a) && isNumber(b) && Number(a) === Number(b);
}

/** Numbers by value, moments by time. */
function comparable(text: string, wanted: string): [number, number] | [undefined, undefined] {
  if (isNumber(text) && isNumber(wanted)) return [Number(text), Number(wanted)];
  const [a, b] = [Date.parse(text), Date.parse(wanted)];
  return Number.isNaN(a) || Number.isNaN(b) ? [undefined, undefined] : [a, b];
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
