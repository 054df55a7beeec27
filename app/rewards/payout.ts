/** What is paid out, less what advocates owe back of what they were paid before. */

/** What one advocate is due in a batch; null: not in one yet. Minor units. */
export interface Due {
  batch: string | null;
  customerId: string;
  currency: string;
  amount: bigint;
}

/** What is owed back of a commission that was paid for an order that came back afterwards. */
export interface Debt {
  rewardId: string;
  customerId: string;
  currency: string;
  amount: bigint;
}

/** A debt, or a part of it, that a batch takes off. */
export type TakenOff = Debt & { batch: string | null };

/** Batches are named by when they were made: the oldest takes off first, what is in none last. */
const older = (a: Due, b: Due) =>
  a.batch === b.batch ? 0 : a.batch === null ? 1 : b.batch === null ? -1 : a.batch < b.batch ? -1 : 1;

/** Each debt is taken off what the same advocate is due in the same currency, never more than there is of either. */
export function takeOff(due: readonly Due[], debts: readonly Debt[]): TakenOff[] {
  const open = debts.map((debt) => ({ ...debt }));
  return due.toSorted(older).flatMap(({ batch, customerId, currency, amount }) => {
    let left = amount;
    return open.flatMap((debt): TakenOff[] => {
      if (debt.customerId !== customerId || debt.currency !== currency) return [];
      const part = debt.amount < left ? debt.amount : left;
      if (part <= 0n) return [];
      debt.amount -= part;
      left -= part;
      return [{ rewardId: debt.rewardId, customerId, currency, amount: part, batch }];
    });
  });
}

/** Names what a page showed of a batch, so that nothing else is said to be paid: "EUR:1050 JPY:900". */
export const sumsName = (sums: readonly { currency: string; amount: string }[]): string =>
  sums
    .map(({ currency, amount }) => `${currency}:${amount}`)
    .toSorted()
    .join(' ');
