/** Referrals as rows, and what is told of them. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import type { ReferralState } from './referral.ts';

export interface ReferralRow {
  shop_id: bigint;
  id: string;
  program_id: string;
  code: string;
  advocate_id: string;
  friend_id: string | null;
  order_id: bigint;
  state: ReferralState;
  reasons: string[];
  /** As agreed when the friend ordered; null: the shop's. */
  return_days: number | null;
  /** How often a person has let it pass after it had ended. */
  round: number;
}

export const ROW =
  'shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, return_days, round';
/** The same of a table `r`. */
export const R_ROW = ROW.split(', ')
  .map((column) => `r.${column}`)
  .join(', ');

/** What tells the reward of this round from those of before, for events. */
export const roundOf = ({ round }: ReferralRow): { round?: number } => (round === 0 ? {} : { round });

type Told = Extract<NewEvent['kind'], `referral.${string}`>;

const baseOf = (row: ReferralRow, now: Date) => ({
  shopId: row.shop_id,
  customerId: row.advocate_id,
  orderId: row.order_id,
  at: now,
});

/** One event a row. */
export async function tell<Kind extends Told>(
  tx: SqlTx,
  rows: readonly ReferralRow[],
  kind: Kind,
  dataOf: (row: ReferralRow) => Extract<NewEvent, { kind: Kind }>['data'],
  now: Date,
): Promise<void> {
  const events = rows.map((row) => ({ ...baseOf(row, now), kind, data: dataOf(row) }) as NewEvent);
  await recordEvents(tx, events, now);
}

type Code = Extract<TimelineEntry, { kind: 'referral' }>['code'];

/** One line a row in the advocate's story. */
export async function note<C extends Code>(
  tx: SqlTx,
  rows: readonly ReferralRow[],
  code: C,
  dataOf: (row: ReferralRow) => Extract<TimelineEntry, { kind: 'referral'; code: C }>['data'],
  now: Date,
): Promise<void> {
  const lines = rows.map(
    (row) => ({ ...baseOf(row, now), kind: 'referral', code, data: dataOf(row) }) as TimelineEntry,
  );
  await addTimeline(tx, lines, now);
}
