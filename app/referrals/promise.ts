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

/** Rounded down to the minor unit: never more than was agreed. */
const commissionOf = (total: bigint, percent: number): number =>
  total <= 0n ? 0 : Number((total * BigInt(percent)) / 100n);
