/** What a file would become, before anything is saved. */
import { parse } from 'csv-parse/sync';
import { guessOrder } from './cells.ts';
import { guessColumns, guessDelimiter, guessEncoding, type Mapping } from './columns.ts';
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
  /** Of these, how many the other app did not show. */
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
  const [head = [], ...records] = recordsOf(text, delimiter);
  if (head.length < 2) return { problem: 'Its first row has to name the columns, two at least.' };
  const { app, columns } = chosen ?? guessColumns(head);
  const days = records.map((record) => record[columns.date ?? -1] ?? '');
  const mapping: Mapping = chosen ?? { app, delimiter, encoding, columns, dates: guessOrder(days) };
  const rows = records.map((record, i) => readRow(record, i + 2, mapping, now));
  const broken = rows.filter((row) => 'why' in row && row.why !== 'empty').length;
  return {
    head,
    mapping,
    cells: records.slice(0, SHOWN),
    rows: rows.slice(0, SHOWN),
    looked: rows.length,
    broken,
    unshown: records.filter((record) => UNSHOWN.test((record[mapping.columns.state ?? -1] ?? '').trim()))
      .length,
  };
}

/** The whole ones among the first rows; the last one may be cut off. */
function recordsOf(text: string, delimiter: string): string[][] {
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
  } catch {
    // A quote that never closes: what stands before it is shown, and the run names the row.
  }
  return records;
}
