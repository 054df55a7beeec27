/** What is at Shopify under our name, held against the ledger. */
import type { Given, RewardKind, RewardState } from './reward.ts';

/** A code or a gift card at Shopify whose title or note names one of our rewards. */
export interface There {
  rewardId: string;
  what: 'code' | 'card';
  /** Shopify's id. */
  id: string;
  /** Nobody can read that of a card. */
  code: string | null;
  /** Somebody could use it. */
  isActive: boolean;
  isUsed: boolean;
  /** Minor units that were used of a card. */
  used: bigint;
  customerShopifyId: bigint | null;
  /** Null where its worth cannot be read from it. */
  given: Given | null;
  createdAt: Date;
  /** Nobody can use it from then on, whatever is said of it; null: never. */
  endsAt: Date | null;
}

/** A reward as far as it is compared. */
export type Here = Given & {
  id: string;
  customerId: string;
  state: RewardState;
  amount: bigint;
  used: bigint;
  currency: string;
  discountId: string | null;
  issuedAt: Date | null;
  expiresAt: Date | null;
  /** A worker will see to it anyway. */
  isDue: boolean;
};

/**
 * unknown-here: there, and no reward says so · still-there: can be used although the ledger says no · missing-there:
 * given, and not to be found or ended · amount-differs · given-twice: a second one beside the right one · books: the
 * entries of a reward are not what its state says
 */
const DIFFERENCE_KINDS = [
  'unknown-here',
  'still-there',
  'missing-there',
  'amount-differs',
  'given-twice',
  'books',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What may be done about one. Leaving it means that it is not shown again. */
export const SETTLEMENTS = ['adopt', 'withdraw', 'reissue', 'leave'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

export const MAY: Record<DifferenceKind, readonly Settlement[]> = {
  'unknown-here': ['adopt', 'withdraw', 'leave'],
  'still-there': ['withdraw', 'adopt', 'leave'],
  'missing-there': ['reissue', 'withdraw', 'leave'],
  'amount-differs': ['adopt', 'leave'],
  'given-twice': ['withdraw', 'leave'],
  books: ['adopt', 'leave'],
};

/** What a difference is about, as it is kept: amounts in minor units, as text. */
export interface DifferenceDetail {
  /** Shopify's id. */
  there?: string;
  what?: There['what'] | 'credit';
  code?: string | null;
  kind?: RewardKind;
  given?: Given | null;
  customerShopifyId?: string | null;
  expected?: string;
  found?: string;
  currency?: string;
  /** Of the books. */
  account?: string;
}

export interface Difference {
  /** The same difference has the same key every night. */
  key: string;
  kind: DifferenceKind;
  rewardId: string;
  customerId: string | null;
  detail: DifferenceDetail;
}

const HOUR = 3_600_000;

/** What differs for one reward. What is younger than an hour may still be on its way, or not readable yet. */
export function compare(here: Here | null, there: readonly There[], now: Date): Difference[] {
  const isSettled = (at: Date | null) => at !== null && now.getTime() - at.getTime() >= HOUR;
  const isOver = ({ endsAt }: There) => endsAt !== null && endsAt <= now;
  const usable = there.filter(
    (one) => one.isActive && !one.isUsed && !isOver(one) && isSettled(one.createdAt),
  );
  if (!here) return usable.map((one) => about('unknown-here', null, one));
  if (here.isDue && !(here.state === 'issued' && isBefore(now, here.expiresAt))) return [];
  if (here.state !== 'issued')
    return here.state === 'used' ? [] : usable.map((one) => about('still-there', here, one));
  const mine = there.find(({ id }) => id === here.discountId);
  const others = usable.filter((one) => one !== mine).map((one) => about('given-twice', here, one));
  if (!isSettled(here.issuedAt)) return others;
  if (!mine || (!mine.isActive && !mine.isUsed)) return [missing(here), ...others];
  return [...amountOf(here, mine), ...others];
}

const isBefore = (now: Date, end: Date | null) => end === null || end > now;

const about = (kind: DifferenceKind, here: Here | null, one: There): Difference => ({
  key: `${kind}:${one.id}`,
  kind,
  rewardId: one.rewardId,
  customerId: here?.customerId ?? null,
  detail: {
    there: one.id,
    what: one.what,
    code: one.code,
    given: (one.given ?? here ?? null) ? givenOf(one.given ?? here) : null,
    customerShopifyId: one.customerShopifyId === null ? null : String(one.customerShopifyId),
  },
});

const givenOf = (given: Given | null): Given | null =>
  given && ({ kind: given.kind, value: given.value } as Given);

/** Nothing of it can be used at Shopify. */
export const missing = (here: Here): Difference => ({
  key: `missing-there:${here.id}:${here.discountId ?? ''}`,
  kind: 'missing-there',
  rewardId: here.id,
  customerId: here.customerId,
  detail: { given: givenOf(here), ...(here.discountId ? { there: here.discountId } : {}) },
});

/** Anything that is worth something else than was promised. */
function amountOf(here: Here, { id, given }: There): Difference[] {
  if (!given || given.kind !== here.kind) return [];
  const [expected, found] = [worth(here, here.amount), worth(given)];
  return expected === found ? [] : [differs(here, id, expected, found, given)];
}

const worth = ({ kind, value }: Given, amount?: bigint): string => {
  if (kind === 'discount' && 'percent' in value) return `${value.percent}%`;
  return 'amount' in value ? `${amount ?? value.amount} ${value.currency}` : '';
};

export const differs = (
  here: Here,
  there: string,
  expected: string,
  found: string,
  given: Given | null,
): Difference => ({
  key: `amount-differs:${there}`,
  kind: 'amount-differs',
  rewardId: here.id,
  customerId: here.customerId,
  detail: { there, given: givenOf(given), expected, found, currency: here.currency },
});
