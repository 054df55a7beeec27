/** What one friend's order earns its advocate: the terms of the programme, made into sums when the order is paid. */
import type { DiscountValue } from '../shops/discount-value.ts';
import type { AdvocateReward } from './terms.ts';

type Sum = { amount: number; currency: string };

/** A reward without anything that is still to be worked out. The ledger of rewards speaks of the same kinds. */
export type Promised =
  | { kind: 'discount'; value: DiscountValue }
  | { kind: 'free-shipping'; value: Record<string, never> }
  | { kind: 'gift'; value: { productId: string } }
  | { kind: 'store-credit' | 'gift-card' | 'commission'; value: Sum }
  | { kind: 'points'; value: { points: number } }
  | { kind: 'donation'; value: Sum & { to: string } };

/** What the friend's order came to, minor units of `currency`; what the advocate last paid in. */
export interface PromiseFacts {
  total: bigint;
  currency: string;
  advocateCurrency: string | null;
}

/** @returns null where nothing comes of it: a commission of less than the smallest coin */
export function promiseOf(reward: AdvocateReward, facts: PromiseFacts): Promised | null {
  switch (reward.kind) {
    case 'commission': {
      const amount = commissionOf(facts.total, reward.value.percent);
      return amount === 0 ? null : { kind: 'commission', value: { amount, currency: facts.currency } };
    }
    case 'store-credit': {
      const { others, ...usual } = reward.value;
      const other = facts.advocateCurrency === null ? undefined : others[facts.advocateCurrency];
      return other === undefined
        ? { kind: 'store-credit', value: usual }
        : { kind: 'store-credit', value: { amount: other, currency: facts.advocateCurrency! } };
    }
    case 'gift':
      return { kind: 'gift', value: { productId: reward.value.productId } };
    default:
      return reward as Promised;
  }
}

/**
 * What is left of a commission when `left` of the `total` that it is a share of stays paid, to the unit: the share of what
 * is left, not a part of what was rounded before. Null for what is no share, or was agreed of another sum.
 */
export function commissionLeft(
  promised: Promised | null,
  { left, total }: { left: bigint; total: bigint },
): number | null {
  if (promised?.kind !== 'commission' || total <= 0n) return null;
  const amount = BigInt(promised.value.amount);
  // Per cents are whole: the least of those that come to this sum.
  const percent = Number((amount * 100n + total - 1n) / total);
  if (percent < 1 || percent > 100 || commissionOf(total, percent) !== promised.value.amount) return null;
  return commissionOf(left < total ? left : total, percent);
}

/**
 * As it stands in the ledger by now: a commission may have become less. What is gone as a whole is spoken of as it was.
 * @param amount minor units
 */
export const asLeft = (promised: Promised, amount: bigint | null): Promised =>
  promised.kind === 'commission' && amount !== null && amount > 0n
    ? { ...promised, value: { ...promised.value, amount: Number(amount) } }
    : promised;

/** Rounded down to the minor unit: never more than was agreed. */
const commissionOf = (total: bigint, percent: number): number =>
  total <= 0n ? 0 : Number((total * BigInt(percent)) / 100n);
