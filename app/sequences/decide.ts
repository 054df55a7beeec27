/** The heart: what comes next for one enrollment. A pure function of plan, enrollment, facts and now. */
import { exitOf, isByArrival, outlivesOrder } from './exits.ts';
import { holds, seenBy } from './conditions.ts';
import type { Facts } from './facts.ts';
import { whenOpen } from '../messages/permission.ts';
import { roughly } from './period.ts';
import type { Plan } from './plan.ts';
import { calendarOf, dueAt, plus, type Anchors, type Due } from './schedule.ts';
import type { Outcome } from './sequence.ts';
import { wayOf, type Lot } from './split.ts';
import type {
  ConditionStep,
  DeedStep,
  MessageStep,
  SplitStep,
  Step,
  WaitForStep,
  WaitStep,
} from './steps.ts';

/** Where an enrollment stands, and whose it is. */
export interface Standing extends Lot {
  /** Empty: not begun. */
  stepKey: string;
  /** When that step was reached, on the plan's own clock: never the moment at which a worker woke. */
  reachedAt: Date;
  /** What the enrollment is anchored on: the moment of its trigger. */
  anchorAt: Date;
}

/** A code and its numbers; explain.ts makes the sentence. */
export interface Reason {
  code: string;
  [detail: string]: string | number | boolean | null;
}

export interface StepDecision {
  stepKey: string;
  outcome: Outcome;
  reason: Reason;
  until: Date | null;
}

export interface MessageToPlan {
  step: MessageStep;
  dueAt: Date;
  /** Why it is not due at once: permission says so already, of what is known without the customer's mails. */
  held: Reason | null;
  uselessAfter: Date | null;
  /** The sequence is about the end of the order, which does not keep its messages back. */
  orderIsOver: boolean;
}

export interface Verdict {
  decisions: StepDecision[];
  messages: MessageToPlan[];
  /** What is to be done beside messages, each once an enrollment. */
  deeds: DeedStep[];
  then:
    /** `listens`: looked at again as soon as something happens to the customer. */
    | { kind: 'wait'; stepKey: string; reachedAt: Date; until: Date; listens: boolean }
    | { kind: 'end'; state: 'done' | 'stopped'; reason: string | null };
  /** What has to be got before it can go on. */
  wants: MessageStep['needs'];
}

/** How long a message waits for what it needs, and how often it looks. */
const PATIENCE_MS = 3 * 24 * 3_600_000;
const LOOK_AGAIN_MS = 3_600_000;
/** How often a wait looks whether what it counts from has become known. */
const UNKNOWN_MS = 24 * 3_600_000;

/** While nobody knows where the parcel is, no time runs out. */
const FAR = new Date(8.64e15);

/** How often something that is waited for is looked for, should nobody have said that it came. */
const LISTEN_MS = 24 * 3_600_000;

/** What a step sees while the plan is walked. */
interface Walk {
  lot: Lot;
  orderIsOver: boolean;
  /** The plan is set off by the arrival itself. */
  byArrival: boolean;
  facts: Facts;
  now: Date;
  anchorAt: Date;
  reachedAt: Date;
  /** The step has just been reached; false when it was waited at before. */
  arriving: boolean;
}

/** What a step came to: on to the next one, or nothing more for now. */
type Passed = { next: string | null; reachedAt: Date } | 'halt';

/** Goes from step to step until one has to be waited for, or the plan is over. */
export function decide(plan: Plan, standing: Standing, facts: Facts, now: Date): Verdict {
  const begun = standing.stepKey !== '';
  const walk: Walk = {
    lot: standing,
    orderIsOver: outlivesOrder(plan),
    byArrival: isByArrival(plan),
    facts,
    now,
    anchorAt: standing.anchorAt,
    reachedAt: standing.reachedAt,
    arriving: !begun,
  };
  const verdict: Verdict = {
    decisions: [],
    messages: [],
    deeds: [],
    then: { kind: 'end', state: 'done', reason: null },
    wants: [],
  };
  let at: string | null = begun ? standing.stepKey : plan.start;
  let last = at;
  const exit = exitOf(plan, at, facts);
  if (exit) return stopHere(verdict, at, exit);
  // A plan has no loops: no step is passed twice.
  while (at !== null) {
    const step = stepOf(plan, (last = at));
    const passed: Passed = pass(step, walk, verdict);
    if (passed === 'halt') return verdict;
    walk.reachedAt = passed.reachedAt;
    walk.arriving = true;
    at = passed.next;
  }
  verdict.decisions.push({ stepKey: last, outcome: 'finished', reason: { code: 'finished' }, until: null });
  return verdict;
}

function stepOf(plan: Plan, key: string): Step {
  const step = plan.steps.find((each) => each.key === key);
  if (!step) throw new Error(`the plan has no step ${key}`);
  return step;
}

function pass(step: Step, walk: Walk, verdict: Verdict): Passed {
  switch (step.kind) {
    case 'wait':
      return passWait(step, walk, verdict);
    case 'wait-for':
      return passWaitFor(step, walk, verdict);
    case 'condition':
      return passCondition(step, walk, verdict);
    case 'split':
      return passSplit(step, walk, verdict);
    case 'message':
      return passMessage(step, walk, verdict);
    case 'gift':
    case 'tag':
    case 'metafield':
    case 'webhook':
    case 'task':
    case 'start':
      return passDeed(step, walk, verdict);
    case 'stop':
      stopHere(verdict, step.key, step.reason);
      return 'halt';
  }
}

function passWait(step: WaitStep, walk: Walk, verdict: Verdict): Passed {
  const { facts, now, reachedAt, arriving } = walk;
  const calendar = calendarOf(facts);
  const due = dueAt(step.until, anchorsOf(walk), facts, calendar);
  const isUnknown = due === null;
  const until = due?.at ?? new Date(now.getTime() + UNKNOWN_MS);
  if (due && until <= now) return { next: step.next, reachedAt: until };
  verdict.then = { kind: 'wait', stepKey: step.key, reachedAt, until, listens: isUnknown };
  const reason = waitReason(step, due, calendar.timeZone);
  const decision = { stepKey: step.key, reason, until };
  if (arriving) verdict.decisions.push({ ...decision, outcome: due?.because ? 'moved' : 'waiting' });
  // Waited for before, and not over yet: what it counts from has moved. While that is unknown there is nothing to tell.
  else if (due)
    verdict.decisions.push({ ...decision, outcome: 'moved', reason: { ...reason, code: 'recounted' } });
  return 'halt';
}

function waitReason(step: WaitStep, due: Due | null, timeZone: string): Reason {
  if (!due) return { code: 'not-known-yet', from: step.until.from };
  if (due.because) return { code: due.because, from: due.nominal.toISOString(), zone: timeZone };
  return step.until.product ? { code: step.until.product } : { code: 'wait', from: step.until.from };
}

function anchorsOf(walk: Walk): Anchors {
  const { order, shipment } = walk.facts;
  return {
    trigger: sinceArrival(walk, walk.anchorAt),
    reached: sinceArrival(walk, walk.reachedAt),
    paid: order?.paidAt ?? null,
    delivered: shipment ? shipment.deliveredAt : (order?.deliveredAt ?? null),
  };
}

/** What an arrival set off counts from the real one where the first was none; null while that is not known. */
function sinceArrival({ byArrival, facts, anchorAt }: Walk, at: Date): Date | null {
  const { shipment } = facts;
  if (!byArrival || !shipment?.missingAt || anchorAt > shipment.missingAt) return at;
  const { deliveredAt } = shipment;
  return deliveredAt && at > deliveredAt ? at : deliveredAt;
}

function passCondition(step: ConditionStep, { facts, reachedAt }: Walk, verdict: Verdict): Passed {
  const index = step.branches.findIndex(({ when }) => holds(when, facts));
  const next = step.branches[index]?.next ?? (index < 0 ? step.otherwise : null);
  // Of the ways that were not taken it matters why, too; those after the one that was were not looked at.
  const looked = step.branches.slice(0, index < 0 ? undefined : index + 1).map(({ when }) => when);
  verdict.decisions.push({
    stepKey: step.key,
    outcome: 'branched',
    reason: {
      ...(index < 0 ? { code: 'otherwise' } : { code: 'branch', branch: index + 1 }),
      seen: JSON.stringify(seenBy(looked, facts)),
    },
    until: null,
  });
  return { next, reachedAt };
}

function passWaitFor(step: WaitForStep, walk: Walk, verdict: Verdict): Passed {
  const { facts, now, reachedAt, arriving } = walk;
  const since = sinceArrival(walk, reachedAt);
  const deadline = since ? plus(since, step.within, calendarOf(facts).timeZone) : FAR;
  const pass = (code: string, next: string | null, at: Date): Passed => {
    verdict.decisions.push({ stepKey: step.key, outcome: 'branched', reason: { code }, until: null });
    return { next, reachedAt: at };
  };
  // At the very end it still counts: nobody may have looked since it came.
  if (holds(step.when, facts)) return pass('came-about', step.next, now < deadline ? now : deadline);
  if (now >= deadline) return pass('not-in-time', step.otherwise, deadline);
  const again = new Date(now.getTime() + LISTEN_MS);
  const until = again < deadline ? again : deadline;
  verdict.then = { kind: 'wait', stepKey: step.key, reachedAt, until, listens: true };
  const reason = { code: 'wait-for' };
  if (arriving)
    verdict.decisions.push({
      stepKey: step.key,
      outcome: 'waiting',
      reason,
      until: deadline === FAR ? null : deadline,
    });
  return 'halt';
}

function passSplit(step: SplitStep, { lot, reachedAt }: Walk, verdict: Verdict): Passed {
  const { name, next } = wayOf(step, lot);
  const reason = { code: 'split', way: name };
  verdict.decisions.push({ stepKey: step.key, outcome: 'branched', reason, until: null });
  return { next, reachedAt };
}

function passDeed(step: DeedStep, { reachedAt }: Walk, verdict: Verdict): Passed {
  verdict.deeds.push(step);
  verdict.decisions.push({ stepKey: step.key, outcome: 'done', reason: { code: step.kind }, until: null });
  return { next: step.next, reachedAt };
}

function passMessage(
  step: MessageStep,
  { facts, now, reachedAt, orderIsOver }: Walk,
  verdict: Verdict,
): Passed {
  const useless = step.uselessAfter ? new Date(reachedAt.getTime() + roughly(step.uselessAfter)) : null;
  const passed = { next: step.next, reachedAt };
  const skip = (code: string): Passed => {
    verdict.decisions.push({ stepKey: step.key, outcome: 'skipped', reason: { code }, until: null });
    return passed;
  };
  if (useless && useless <= now) return skip('too-late');
  const missing = step.needs.filter((need) => need === 'referral-code' && facts.referralCode === null);
  if (missing.length > 0) {
    if (now.getTime() >= reachedAt.getTime() + PATIENCE_MS) return skip('no-referral-code');
    verdict.wants.push(...missing);
    const until = new Date(now.getTime() + LOOK_AGAIN_MS);
    verdict.then = { kind: 'wait', stepKey: step.key, reachedAt, until, listens: false };
    return 'halt';
  }
  const { dueAt, held } = plannedFor(step, facts, useless, now);
  verdict.messages.push({ step, dueAt, held, uselessAfter: useless, orderIsOver });
  verdict.decisions.push({ stepKey: step.key, outcome: 'sent', reason: { code: 'planned' }, until: null });
  return passed;
}

/** Permission at planning, of what is known here: days and hours. It is asked about everything when the mail goes. */
function plannedFor({ class: class_ }: MessageStep, facts: Facts, uselessAfter: Date | null, now: Date) {
  const opening = { class: class_, zone: calendarOf(facts).timeZone, rhythm: facts.shop, hour: null };
  const open = whenOpen(opening, now);
  if (!open) return { dueAt: now, held: null };
  const dueAt = uselessAfter && uselessAfter < open.at ? uselessAfter : open.at;
  return { dueAt, held: open.reason };
}

function stopHere(verdict: Verdict, stepKey: string, reason: string): Verdict {
  verdict.then = { kind: 'end', state: 'stopped', reason };
  verdict.decisions.push({ stepKey, outcome: 'stopped', reason: { code: reason }, until: null });
  return verdict;
}
