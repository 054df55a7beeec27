/** Which conversations a list shows, as its address says it. Pure. */
import { z } from 'zod';
import { isUuid } from '../cursor.ts';
import { CLOCKS } from './matters.ts';
import { VIEWS } from './views.ts';
import { REPLY_CHANNELS } from './voice.ts';

export const filterSchema = z.object({
  view: z.enum(VIEWS).catch('to-answer'),
  /** As typed: words of what was said, of names, addresses and orders; their beginnings are enough. */
  text: z.string().max(200).catch(''),
  tag: z.string().max(40).nullable().catch(null),
  channel: z.enum(REPLY_CHANNELS).nullable().catch(null),
  clock: z.enum(CLOCKS).nullable().catch(null),
  customer: z.string().refine(isUuid).nullable().catch(null),
});
export type InboxFilter = z.infer<typeof filterSchema>;

/** Junk in an address filters nothing. */
export const filterFrom = (query: URLSearchParams): InboxFilter =>
  filterSchema.parse({
    view: query.get('view') ?? 'to-answer',
    text: (query.get('q') ?? '').slice(0, 200),
    tag: query.get('tag') || null,
    channel: query.get('channel') || null,
    clock: query.get('kind') || null,
    customer: query.get('customer') || null,
  });

/**
 * What was typed as a tsquery of PostgreSQL: every word has to be there, beginnings are enough. What holds together
 * several (a name of a file, "made-to-measure") is found by them as well. Empty: no words.
 */
export function wordsAsQuery(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[@.'’_-][\p{L}\p{N}]+)*/gu) ?? [];
  return words
    .slice(0, 10)
    .map((word) => {
      const parts = word.includes('@') ? [word] : word.split(/[._-]/);
      return parts.length === 1 ? begins(word) : `(${begins(word)} | ${together(parts)})`;
    })
    .join(' & ');
}

const quoted = (word: string) => `'${word.replaceAll("'", "''")}'`;
const begins = (word: string) => `${quoted(word)}:*`;
/** All of them, the last perhaps not typed to its end. */
const together = (parts: readonly string[]) =>
  [...parts.slice(0, -1).map(quoted), begins(parts.at(-1)!)].join(' & ');
