/** Working hours as somebody types them: "09:00-12:30, 13:30-18:00", empty for a day off. */
import type { Stretch } from '../../conversations/hours.ts';

export const hoursText = (stretches: readonly Stretch[]): string =>
  stretches.map(({ from, to }) => `${from}-${to}`).join(', ');

const TIME = /^(\d{1,2})(?:[:.](\d\d))?$/;

/** Null: it cannot be read. */
export function readHours(text: string): Stretch[] | null {
  const parts = text.split(',').map((part) => part.trim());
  const stretches: Stretch[] = [];
  for (const part of parts.filter(Boolean)) {
    const [from, to, ...rest] = part.split(/[-–]/).map((time) => readTime(time.trim()));
    if (!from || !to || rest.length > 0 || from >= to) return null;
    stretches.push({ from, to });
  }
  return stretches;
}

function readTime(text: string): string | null {
  const [, hour, minute = '00'] = TIME.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return null;
  if (Number(hour) === 24 && minute !== '00') return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}
