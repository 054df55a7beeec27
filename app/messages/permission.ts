/**
 * May this message go to this person now: yes, later (when), or never (why). A pure function of what is known.
 * What may not go now is moved to the next free moment, never dropped, until it has become useless.
 */
import { budgetOf, channelBudgetOf, nextWithin, type Handed, type Pulse } from './budget.ts';
import { consentMissing, type ConsentState } from './consent-rules.ts';
import type { MessageChannel, MessageClass, Reason } from './message.ts';
import { afterDays, afterHours, isWithin, type Hours } from './quiet-hours.ts';

/** Everything the answer depends on. */
export interface PermissionFacts {
  class: MessageClass;
  channel: MessageChannel;
  /** False after an uninstall, even when the shop came back since: the message belongs to an older epoch. */
  installed: boolean;
  customer: {
    erased: boolean;
    /** There is an address for the channel. */
    reachable: boolean;
    timeZone: string;
    country: string | null;
    lastOrderAt: Date | null;
  };
  consent: ConsentState | null;
  /** Why the address is not written to in this class; null when it is. */
  suppressed: string | null;
  /** The sequence of the merchant's that says the same in its own words; null: none does. */
  saidBy?: string | null;
  preferences: { frequency: 'all' | 'fewer' | 'order-news'; hour: number | null; pausedUntil: Date | null };
  /** cancelled | refunded | returned | deleted; null while the order stands, or when there is none. */
  orderOver: string | null;
  /** An open return, a parcel that failed, money asked back by the bank, an unanswered complaint; null when all is well. */
  problem: string | null;
  /** When asks and offers were handed over to this customer in the last BUDGET_DAYS days. */
  handed: readonly Handed[];
  /** `days`: on which asks and offers may arrive, 1 Monday … 7 Sunday. */
  rhythm: Pulse & { quietFrom: number; quietTo: number; days: readonly number[] };
  uselessAfter: Date | null;
}

export type Permission =
  { answer: 'yes' } | { answer: 'later'; until: Date; reason: Reason } | { answer: 'never'; reason: Reason };

/** An open problem has no date: it is looked at again after this long. */
const PROBLEM_RECHECK_HOURS = 24;
/** The customer's hour is when mails are welcome: so long from there on. */
const WELCOME_HOURS = 3;

export function permission(facts: PermissionFacts, now: Date): Permission {
  const never = neverBecause(facts, now);
  if (never) return { answer: 'never', reason: never };
  const free = nextFree(facts, now);
  if (!free) return { answer: 'yes' };
  // Looked at once more at the very end: what held it up may have gone by then.
  const until = facts.uselessAfter && facts.uselessAfter < free.at ? facts.uselessAfter : free.at;
  return { answer: 'later', until, reason: free.reason };
}

function neverBecause(facts: PermissionFacts, now: Date): Reason | null {
  if (!facts.installed) return { code: 'uninstalled' };
  if (facts.customer.erased) return { code: 'erased' };
  if (facts.uselessAfter && now >= facts.uselessAfter) return { code: 'too-late' };
  if (facts.saidBy) return { code: 'said-by-sequence', sequence: facts.saidBy };
  if (facts.orderOver) return { code: `order-${facts.orderOver}` };
  if (facts.suppressed) return { code: 'suppressed', because: facts.suppressed };
  if (!facts.customer.reachable) return { code: 'no-address' };
  if (facts.class === 'service') return null;
  if (facts.preferences.frequency === 'order-news') return { code: 'order-news-only' };
  const { state, country, lastOrderAt } = { ...facts.customer, state: facts.consent };
  const missing = consentMissing(
    { class: facts.class, channel: facts.channel, state, country, lastOrderAt },
    now,
  );
  return missing ? { code: missing } : null;
}

/** A moment, and what stood in the way before. */
export interface Free {
  at: Date;
  reason: Reason;
}

/** The first moment at which nothing stands in the way, with what stood there first; null: that is now. */
const nextFree = (facts: PermissionFacts, now: Date) =>
  firstFree((at) => hindrance(facts, at, now) ?? closed(openingOf(facts), at), now);

function firstFree(inTheWay: (at: Date) => Free | null, now: Date): Free | null {
  let at = now;
  let reason: Reason | null = null;
  // Each step out of one hindrance may lead into another; a handful of rounds reaches the moment that is free of all.
  for (let round = 0; round < 20; round++) {
    const held = inTheWay(at);
    if (!held) break;
    reason ??= held.reason;
    at = held.at;
  }
  return reason && { at, reason };
}

/** What of the customer's own stands in the way at `at`, and when it no longer does. */
function hindrance(facts: PermissionFacts, at: Date, now: Date): Free | null {
  if (facts.class === 'service') return null;
  const paused = facts.preferences.pausedUntil;
  if (paused && at < paused) return { at: paused, reason: { code: 'paused' } };
  const recheck = new Date(now.getTime() + PROBLEM_RECHECK_HOURS * 3_600_000);
  if (facts.problem && at < recheck) {
    return { at: recheck, reason: { code: 'open-problem', problem: facts.problem } };
  }
  return overBudget(facts, at);
}

/** What days and hours depend on. */
export interface Opening {
  class: MessageClass;
  /** Of the customer. */
  zone: string;
  rhythm: Pick<PermissionFacts['rhythm'], 'quietFrom' | 'quietTo' | 'days'>;
  /** Of their choice. */
  hour: number | null;
}

const openingOf = (facts: PermissionFacts): Opening => ({
  class: facts.class,
  zone: facts.customer.timeZone,
  rhythm: facts.rhythm,
  hour: facts.preferences.hour,
});

/**
 * When days and hours alone let a message through; null: now. For those who plan it: whatever else may stand in the way
 * is known to whoever hands it over, who asks about all of it again.
 */
export const whenOpen = (opening: Opening, now: Date): Free | null =>
  firstFree((at) => closed(opening, at), now);

function closed({ class: class_, zone, rhythm, hour }: Opening, at: Date): Free | null {
  const isService = class_ === 'service';
  const day = isService ? at : afterDays(rhythm.days, at, zone);
  if (day > at) return { at: day, reason: { code: 'day', zone } };
  const quiet = { from: rhythm.quietFrom, to: rhythm.quietTo };
  if (isWithin(quiet, at, zone)) return { at: afterHours(quiet, at, zone), reason: { code: 'night', zone } };
  const unwelcome = isService ? null : unwelcomeHours(hour, quiet);
  if (unwelcome && isWithin(unwelcome, at, zone)) {
    return { at: afterHours(unwelcome, at, zone), reason: { code: 'chosen-hour', zone } };
  }
  return null;
}

/** Over the budget of all channels together, or over that of the one it goes by. */
function overBudget({ rhythm, preferences, handed, channel }: PermissionFacts, at: Date): Free | null {
  const budget = budgetOf(rhythm, preferences.frequency);
  const next = nextWithin(budget, handed, at);
  if (next.because) return { at: next.at, reason: { code: next.because, ...budget } };
  const ofChannel = channelBudgetOf(rhythm, channel);
  if (!ofChannel) return null;
  const byIt = handed.filter((one) => one.channel === channel);
  const free = nextWithin(ofChannel, byIt, at);
  return free.because && { at: free.at, reason: { code: free.because, ...ofChannel, channel } };
}

/** All hours outside of those the customer chose; null without a choice, or when it lies in the night. */
function unwelcomeHours(hour: number | null, quiet: Hours): Hours | null {
  if (hour === null) return null;
  const noon = new Date(Date.UTC(2000, 0, 1, hour));
  if (isWithin(quiet, noon, 'UTC')) return null;
  return { from: (hour + WELCOME_HOURS) % 24, to: hour };
}
