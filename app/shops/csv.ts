/** CSV that spreadsheets open without running what people typed. */

/** A row, every cell quoted. */
export function csvRow(cells: readonly (string | number | bigint | Date | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula is led in by an apostrophe (OWASP ASVS 1.2.10). */
function csvCell(cell: string | number | bigint | Date | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  const text = cell instanceof Date ? cell.toISOString() : cell;
  const safe = /^\s*[=+\-@\t\r]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
