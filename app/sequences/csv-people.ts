/** People in a file: which column says who they are, and what is wrong with a row before anybody is looked up. */
import { emailKey } from '../customers/identity.ts';
import { isUuid } from '../cursor.ts';
import type { NotBegun } from './sequence.ts';

/** What a column holds: an address, Shopify's number of the customer, or our own id. */
export const PEOPLE_BY = ['email', 'shopify-id', 'id'] as const;
export type PeopleBy = (typeof PEOPLE_BY)[number];

/** Rows of one file at most: more is a list for a segment. */
export const MOST_ROWS = 10_000;

/** Why nobody of a row comes in. */
export type RowTrouble =
  'empty' | 'not-an-address' | 'not-a-number' | 'not-an-id' | 'unknown' | 'twice' | NotBegun;

/** A row as spreadsheets number them: the head is row 1. */
export interface BrokenRow {
  row: number;
  value: string;
  why: RowTrouble;
}

export interface CsvFile {
  head: string[];
  rows: string[][];
}

const SEPARATORS = [',', ';', '\t'] as const;

/**
 * A file as RFC 4180 has it, also with the semicolons or tabs of other spreadsheets. Blank lines stay rows, so that
 * numbers fit. @returns the number of the row where a quoted cell never ends, instead
 */
export function readCsv(text: string): CsvFile | { unclosed: number } {
  const plain = text.replace(/^\ufeff/, '');
  const separator = separatorOf(plain);
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (plain[at + 1] === '"') cell += plain[++at]!;
      else quoted = false;
    } else if (char === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (char === separator) {
      record.push(cell.trim());
      cell = '';
    } else if (char === '\n' || (char === '\r' && plain[at + 1] !== '\n')) {
      records.push([...record, cell.trim()]);
      [record, cell] = [[], ''];
    } else if (char !== '\r') cell += char;
  }
  if (quoted) return { unclosed: records.length + 1 };
  if (cell !== '' || record.length > 0) records.push([...record, cell.trim()]);
  const [head = [], ...rows] = records;
  return { head, rows };
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
  const line = text.slice(0, 10_000).split(/\r|\n/, 1)[0] ?? '';
  const counts = SEPARATORS.map((one) => line.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

/** The column that most likely says who somebody is: by its name, else by what stands below it. */
export function guessColumn({ head, rows }: CsvFile): { column: number; by: PeopleBy } {
  const named = (pattern: RegExp) => head.findIndex((name) => pattern.test(name.trim()));
  const email = named(/e-?mail|courriel|correo/i);
  if (email >= 0) return { column: email, by: 'email' };
  const id = named(/customer.?id|^id$/i);
  if (id >= 0) return { column: id, by: isUuid(rows[0]?.[id] ?? '') ? 'id' : 'shopify-id' };
  const first = rows[0]?.findIndex((cell) => emailKey(cell) !== null) ?? -1;
  return { column: Math.max(0, first), by: 'email' };
}

/** What a row names, in the form in which it is looked up. */
export interface Named {
  row: number;
  value: string;
  key: string;
}

/** Each row once: who is named, and what is wrong with the rest. Blank rows are passed over. */
export function namesIn(
  { rows }: CsvFile,
  column: number,
  by: PeopleBy,
): { named: Named[]; broken: BrokenRow[] } {
  const named: Named[] = [];
  const broken: BrokenRow[] = [];
  const seen = new Set<string>();
  for (const [index, cells] of rows.entries()) {
    if (cells.every((cell) => cell === '')) continue;
    const row = index + 2;
    const value = cells[column] ?? '';
    const key = keyOf(value, by);
    if (value === '') broken.push({ row, value, why: 'empty' });
    else if (key === null) broken.push({ row, value, why: NOT[by] });
    else if (seen.has(key)) broken.push({ row, value, why: 'twice' });
    else named.push({ row, value, key });
    if (key !== null) seen.add(key);
  }
  return { named, broken };
}

const NOT = { email: 'not-an-address', 'shopify-id': 'not-a-number', id: 'not-an-id' } as const;
const MAX_BIGINT = 2n ** 63n - 1n;

function keyOf(value: string, by: PeopleBy): string | null {
  switch (by) {
    case 'email':
      return emailKey(value);
    case 'shopify-id': {
      // Spreadsheets lead numbers that are text with an apostrophe.
      const digits = /^'?(?:gid:\/\/shopify\/Customer\/)?([1-9]\d{0,18})$/.exec(value)?.[1];
      return digits && BigInt(digits) <= MAX_BIGINT ? digits : null;
    }
    case 'id':
      return isUuid(value.toLowerCase()) ? value.toLowerCase() : null;
  }
}
