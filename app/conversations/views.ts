/** The views of the inbox, and a filter as an address says it: what browsers need of filter.ts, without its schema. Pure. */
import type { InboxFilter } from './filter.ts';

export const VIEWS = ['to-answer', 'late', 'mine', 'unassigned', 'open', 'snoozed', 'solved', 'all'] as const;
export type View = (typeof VIEWS)[number];

export function queryOfFilter(filter: InboxFilter): string {
  const query = new URLSearchParams();
  const say = (name: string, value: string | null) => value && query.set(name, value);
  say('view', filter.view === 'to-answer' ? null : filter.view);
  say('q', filter.text);
  say('tag', filter.tag);
  say('channel', filter.channel);
  say('kind', filter.clock);
  say('customer', filter.customer);
  return query.toString();
}
