/** How close a relationship is: computed from what somebody did, explained by a code, and fading with silence. */
import { STAGES, type Stage } from './customer.ts';
import type { TimelineReason } from './timeline.ts';

export interface StageFacts {
  ordersCount: number;
  lastOrderAt: Date | null;
  /** Answers, reviews, replies. */
  lastHeardAt: Date | null;
  /** 1…5 */
  lastScore: number | null;
  /** Friends whose orders were settled. */
  friends: number;
}

export interface StageAnswer {
  stage: Stage;
  reason: TimelineReason;
}

const DAY_MS = 86_400_000;
/** A year without a sign is a step back, the second one another. */
export const QUIET_DAYS = 365;

/** The stage of a relationship at a moment. */
export function stageOf(facts: StageFacts, now: Date): StageAnswer {
  const close = closest(facts);
  const sign = Math.max(Number(facts.lastOrderAt ?? 0), Number(facts.lastHeardAt ?? 0));
  const days = Math.floor((now.getTime() - sign) / DAY_MS);
  const steps = Math.min(Math.floor(days / QUIET_DAYS), 2);
  const faded = STAGES[Math.max(0, STAGES.indexOf(close.stage) - steps)]!;
  if (steps <= 0 || faded === close.stage) return close;
  return { stage: faded, reason: { code: 'quiet', days, was: close.stage } };
}

/** As close as it ever got, silence left aside. */
function closest({ ordersCount, lastScore, friends }: StageFacts): StageAnswer {
  if (ordersCount === 0 && friends === 0) return { stage: 'stranger', reason: { code: 'no-order' } };
  if (lastScore !== null && lastScore <= 2) {
    return { stage: 'acquaintance', reason: { code: 'unhappy', score: lastScore } };
  }
  if (friends > 0) return { stage: 'family', reason: { code: 'brought-friends', friends } };
  const isGlad = lastScore !== null && lastScore >= 4;
  if (ordersCount >= 5 && isGlad) {
    return { stage: 'family', reason: { code: 'loyal', orders: ordersCount, score: lastScore } };
  }
  if (ordersCount >= 2) return { stage: 'friend', reason: { code: 'ordered-again', orders: ordersCount } };
  if (isGlad) return { stage: 'friend', reason: { code: 'said-well', score: lastScore } };
  return { stage: 'acquaintance', reason: { code: 'ordered-once' } };
}
