/** When a matter is settled: the clock stops, the question "did it help?" and the end of holding are dated. Pure. */
import { dated, stopped } from './clock.ts';
import type { Conversation } from './conversation.ts';
import type { InboxSettings } from './settings.ts';
import type { Promised } from './clock.ts';

const HOUR_MS = 3_600_000;

/** @param by staff:ID | customer | time | auto */
export function solved(
  one: Conversation,
  by: string,
  promised: Promised & { settings: InboxSettings },
  now: Date,
): Conversation {
  const { help, holdDays } = promised.settings;
  // Nobody is asked whether thanks have helped, nor twice about one matter, nor before anybody has answered.
  const isAsked = help.on && one.clock !== 'praise' && one.repliedAt !== null && one.helpAskedAt === null;
  const quiet = stopped(one, promised);
  return dated(
    {
      ...quiet,
      state: 'solved',
      solvedAt: now,
      solvedBy: by,
      snoozedUntil: null,
      resolutionDueAt: null,
      overdueAt: null,
      holdsUntil: one.problem ? new Date(now.getTime() + holdDays * 24 * HOUR_MS) : null,
      helpDueAt: isAsked ? new Date(now.getTime() + help.afterHours * HOUR_MS) : null,
    },
    promised,
  );
}
