/**
 * The reply clock. Pure: what a conversation promises, when something has to happen about it, and what that is. Times are
 * moments; promises are working minutes.
 */
import type { WorkingTime } from './hours.ts';
import type { Clock } from './matters.ts';
import type { InboxSettings } from './settings.ts';

/** What of a conversation its clock reads and moves. */
export interface Ticking {
  state: 'open' | 'snoozed' | 'solved' | 'merged';
  clock: Clock;
  /** Per cent of the promised time to answer that it has; all of it without. */
  pace?: number;
  openedAt: Date;
  awaitingSince: Date | null;
  replyDueAt: Date | null;
  resolutionDueAt: Date | null;
  warnedAt: Date | null;
  breachedAt: Date | null;
  overdueAt: Date | null;
  escalated: number;
  snoozedUntil: Date | null;
  solvedAt: Date | null;
  helpDueAt: Date | null;
  helpAskedAt: Date | null;
  dueAt: Date | null;
}

/** What promises are made of. */
export interface Promised {
  settings: Pick<InboxSettings, 'targets' | 'warnMinutes' | 'chain'>;
  working: WorkingTime;
}

export type Doing =
  | { kind: 'warn' }
  | { kind: 'late' }
  /** To the next one of the chain. */
  | { kind: 'escalate'; to: string; step: number }
  | { kind: 'overdue' }
  | { kind: 'wake' }
  | { kind: 'ask-help' };

const MINUTE_MS = 60_000;

/** Working minutes in which it is to be answered: less for whom more was promised. */
const replyMinutes = ({ clock, pace = 100 }: Ticking, { settings }: Pick<Promised, 'settings'>): number =>
  Math.max(1, Math.ceil((settings.targets[clock].reply * pace) / 100));

/** The clock of a voice that came at `since`: nothing of what was told before counts for it. */
export function started<T extends Ticking>(one: T, since: Date, promised: Promised): T {
  return dated(
    {
      ...one,
      awaitingSince: since,
      replyDueAt: promised.working.after(since, replyMinutes(one, promised)),
      warnedAt: null,
      breachedAt: null,
      escalated: 0,
    },
    promised,
  );
}

/** When the matter itself should be settled; counted from when it was opened, or taken up again. */
export function resolveBy<T extends Ticking>(one: T, since: Date, promised: Promised): T {
  const { resolution } = promised.settings.targets[one.clock];
  const resolutionDueAt = resolution === null ? null : promised.working.after(since, resolution);
  return dated({ ...one, resolutionDueAt, overdueAt: null }, promised);
}

/** Nobody waits any more. */
export const stopped = <T extends Ticking>(one: T, promised: Promised): T =>
  dated(
    { ...one, awaitingSince: null, replyDueAt: null, warnedAt: null, breachedAt: null, escalated: 0 },
    promised,
  );

/**
 * The same conversation under other promises or hours. What was said to be late stays so while it still is; what has time
 * again is warned of again.
 */
export function recomputed<T extends Ticking>(one: T, promised: Promised, now: Date): T {
  const target = promised.settings.targets[one.clock];
  const { working } = promised;
  const isWaiting = one.awaitingSince !== null;
  const replyDueAt = isWaiting ? working.after(one.awaitingSince!, replyMinutes(one, promised)) : null;
  const resolutionDueAt =
    one.state === 'solved' || target.resolution === null
      ? null
      : working.after(one.openedAt, target.resolution);
  const isLate = replyDueAt !== null && replyDueAt <= now;
  const isOverdue = resolutionDueAt !== null && resolutionDueAt <= now;
  return dated(
    {
      ...one,
      replyDueAt,
      resolutionDueAt,
      warnedAt: isLate ? one.warnedAt : null,
      breachedAt: isLate ? one.breachedAt : null,
      escalated: isLate ? one.escalated : 0,
      overdueAt: isOverdue ? one.overdueAt : null,
    },
    promised,
  );
}

/** When to warn of a voice that waits: `warnMinutes` before it is late, or when a quarter of the time is left. */
export function warnAt(one: Ticking, promised: Promised): Date | null {
  const { settings, working } = promised;
  if (!one.awaitingSince || !one.replyDueAt) return null;
  const before = new Date(one.replyDueAt.getTime() - settings.warnMinutes * MINUTE_MS);
  const quarter = working.after(one.awaitingSince, (replyMinutes(one, promised) * 3) / 4);
  return quarter && quarter > before ? quarter : before;
}

/** With the moment at which something has to happen next. */
export function dated<T extends Ticking>(one: T, promised: Promised): T {
  const moments = momentsOf(one, promised).map(({ at }) => at.getTime());
  return { ...one, dueAt: moments.length > 0 ? new Date(Math.min(...moments)) : null };
}

/** Everything that is still to come if nobody does anything. */
function momentsOf(one: Ticking, promised: Promised): { at: Date; doing: Doing }[] {
  if (one.state === 'merged') return [];
  if (one.state === 'solved')
    return one.helpDueAt && !one.helpAskedAt ? [{ at: one.helpDueAt, doing: { kind: 'ask-help' } }] : [];
  if (one.state === 'snoozed')
    return one.snoozedUntil ? [{ at: one.snoozedUntil, doing: { kind: 'wake' } }] : [];
  const moments: { at: Date; doing: Doing }[] = [];
  if (one.resolutionDueAt && !one.overdueAt)
    moments.push({ at: one.resolutionDueAt, doing: { kind: 'overdue' } });
  if (!one.awaitingSince || !one.replyDueAt) return moments;
  const warning = warnAt(one, promised);
  if (warning && !one.warnedAt && !one.breachedAt) moments.push({ at: warning, doing: { kind: 'warn' } });
  if (!one.breachedAt) moments.push({ at: one.replyDueAt, doing: { kind: 'late' } });
  const next = promised.settings.chain[one.escalated];
  const reached = next && promised.working.after(one.replyDueAt, next.lateBy);
  if (next && reached)
    moments.push({ at: reached, doing: { kind: 'escalate', to: next.to, step: one.escalated } });
  return moments;
}

/** What has to be done by now, in order, and the conversation after it. Told late, a warning is left out. */
export function due<T extends Ticking>(one: T, promised: Promised, now: Date): { doings: Doing[]; after: T } {
  const doings: Doing[] = [];
  let after = one;
  // Each doing may make the next one due; a chain has at most ten.
  for (let round = 0; round < 20; round++) {
    const next = momentsOf(after, promised)
      .filter(({ at }) => at <= now)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
    if (!next) break;
    after = done(after, next.doing, now);
    const isTooLate = next.doing.kind === 'warn' && after.replyDueAt !== null && after.replyDueAt <= now;
    if (!isTooLate) doings.push(next.doing);
  }
  return { doings, after: dated(after, promised) };
}

function done<T extends Ticking>(one: T, doing: Doing, now: Date): T {
  switch (doing.kind) {
    case 'warn':
      return { ...one, warnedAt: now };
    case 'late':
      return { ...one, breachedAt: now };
    case 'escalate':
      return { ...one, escalated: one.escalated + 1 };
    case 'overdue':
      return { ...one, overdueAt: now };
    case 'wake':
      return { ...one, state: 'open', snoozedUntil: null };
    case 'ask-help':
      return { ...one, helpAskedAt: now };
  }
}

/** How much of its time a waiting voice has left, 1…0; below 0 it is late. By the clock on the wall. */
export function timeLeft(one: Pick<Ticking, 'awaitingSince' | 'replyDueAt'>, now: Date): number | null {
  if (!one.awaitingSince || !one.replyDueAt) return null;
  const whole = Math.max(1, one.replyDueAt.getTime() - one.awaitingSince.getTime());
  return (one.replyDueAt.getTime() - now.getTime()) / whole;
}
