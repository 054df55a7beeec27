/** What a Range header asks for, as far as videos need it: one range with a beginning. */
import type { ByteRange } from './storage.ts';

/** Null for none, several, or "the last n bytes": the whole is a right answer to all of them. */
export function rangeIn(header: string | undefined): ByteRange | null {
  const [, start, end] = /^bytes=(\d{1,12})-(\d{0,12})$/.exec(header ?? '') ?? [];
  if (start === undefined) return null;
  const range = { start: Number(start), end: end ? Number(end) : Number.MAX_SAFE_INTEGER };
  return range.end < range.start ? null : range;
}
