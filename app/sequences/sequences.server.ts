/** The door of sequences: what others may ask for. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { Plan, Problem } from './plan.ts';
import type { ComingUp, EnrollmentView, Happened, SequenceSummary, Stop } from './sequence.ts';
import type { EngineDeps } from './source.ts';

const soon = (): never => {
  throw new Error('not written yet');
};

/** The six sequences of every new shop; those that exist already are left as they are. */
export async function installDefaults(_tx: ShopTx, _shop: Shop, _now: Date): Promise<void> {
  soon();
}

/** Enrolls those whom something happened to in every sequence that it sets off. @returns how many were enrolled */
export async function enroll(_tx: SqlTx, _happened: readonly Happened[], _now: Date): Promise<number> {
  return soon();
}

/** Stops enrollments and cancels their messages that wait; nothing is planned for them once this commits. */
export async function stop(_tx: SqlTx, _stops: readonly Stop[], _now: Date): Promise<number> {
  return soon();
}

/** One batch of what is due, over all shops in turn, in the caller's transaction. @returns steps done; 0 = nothing due */
export async function advanceDue(_tx: SqlTx, _now: Date, _deps: EngineDeps): Promise<number> {
  return soon();
}

/** The worker's loop over `advanceDue`. */
export function makeSequencesLoop(_deps: EngineDeps & { db: Db }): (now: Date) => Promise<number> {
  return soon();
}

export async function listSequences(_tx: ShopTx, _now: Date): Promise<SequenceSummary[]> {
  return soon();
}

export interface SequenceDetail {
  id: string;
  key: string;
  name: string;
  on: boolean;
  liveVersion: number | null;
  /** The live plan; null before the first publishing. */
  live: Plan | null;
  /** The plan being edited; null when it equals the live one. May be unfinished: see `problems`. */
  draft: unknown;
  problems: Problem[];
  /** People inside now, by the step they stand at. */
  inside: { stepKey: string; count: number }[];
}

export async function sequenceOf(_tx: ShopTx, _id: string): Promise<SequenceDetail | null> {
  return soon();
}

export async function switchSequence(
  _tx: ShopTx,
  _id: string,
  _on: boolean,
  _now: Date,
): Promise<'switched' | 'unknown' | 'unpublished'> {
  return soon();
}

/** Keeps a plan being edited, finished or not. */
export async function saveDraft(
  _tx: ShopTx,
  _id: string,
  _draft: { name?: string; plan: unknown },
  _now: Date,
): Promise<{ outcome: 'saved'; problems: Problem[] } | { outcome: 'unknown' }> {
  return soon();
}

export type PublishResult =
  | { outcome: 'published'; version: number; moved: number }
  | { outcome: 'problems'; problems: Problem[] }
  | { outcome: 'unknown' }
  | { outcome: 'unchanged' };

/** Makes the draft the next live version. `inside` says what happens to those inside. */
export async function publish(
  _tx: ShopTx,
  _id: string,
  _choice: { inside: 'stay' | 'move' },
  _now: Date,
): Promise<PublishResult> {
  return soon();
}

/** Everything a customer was or is inside, newest first. */
export async function enrollmentsOf(_tx: ShopTx, _customerId: string): Promise<EnrollmentView[]> {
  return soon();
}

/** What comes next for a customer, soonest first. */
export async function comingUp(_tx: ShopTx, _customerId: string): Promise<ComingUp[]> {
  return soon();
}
