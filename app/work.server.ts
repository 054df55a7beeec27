/** What the worker does: its loops over due moments, its chores, its housekeeping. */
import type { CronHandlers, JobHandlers } from './jobs/catalog.ts';
import type { App } from './wiring.server.ts';

/** Looks for due work once; answers how many things were done, 0 = nothing due. */
export interface Loop {
  name: string;
  round: (now: Date) => Promise<number>;
}

export interface Work {
  loops: Loop[];
  jobs: JobHandlers;
  crons: CronHandlers;
}

export function workOf(_app: App): Work {
  throw new Error('being wired');
}
