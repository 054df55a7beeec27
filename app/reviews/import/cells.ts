/** Cells of another app's file: days, stars, yes and no, as they may be written. */

/** "5", "4.0", "4,5", "5/5", "9/10", "80%", "★★★★☆": 1…5, halves up; null for anything else. */
export function starsIn(cell: string): number | null {
  const text = cell.trim();
  const drawn = text.match(/[★⭐]/gu)?.length ?? 0;
  if (drawn > 0) return /^(?:[★⭐☆\s]|\ufe0f)+$/u.test(text) && drawn <= 5 ? drawn : null;
  const match =
    /^(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:(?:\/|out of|von|sur|de)\s*(5|10|100)|(%)|stars?|sterne?)?$/i.exec(text);
  if (!match) return null;
  const value = Number(match[1]!.replace(',', '.'));
  const scale = match[3] ? 100 : Number(match[2] ?? 5);
  const stars = Math.round((value / scale) * 5);
  return value > 0 && value <= scale && stars >= 1 ? stars : null;
}

const YES = /^(yes|y|true|1|verified.*|buyer|ja|oui|sí|si|sim|verified_buyer|email|confirmed.*)$/i;
export const isYes = (cell: string): boolean => YES.test(cell.trim());

/** How months begin in English, German, French, Spanish and Portuguese, without accents. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
const NUMERIC = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T,\s]+(.*))?$/;
/** "31 January 2026", "Jan 31, 2026", "31. Januar 2026", "samedi 31 janv. 2026", "31 de enero de 2026" */
const NAMED =
  /^(?:\p{L}{3,10}\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?(\p{L}{3,10})\.?|(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(?:de\s+)?(\d{4})(?:[T,\s]+(.*))?$/iu;
/** Days since the end of 1899, as a spreadsheet has them that was not told to write days. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/**
 * The moment that is meant; a day without a time is its noon, a time without a zone is UTC. Null for what is no day.
 * @param order how 03/04/2026 is meant
 */
export function dayIn(cell: string, order: 'day-first' | 'month-first'): Date | null {
  const text = cell.trim();
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return new Date(Number(text));
  if (SERIAL.test(text)) return serialDay(Number(text.replace(',', '.')));
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [first, second, third] = [numeric[1]!, numeric[2]!, numeric[3]!];
    if (first.length === 4) return momentOf(Number(first), Number(second), Number(third), numeric[4]);
    if (first.length > 2) return null;
    const year = third.length === 2 ? 2000 + Number(third) : Number(third);
    const [day, month] = inOrder(Number(first), Number(second), order);
    return momentOf(year, month, day, numeric[4]);
  }
  const named = NAMED.exec(text);
  if (!named) return null;
  const month = monthOf(named[2] ?? named[3]!);
  return month === 0 ? null : momentOf(Number(named[5]), month, Number(named[1] ?? named[4]), named[6]);
}

/** 1…12; 0 for what is none. */
function monthOf(name: string): number {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return MONTHS.findIndex((beginnings) => beginnings.some((each) => plain.startsWith(each))) + 1;
}

function serialDay(days: number): Date | null {
  const noon = Number.isInteger(days) ? days + 0.5 : days;
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round(noon * 86_400) * 1000);
  return at.getUTCFullYear() < 1995 ? null : at;
}

/** What can be no month is the day, whatever the order. */
function inOrder(first: number, second: number, order: 'day-first' | 'month-first'): [number, number] {
  if (first > 12) return [first, second];
  if (second > 12) return [second, first];
  return order === 'day-first' ? [first, second] : [second, first];
}

function momentOf(year: number, month: number, day: number, rest = ''): Date | null {
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  // 31 February is no day.
  if (year < 1995 || year > 2100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return null;
  if (rest.trim() === '') return new Date(midnight + 12 * 3_600_000);
  const time = TIME.exec(rest.trim());
  if (!time) return null;
  const hour = (Number(time[1]) % (time[4] ? 12 : 24)) + (time[4]?.toLowerCase() === 'pm' ? 12 : 0);
  const ms = ((hour * 60 + Number(time[2])) * 60 + Number(time[3] ?? 0)) * 1000;
  const zone = /([+-])(\d{2}):?(\d{2})/.exec(time[5] ?? '');
  const offset = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000 : 0;
  return new Date(midnight + ms - offset);
}

/** How days are written, judged from some of them: one that can be read one way only says it. */
export function guessOrder(cells: readonly string[]): 'day-first' | 'month-first' {
  for (const cell of cells) {
    const numeric = NUMERIC.exec(cell.trim());
    if (!numeric || numeric[1]!.length > 2) continue;
    if (Number(numeric[1]) > 12) return 'day-first';
    if (Number(numeric[2]) > 12) return 'month-first';
    if (cell.includes('.')) return 'day-first';
  }
  return 'month-first';
}

/** Addresses of pictures in a cell, whatever stands between them. */
export function urlsIn(cell: string): string[] {
  const found = cell.match(/https?:\/\/[^\s"'<>,;|\]]+/gi) ?? [];
  return [...new Set(found.map((url) => url.replace(/^http:/i, 'https:')))].slice(0, 6);
}

/** Text as it was typed: line breaks that were HTML, and the apostrophe that keeps spreadsheets from calculating. */
export const plainCell = (cell: string): string =>
  cell.replace(/<br\s*\/?>/gi, '\n').replace(/^'(?=\s*[=+\-@])/, '');
