/**
 * Double entry: value is never made and never lost, it moves from one account to another. What a customer was promised
 * comes out of what a programme costs or out of a purse; what is not used ends as breakage.
 */

/**
 * `promised:CUSTOMER` earned and not given yet · `issued:CUSTOMER` given and not used yet · `used:CUSTOMER` ·
 * `owing:CUSTOMER` below zero: paid out, and owed back since · `expense:PROGRAMME_OR_CAUSE` · `purse:KEY` · `breakage` given, and never used.
 * The sum of all accounts is zero in every currency; what is owed stands in promised and issued.
 */
export type Account =
  | `promised:${string}`
  | `issued:${string}`
  | `used:${string}`
  | `owing:${string}`
  | `expense:${string}`
  | `purse:${string}`
  | 'breakage';

/** Whatever its amount, it takes from one account what it gives to the other. */
export interface Move {
  from: Account;
  to: Account;
  /** Minor units, points, or codes; not negative. */
  amount: bigint;
  /** ISO 4217, or POINTS or CODES of reward.ts. */
  currency: string;
}

export interface Transfer {
  shopId: bigint;
  /** Names it within the shop: posted twice, it counts once. `reward:ID:issued`, `gesture:ID`… */
  name: string;
  moves: readonly Move[];
  /** The reward whose value moves. */
  rewardId?: string | null;
}

export interface Entry {
  account: Account;
  currency: string;
  /** Positive: into the account. */
  amount: bigint;
}

/** One entry an account and currency; they sum to zero. Nothing where nothing moves. */
export function entriesOf(moves: readonly Move[]): Entry[] {
  const entries = new Map<string, Entry>();
  const add = (account: Account, currency: string, amount: bigint) => {
    const key = `${currency} ${account}`;
    const entry = entries.get(key) ?? { account, currency, amount: 0n };
    entries.set(key, { ...entry, amount: entry.amount + amount });
  };
  for (const { from, to, amount, currency } of moves) {
    if (amount < 0n) throw new RangeError(`${amount} ${currency} cannot move from ${from} to ${to}`);
    add(from, currency, -amount);
    add(to, currency, amount);
  }
  return [...entries.values()].filter(({ amount }) => amount !== 0n);
}

/** A reward as the ledger sees it. */
export interface Owed {
  shopId: bigint;
  id: string;
  customerId: string;
  amount: bigint;
  currency: string;
  paidBy: Account;
}

/** Where value goes when a reward changes. */
const WAYS = {
  earned: ({ paidBy, customerId }) => [paidBy, `promised:${customerId}`],
  issued: ({ customerId }) => [`promised:${customerId}`, `issued:${customerId}`],
  used: ({ customerId }) => [`issued:${customerId}`, `used:${customerId}`],
  expired: ({ customerId }) => [`issued:${customerId}`, 'breakage'],
  void: ({ paidBy, customerId }) => [`promised:${customerId}`, paidBy],
  'clawed-back': ({ paidBy, customerId }) => [`issued:${customerId}`, paidBy],
  /** Less was earned than was thought, before it was given. */
  reduced: ({ paidBy, customerId }) => [`promised:${customerId}`, paidBy],
  /** It was used after all: an order that was heard of late. */
  'used-after-expiry': ({ customerId }) => ['breakage', `used:${customerId}`],
  /** It was used before it could be taken back. */
  'used-before-clawback': ({ paidBy, customerId }) => [paidBy, `used:${customerId}`],
  /** It was paid out before its order came back. */
  'owed-back': ({ paidBy, customerId }) => [`owing:${customerId}`, paidBy],
  /** What is owed back may be kept after all. */
  forgiven: ({ paidBy, customerId }) => [paidBy, `owing:${customerId}`],
} satisfies Record<string, (owed: Owed) => [Account, Account]>;

export type Change = keyof typeof WAYS;

/**
 * What a change of a reward moves.
 * @param amount of it; all of it without
 * @param mark tells several changes of the same kind apart
 */
export function transferOf(change: Change, owed: Owed, amount = owed.amount, mark?: string): Transfer {
  const [from, to] = WAYS[change](owed);
  return {
    shopId: owed.shopId,
    name: `reward:${owed.id}:${change}${mark === undefined ? '' : `:${mark}`}`,
    moves: [{ from, to, amount, currency: owed.currency }],
    rewardId: owed.id,
  };
}

/** What a batch of payouts takes off because it is owed back: that much less was paid than was earned. */
export const takenOffBy = (
  batch: string,
  debt: { shopId: bigint; rewardId: string; customerId: string; currency: string; amount: bigint },
): Transfer => ({
  shopId: debt.shopId,
  name: `payout:${batch}:taken-off:${debt.rewardId}`,
  moves: [
    {
      from: `used:${debt.customerId}`,
      to: `owing:${debt.customerId}`,
      amount: debt.amount,
      currency: debt.currency,
    },
  ],
});
