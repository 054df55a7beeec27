/** What a shop owes and what became of what it gave: as it is summed, and the words for it. */
import type { RewardKind } from './reward.ts';

/** How long it has been owed, in days, up to and with `upTo`; the last has no end. */
export const AGES = [
  { key: 'month', upTo: 30, label: 'up to 30 days' },
  { key: 'quarter', upTo: 90, label: '31 to 90 days' },
  { key: 'year', upTo: 365, label: '91 days to a year' },
  { key: 'older', upTo: null, label: 'more than a year' },
] as const;
export type Age = (typeof AGES)[number]['key'];

/** Amounts are minor units of their currency, points, or codes; as text, so that they travel. */
export interface OwedRow {
  currency: string;
  /** `other`: booked by hand. */
  kind: RewardKind | 'other';
  /** promised: not given yet · issued: given, and not used yet */
  account: 'promised' | 'issued';
  age: Age;
  amount: string;
}

export interface MonthRow {
  /** YYYY-MM */
  month: string;
  currency: string;
  earned: string;
  issued: string;
  used: string;
  expired: string;
  takenBack: string;
  /** Owed when the month was over. */
  owed: string;
}

/** Of what came to its end in a month, how much was never used: 0…1; null when nothing ended. */
export function breakageRate({ used, expired }: Pick<MonthRow, 'used' | 'expired'>): number | null {
  const [spent, lost] = [BigInt(used), BigInt(expired)];
  const ended = spent + lost;
  return ended <= 0n ? null : Number((lost * 10_000n) / ended) / 10_000;
}
