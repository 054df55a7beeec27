/**
 * On which days nobody delivers in a country: its weekend as the runtime's own data (CLDR) has it, and its public holidays
 * of the package date-holidays. That one is large, so it is loaded with the first parcel that needs it, by the worker.
 */
import type { IsRestDay } from './working-days.ts';

/** @param country ISO 3166; null, or one that nobody knows: Saturday and Sunday */
export type RestDaysOf = (country: string | null) => IsRestDay;

let loading: Promise<RestDaysOf> | undefined;
let loadingHolidays: Promise<RestDaysOf> | undefined;

/** Loads the calendars once a process. */
export const restDays = (): Promise<RestDaysOf> => (loading ??= load(weekendOf));

/** Public holidays alone: which days of the week are worked on, some decide for themselves. None where nobody knows the country. */
export const publicHolidays = (): Promise<RestDaysOf> => (loadingHolidays ??= load(() => []));

async function load(weekend: (country: string) => readonly number[]): Promise<RestDaysOf> {
  const { default: Holidays } = await import('date-holidays');
  const countries = new Map<string, IsRestDay>();
  return (country) => {
    const code = /^[A-Z]{2}$/i.test(country ?? '') ? country!.toUpperCase() : '';
    let isRestDay = countries.get(code);
    if (!isRestDay) {
      const holidaysIn = (year: number) =>
        code === '' ? [] : new Holidays(code, { types: ['public'] }).getHolidays(year);
      countries.set(code, (isRestDay = calendarOf(weekend(code), holidaysIn)));
    }
    return isRestDay;
  };
}

interface Holiday {
  /** "2026-12-25 00:00:00", local */
  date: string;
  start: Date;
  end: Date;
}

function calendarOf(weekend: readonly number[], holidaysIn: (year: number) => Holiday[]): IsRestDay {
  const years = new Map<number, ReadonlySet<string>>();
  return (day) => {
    if (weekend.includes(new Date(day).getUTCDay() || 7)) return true;
    const year = Number(day.slice(0, 4));
    let holidays = years.get(year);
    // Feasts of some days may reach over New Year.
    if (!holidays)
      years.set(year, (holidays = new Set([year - 1, year].flatMap(holidaysIn).flatMap(daysOf))));
    return holidays.has(day);
  };
}

const DAY_MS = 86_400_000;

/** Half days are working days; a feast that begins at sunset is kept from the next morning on. */
function daysOf({ date, start, end }: Holiday): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const days = Math.floor((end.getTime() - start.getTime() + 3_600_000) / DAY_MS);
  return Array.from({ length: days }, (_, index) =>
    new Date(first + index * DAY_MS).toISOString().slice(0, 10),
  );
}

type LocaleWithWeek = Intl.Locale & { getWeekInfo?(): { weekend: number[] } };

/** 1 Monday … 7 Sunday */
function weekendOf(country: string): readonly number[] {
  const locale = new Intl.Locale(`und-${country || '001'}`) as LocaleWithWeek;
  return locale.getWeekInfo?.().weekend ?? [6, 7];
}
