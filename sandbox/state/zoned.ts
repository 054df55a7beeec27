/** Instants as Shopify writes them into webhooks: in the shop's own zone, with its offset. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22T10:00:00Z` in New York → `2026-11-22T05:00:00-05:00`. */
export function inZone(instant: string, zone: string): string;
export function inZone(instant: string | null, zone: string): string | null;
export function inZone(instant: string | null, zone: string): string | null {
  if (instant === null) return null;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      // dateStyle and timeZoneName exclude each other, so the offset has a format of its own.
    });
    formats.set(zone, format);
  }
  const date = new Date(instant);
  return `${format.format(date).replace(' ', 'T')}${offset(date, zone)}`;
}

const offsets = new Map<string, Intl.DateTimeFormat>();

function offset(date: Date, zone: string): string {
  let format = offsets.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    offsets.set(zone, format);
  }
  const name = format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.slice(3);
}

/** Seconds are enough for Shopify; milliseconds are cut off. */
export function instant(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Whether this is a zone with a name that the runtime knows; `+02:00` is none. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
