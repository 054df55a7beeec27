/** "What would happen to this customer?": the real decide, from due moment to due moment on a clock of its own. */
import { isWelcome } from './candidates.ts';
import { decide, type Reason, type Standing, type StepDecision, type Verdict } from './decide.ts';
import type { Place } from './edit-plan.ts';
import type { Facts } from './facts.ts';
import type { Plan } from './plan.ts';
import type { Lot } from './split.ts';
import { nextOf, type Step } from './steps.ts';

/** A step that the customer would come to. */
export interface Foreseen {
  key: string;
  /** When they would come to it, and when they would go on; null while nobody can say. */
  at: Date;
  until: Date | null;
  outcome: StepDecision['outcome'];
  reason: Reason;
}

export interface Walk {
  /** Whether the trigger would take them in at all. */
  welcome: boolean;
  steps: Foreseen[];
  /** The ways gone, the first of them into the plan. */
  ways: Place[];
  end:
    | { kind: 'done' | 'stopped'; at: Date; reason: string | null }
    /** Waits for something that has not happened yet, such as the arrival of a parcel. */
    | { kind: 'open'; reason: string };
}

/** More turns than ten years of looking every day. */
const MOST_TURNS = 4000;

/**
 * Follows one customer through a plan. What is known of them stays as it is; a code for friends that a mail needs is
 * taken to be there in time.
 */
export function foresee(plan: Plan, lot: Lot, known: Facts, startAt: Date): Walk {
  const facts = { ...known, triggerScore: known.triggerScore ?? known.customer?.lastScore ?? null };
  const decisions = new Map<string, Decided>();
  let standing: Standing = { ...lot, stepKey: '', reachedAt: startAt, anchorAt: startAt };
  let now = startAt;
  let end: Walk['end'] | null = null;
  for (let turn = 0; end === null; turn++) {
    const verdict = decide(plan, standing, facts, now);
    note(decisions, verdict, standing.stepKey, now);
    const { then } = verdict;
    if (then.kind === 'end') end = { kind: then.state, at: now, reason: then.reason };
    else if (verdict.wants.length > 0) facts.referralCode ??= 'CODE';
    else if (isUnknown(verdict, standing, decisions)) end = { kind: 'open', reason: 'not-known-yet' };
    else if (turn >= MOST_TURNS) end = { kind: 'open', reason: 'wait' };
    if (then.kind === 'wait') {
      standing = { ...standing, stepKey: then.stepKey, reachedAt: then.reachedAt };
      if (verdict.wants.length === 0) now = then.until;
    }
  }
  return { welcome: isWelcome(plan, facts), ...path(plan, decisions, startAt), end };
}

type Decided = StepDecision & { at: Date; left: Date | null };

function note(decisions: Map<string, Decided>, verdict: Verdict, waitedAt: string, now: Date): void {
  const waited = decisions.get(waitedAt);
  const stays = verdict.then.kind === 'wait' && verdict.then.stepKey === waitedAt;
  if (waited && !stays) waited.left ??= now;
  for (const decision of verdict.decisions) {
    // The last step of a plan has been decided on; that the plan is over is said by its end.
    if (decision.outcome === 'finished') continue;
    const before = decisions.get(decision.stepKey);
    decisions.set(decision.stepKey, { ...decision, at: before?.at ?? now, left: before?.left ?? null });
  }
}

/** What is known does not change here: what is not known now will not be known tomorrow. */
function isUnknown(verdict: Verdict, standing: Standing, decisions: Map<string, Decided>): boolean {
  const { then } = verdict;
  if (then.kind !== 'wait' || decisions.get(then.stepKey)?.reason.code !== 'not-known-yet') return false;
  return verdict.decisions.length > 0 || then.stepKey === standing.stepKey;
}

/** From the first step on; waits that are over on arrival are passed without a decision. */
function path(plan: Plan, decisions: Map<string, Decided>, startAt: Date): Pick<Walk, 'steps' | 'ways'> {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const steps: Foreseen[] = [];
  const ways: Place[] = [{ after: null, way: 0 }];
  let at = startAt;
  let rest = decisions.size;
  for (let step = byKey.get(plan.start); step;) {
    const decision = decisions.get(step.key);
    if (decision) {
      rest -= 1;
      at = decision.at;
    } else if (rest === 0) break;
    const until = decision ? (decision.left ?? decision.until) : at;
    const { outcome, reason } = decision ?? { outcome: 'waiting' as const, reason: { code: 'wait' } };
    steps.push({ key: step.key, at, until, outcome, reason });
    if (outcome === 'stopped' || (decision && outcome === 'waiting' && decision.left === null)) break;
    const way = wayTaken(step, reason);
    const next = nextOf(step)[way];
    if (next === undefined) break;
    ways.push({ after: step.key, way });
    step = next === null ? undefined : byKey.get(next);
  }
  return { steps, ways };
}

function wayTaken(step: Step, reason: Reason): number {
  const last = nextOf(step).length - 1;
  if (step.kind === 'split') return step.ways.findIndex(({ name }) => name === reason['way']);
  if (reason.code === 'branch') return Number(reason['branch']) - 1;
  return reason.code === 'otherwise' || reason.code === 'not-in-time' ? last : 0;
}
