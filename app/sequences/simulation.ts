/** A draft tried on the shop's past, as pages show it. */
import { needsAtStart, needsOf } from './needs.ts';
import type { Plan } from './plan.ts';
import type { SimulationReport } from './tally.ts';

/** How far back is looked. */
export const SIMULATED_DAYS = 90;

/**
 * What the past cannot tell: `opened-mails` of mails that were never sent; `tags` and segments as they were then;
 * `history`: which sequences somebody had been inside by then.
 */
export type Assumed = 'opened-mails' | 'tags' | 'history';

/** What was tried beside what runs now, on the same past. */
export interface Compared {
  draft: SimulationReport;
  /** Null before the first publishing. */
  live: SimulationReport | null;
  assumes: Assumed[];
}

export interface SimulationView {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** 0…1 */
  progress: number;
  report: Compared | null;
  askedAt: Date;
  /** What was tried is still what is drawn. */
  isCurrent: boolean;
}

/** What a report about this plan takes for granted. */
export function assumedBy(plan: Plan): Assumed[] {
  const needs = new Set([...needsOf(plan), ...needsAtStart(plan)]);
  const { on } = plan.trigger;
  const byTags = on.some((kind) => kind === 'customer.tagged' || kind.startsWith('customer.segment-'));
  return [
    ...(needs.has('engagement') ? (['opened-mails'] as const) : []),
    ...(byTags || needs.has('person') || needs.has('segments') ? (['tags'] as const) : []),
    ...(needs.has('history') ? (['history'] as const) : []),
  ];
}
