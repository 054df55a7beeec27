/** CSV that spreadsheets open without running what people typed. */

export type Cell = string | number | bigint | Date | null;

/** One page of a list, and where the next one begins; null after the last. */
export interface CsvPage {
  rows: readonly Cell[][];
  next: string | null;
}

/** A whole list as CSV that spreadsheets take for UTF-8: its head, then page after page. */
export async function* csvOf(
  head: readonly string[],
  read: (after: string | null) => Promise<CsvPage>,
): AsyncGenerator<string> {
  yield `\ufeff${csvRow(head)}`;
  let after: string | null = null;
  do {
    const page: CsvPage = await read(after);
    yield page.rows.map(csvRow).join('');
    after = page.next;
  } while (after !== null);
}

/** A row, every cell quoted. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula is led in by an apostrophe (OWASP ASVS 1.2.10). */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  const text = cell instanceof Date ? cell.toISOString() : cell;
  const safe = /^\s*[=+\-@\t\r]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
