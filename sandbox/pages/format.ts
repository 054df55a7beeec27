import { decimals } from '../state/money.ts';

/** An amount as a shopper reads it: `€19.90`. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-IE', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  return format.format(minor / 10 ** decimals(currency));
}

/** `Sun 22 Nov 2026, 06:14`, in the zone that is asked for. */
export function moment(instant: string | number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return parts
    .format(new Date(instant))
    .replace(/^(\w+),/, '$1')
    .replace(' at ', ', ');
}

/** `22 November 2026`. */
export function day(instant: string | number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'long' }).format(new Date(instant));
}

/** The place that a zone is named for: `Europe/Dublin` → `Dublin`. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** How far away a moment is, in one word and a number: `in 2 h`, `3 days ago`, `now`. */
export function distance(instant: string | number, now: number): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return seconds > 5 ? 'in a moment' : 'now';
  const text = lengthOf(size);
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

function lengthOf(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.round(hours / 24);
  if (days < 60) return `${days} days`;
  return `${Math.round(days / 30.4)} months`;
}

/** `1 item`, `3 items`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The digits of a global id. */
export function idOf(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1);
}
