/** What a file would become, before anything is saved. */
import { CsvError, parse } from 'csv-parse/sync';
import { guessOrder } from './cells.ts';
import { guessColumns, guessDelimiter, guessEncoding, PIECE_BYTES, type Mapping } from './columns.ts';
import { CSV_OPTIONS } from './csv.ts';
import { readRow, type ImportedReview, type RowProblem } from './row.ts';

export interface Preview {
  head: string[];
  mapping: Mapping;
  /** The first rows as they stand there. */
  cells: string[][];
  /** What the first rows would become. */
  rows: (ImportedReview | RowProblem)[];
  /** Of the rows looked at, how many would not be taken. */
  looked: number;
  broken: number;
  /** The first of them. */
  refused: RowProblem[];
  /** Near which row a quote opens that never closes: nothing of the file can be taken in. */
  unclosed: number | null;
  /** Of the rows looked at, how many the other app did not show. */
  unshown: number;
}

/** What apps call a review that nobody sees. */
const UNSHOWN =
  /^(unpublished|not[- _]published|hidden|pending|not[- _]yet|rejected|disabled|inactive|archived|draft|false|no|0)$/i;

const LOOKED = 200;
const SHOWN = 5;

/**
 * @param bytes the beginning of the file; @param chosen what somebody said of its columns; without it they are guessed
 * @returns what is wrong with the file as a whole, instead
 */
export function previewOf(
  bytes: Uint8Array,
  chosen: Mapping | null,
  now: Date,
): Preview | { problem: string } {
  const encoding = chosen?.encoding ?? guessEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  if (text.startsWith('PK\u0003\u0004'))
    return { problem: 'This is a spreadsheet or a zip, not a CSV file. Export it as CSV.' };
  if (text.includes('\0')) return { problem: 'This is no text. Export it as CSV.' };
  const delimiter = chosen?.delimiter ?? guessDelimiter(text);
  const { records: all, unclosed } = recordsOf(text, delimiter);
  const [head = [], ...records] = all;
  if (head.length < 2) return { problem: 'Its first row has to name the columns, two at least.' };
  const { app, columns } = chosen ?? guessColumns(head);
  const days = records.map((record) => record[columns.date ?? -1] ?? '');
  const mapping: Mapping = chosen ?? { app, delimiter, encoding, columns, dates: guessOrder(days) };
  const rows = records.map((record, i) => readRow(record, i + 2, mapping, now));
  const refused = rows.filter((row): row is RowProblem => 'why' in row && row.why !== 'empty');
  return {
    head,
    mapping,
    cells: records.slice(0, SHOWN),
    rows: rows.slice(0, SHOWN),
    looked: rows.length,
    broken: refused.length,
    refused: refused.slice(0, SHOWN),
    // What is looked at may be the beginning of more: its last row is cut off then.
    unclosed: bytes.length < PIECE_BYTES ? unclosed : null,
    unshown: records.filter((record) => UNSHOWN.test((record[mapping.columns.state ?? -1] ?? '').trim()))
      .length,
  };
}

/** The whole ones among the first rows; the last one may be cut off. */
function recordsOf(text: string, delimiter: string): { records: string[][]; unclosed: number | null } {
  const records: string[][] = [];
  try {
    parse(text, {
      ...CSV_OPTIONS,
      delimiter,
      to: LOOKED + 1,
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, unclosed: records.length + 1 };
  }
  return { records, unclosed: null };
}
