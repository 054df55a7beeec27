/** Lines of store credit held against the rewards that they are of. */
import { differs, missing, type Difference, type Here } from './compare.ts';
import type { CreditAccount } from './credits.ts';

/** As many lines as an account shows: what is older can't be seen. */
const SHOWN = 100;
const HOUR = 3_600_000;

/**
 * What differs between a customer's account and what they were given, in one currency.
 * @param here their rewards of store credit in that currency, of any state
 */
export function compareCredit(here: readonly Here[], { credits }: CreditAccount, now: Date): Difference[] {
  const lines = new Map(credits.map((line) => [line.id, line]));
  const adopted = new Set(here.map(({ discountId }) => discountId));
  return here
    .filter(
      ({ state, issuedAt }) => state === 'issued' && issuedAt && now.getTime() - issuedAt.getTime() >= HOUR,
    )
    .flatMap((reward): Difference[] => {
      const line = reward.discountId ? lines.get(reward.discountId) : undefined;
      if (!line) return credits.length < SHOWN ? [missing(reward)] : [];
      const wrong =
        line.amount === reward.amount
          ? []
          : [
              differs(
                reward,
                line.id,
                `${reward.amount} ${reward.currency}`,
                `${line.amount} ${reward.currency}`,
                null,
              ),
            ];
      // The expiry of a line is its reward's own; another of the same that belongs to nobody was given by a late request.
      const twins = credits.filter(
        (one) =>
          one.expiresAt !== null &&
          !adopted.has(one.id) &&
          one.amount === line.amount &&
          one.expiresAt.getTime() === line.expiresAt?.getTime() &&
          one.remaining > 0n,
      );
      return [...wrong, ...twins.map((twin) => twice(reward, twin.id, twin.remaining))];
    });
}

const twice = (reward: Here, there: string, remaining: bigint): Difference => ({
  key: `given-twice:${there}`,
  kind: 'given-twice',
  rewardId: reward.id,
  customerId: reward.customerId,
  detail: { there, what: 'credit', found: `${remaining} ${reward.currency}`, currency: reward.currency },
});
