/**
 * May this message go to this person now: yes, later (when), or never (why). A pure function of what is known.
 * What may not go now is moved to the next free moment, never dropped, until it has become useless.
 */
import { budgetOf, nextWithin } from './budget.ts';
import { consentMissing, type ConsentState } from './consent-rules.ts';
import type { MessageChannel, MessageClass, Reason } from './message.ts';
import { afterHours, isWithin, type Hours } from './quiet-hours.ts';

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
  preferences: { frequency: 'all' | 'fewer' | 'order-news'; hour: number | null; pausedUntil: Date | null };
  /** cancelled | refunded | returned | deleted; null while the order stands, or when there is none. */
  orderOver: string | null;
  /** An open return, a parcel that failed, an unanswered complaint; null when all is well. */
  problem: string | null;
  /** When asks and offers were handed over to this customer in the last BUDGET_DAYS days. */
  handed: readonly Date[];
  rhythm: { quietFrom: number; quietTo: number; perWeek: number; minGapHours: number };
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

interface Free {
  at: Date;
  reason: Reason;
}

/** The first moment at which nothing stands in the way, with what stood there first; null: that is now. */
function nextFree(facts: PermissionFacts, now: Date): Free | null {
  let at = now;
  let reason: Reason | null = null;
  // Each step out of one hindrance may lead into another; a handful of rounds reaches the moment that is free of all.
  for (let round = 0; round < 20; round++) {
    const held = hindrance(facts, at, now);
    if (!held) break;
    reason ??= held.reason;
    at = held.at;
  }
  return reason && { at, reason };
}

/** The first thing that stands in the way at `at`, and when it no longer does. */
function hindrance(facts: PermissionFacts, at: Date, now: Date): Free | null {
  const isService = facts.class === 'service';
  if (!isService) {
    const paused = facts.preferences.pausedUntil;
    if (paused && at < paused) return { at: paused, reason: { code: 'paused' } };
    const recheck = new Date(now.getTime() + PROBLEM_RECHECK_HOURS * 3_600_000);
    if (facts.problem && at < recheck) {
      return { at: recheck, reason: { code: 'open-problem', problem: facts.problem } };
    }
    const budget = budgetOf(facts.rhythm, facts.preferences.frequency);
    const next = nextWithin(budget, facts.handed, at);
    if (next.because) return { at: next.at, reason: { code: next.because, ...budget } };
  }
  const zone = facts.customer.timeZone;
  const quiet = { from: facts.rhythm.quietFrom, to: facts.rhythm.quietTo };
  if (isWithin(quiet, at, zone)) return { at: afterHours(quiet, at, zone), reason: { code: 'night', zone } };
  const unwelcome = isService ? null : unwelcomeHours(facts.preferences.hour, quiet);
  if (unwelcome && isWithin(unwelcome, at, zone)) {
    return { at: afterHours(unwelcome, at, zone), reason: { code: 'chosen-hour', zone } };
  }
  return null;
}

/** All hours outside of those the customer chose; null without a choice, or when it lies in the night. */
function unwelcomeHours(hour: number | null, quiet: Hours): Hours | null {
  if (hour === null) return null;
  const noon = new Date(Date.UTC(2000, 0, 1, hour));
  if (isWithin(quiet, noon, 'UTC')) return null;
  return { from: (hour + WELCOME_HOURS) % 24, to: hour };
}
