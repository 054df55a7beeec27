/** A draft tried on the shop's past, as pages show it. */
import { needsOf } from './needs.ts';
import type { Plan } from './plan.ts';
import type { SimulationReport } from './tally.ts';

/** How far back is looked. */
export const SIMULATED_DAYS = 90;

/** What was tried beside what runs now, on the same past. */
export interface Compared {
  draft: SimulationReport;
  /** Null before the first publishing. */
  live: SimulationReport | null;
  /** What the past cannot tell: `opened-mails` of mails that were never sent. */
  assumes: 'opened-mails'[];
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
export const assumedBy = (plan: Plan): Compared['assumes'] =>
  needsOf(plan).has('engagement') ? ['opened-mails'] : [];
