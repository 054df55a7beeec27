/** How numbers, money and moments are written for staff. */

/** Making a formatter takes longer than hundreds of uses of it. */
function kept<Format>(make: (locale: string, options: object) => Format) {
  const formats = new Map<string, Format>();
  return (locale: string, options: object): Format => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = formats.get(key) ?? make(locale, options);
    formats.set(key, known);
    return known;
  };
}

const numbers = kept((locale, options) => new Intl.NumberFormat(locale, options));
const dates = kept((locale, options) => new Intl.DateTimeFormat(locale, options));
const relatives = kept((locale, options) => new Intl.RelativeTimeFormat(locale, options));

/** @param minor integer minor units */
export function money(minor: number | bigint | string, currency: string, locale: string): string {
  const format = numbers(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(Number(minor) / 10 ** digits);
}

export function whole(value: number, locale: string): string {
  return numbers(locale, { maximumFractionDigits: 0 }).format(value);
}

/** One digit after the point: 4.3 */
export function score(value: number, locale: string): string {
  return numbers(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** English as the rest of the admin's texts are written: the day before the month, hours up to 24. */
const written = (locale: string) => (locale === 'en' ? 'en-GB' : locale);

/** "3 Mar, 09:00" in the given zone; the year is added when it is not the one of `now`. */
export function moment(
  at: string | Date,
  { locale, timeZone, now }: { locale: string; timeZone: string; now?: string | Date },
): string {
  const date = new Date(at);
  const year = dates('en', { year: 'numeric', timeZone });
  const same = now === undefined || year.format(date) === year.format(new Date(now));
  return dates(written(locale), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(same ? {} : { year: 'numeric' }),
    timeZone,
  }).format(date);
}

/** "3 Mar 2026" */
export function date(at: string | Date, { locale, timeZone }: { locale: string; timeZone: string }): string {
  return dates(written(locale), { dateStyle: 'medium', timeZone }).format(new Date(at));
}

/** "Los Angeles" for America/Los_Angeles: where a clock hangs. */
export const placeOf = (timeZone: string): string => timeZone.split('/').at(-1)!.replaceAll('_', ' ');

/** "Tue 09:00" */
export function localTime(
  at: string | Date,
  { locale, timeZone }: { locale: string; timeZone: string },
): string {
  return dates(written(locale), {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(at));
}

/** "Tuesday 3 March 2026" */
export function day(at: string | Date, { locale, timeZone }: { locale: string; timeZone: string }): string {
  return dates(written(locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(new Date(at));
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "in 2 hours", "3 days ago", "now" */
export function relative(at: string | Date, now: string | Date, locale: string): string {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000;
  const format = relatives(locale, { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, 'second');
}
