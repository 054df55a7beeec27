/** The heart: what comes next for one enrollment. A pure function of plan, enrollment, facts and now. */
import type { Facts } from './facts.ts';
import type { MessageStep, Plan } from './plan.ts';
import type { Outcome } from './sequence.ts';

/** Where an enrollment stands. */
export interface Standing {
  /** Empty: not begun. */
  stepKey: string;
  /** When that step was reached, on the plan's own clock: never the moment a worker woke. */
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

export interface PlannedMessage {
  step: MessageStep;
  dueAt: Date;
  uselessAfter: Date | null;
}

export interface Verdict {
  decisions: StepDecision[];
  messages: PlannedMessage[];
  then:
    | { kind: 'wait'; stepKey: string; reachedAt: Date; until: Date }
    | { kind: 'end'; state: 'done' | 'stopped'; reason: string | null };
  /** What has to be got before it can go on. */
  wants: 'referral-code'[];
}

export type Decide = (plan: Plan, standing: Standing, facts: Facts, now: Date) => Verdict;
