/** What earns how many points. Every earning has a cause of its own, so that none counts twice. */
import { minorDigits } from '../shops/money.ts';
import type { LoyaltySettings } from './settings.ts';

/** `review:ID`, `order:ID`… behind `points:`. */
export type Earning = 'order' | 'review' | 'photo' | 'referral' | 'birthday';

export const pointsCause = (earning: Earning, id: string): string => `points:${earning}:${id}`;

/** More than that no ledger holds, nor anybody spends. */
const MOST = 1_000_000_000n;

/** For what was really spent: whole units only, never less than none. @param spent minor units */
export function pointsForOrder(
  spent: bigint,
  currency: string,
  { perUnit }: LoyaltySettings['points'],
): number {
  const units = spent / 10n ** BigInt(minorDigits(currency));
  if (units <= 0n) return 0;
  const points = units * BigInt(perUnit);
  return Number(points < MOST ? points : MOST);
}

/**
 * What is left of points that an order earned once a part of it was paid back: as many as what is left would have earned.
 * Never more than were given. @param earned `of`: what they were earned with, minor units; without it, all that was paid
 */
export function pointsLeft(
  earned: { points: number; of?: number | undefined },
  { left, paid }: { left: bigint; paid: bigint },
  currency: string,
): number {
  const of = earned.of === undefined ? paid : BigInt(earned.of);
  const unit = 10n ** BigInt(minorDigits(currency));
  const [all, kept] = [of / unit, (left < of ? left : of) / unit];
  if (all <= 0n || kept >= all) return earned.points;
  return kept <= 0n ? 0 : Number((BigInt(earned.points) * kept) / all);
}

export interface Lot {
  id: string;
  /** What is left of it. */
  points: bigint;
}

/** Takes points from lots in the order given, each as far as it goes; null: together they have too few. */
export function spread(lots: readonly Lot[], points: bigint): Lot[] | null {
  const taken: Lot[] = [];
  let open = points;
  for (const { id, points: left } of lots) {
    if (open === 0n) break;
    const share = left < open ? left : open;
    if (share > 0n) taken.push({ id, points: share });
    open -= share;
  }
  return open === 0n ? taken : null;
}

/** Days that points last: months on the calendar, from the day they are earned. */
export function daysOf(months: number | null, now: Date): number | null {
  if (months === null) return null;
  const end = new Date(now);
  end.setUTCMonth(now.getUTCMonth() + months);
  return Math.round((end.getTime() - now.getTime()) / 86_400_000);
}
