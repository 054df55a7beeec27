/** Rewards that are discount codes. The code is derived from the reward, so that a second attempt meets the first one. */
import type { Discounts, FoundDiscount, WantedDiscount } from './discounts.ts';
import { rewardTitle } from './reward.ts';
import { expiryOf, type Claimed, type Issued, type Way, type Withdrawn } from './way.ts';

/** Nobody can use a discount of that time. */
const LONG_GONE = { startsAt: new Date('2000-01-01T00:00:00Z'), endsAt: new Date('2000-01-02T00:00:00Z') };

export const codesWay = (discounts: Discounts): Way => ({
  issue: (reward, now) => issue(discounts, reward, now),
  withdraw: (reward, now) => withdraw(discounts, reward, now),
});

async function issue(discounts: Discounts, reward: Claimed, now: Date): Promise<Issued> {
  const wanted = wantedOf(reward, now);
  if (!wanted) return { outcome: 'refused', reason: 'no-code' };
  const made = (discountId: string): Issued => ({
    outcome: 'issued',
    code: reward.code,
    discountId,
    expiresAt: wanted.endsAt,
  });
  const created = await discounts.create(reward.domain, wanted);
  switch (created.outcome) {
    case 'created':
      return made(created.discountId);
    case 'refused':
      return created;
    case 'unavailable':
      return { outcome: 'later', seconds: created.retryAfterSeconds };
    case 'taken':
  }
  const found = await discounts.find(reward.domain, reward.code);
  if (found.outcome === 'refused') return found;
  // Taken and yet not found: Shopify's reads may lag behind its writes.
  if (found.outcome !== 'found') return { outcome: 'later', seconds: 0 };
  return isOurs(found.discount, wanted)
    ? made(found.discount.discountId)
    : { outcome: 'refused', reason: 'code-taken' };
}

/** Taken means done only when it is what we would have made. */
const isOurs = (found: FoundDiscount, wanted: WantedDiscount): boolean =>
  found.title === wanted.title && found.usageLimit === 1;

/**
 * Not found does not mean that it is not there: Shopify's reads lag behind its writes, and the request of a worker that
 * died may still be under way. So the code is taken by a discount that ended long ago; if that is refused as taken, what
 * has to be withdrawn is there and will be found.
 */
async function withdraw(discounts: Discounts, reward: Claimed, now: Date): Promise<Withdrawn> {
  const done = (found: string, used = 0n): Withdrawn => ({ outcome: 'withdrawn', found, used });
  const found = await discounts.find(reward.domain, reward.code);
  if (found.outcome === 'unavailable') return { outcome: 'later', seconds: found.retryAfterSeconds };
  if (found.outcome === 'none') {
    const wanted = wantedOf(reward, now);
    if (!wanted) return done('none');
    const blocked = await discounts.create(reward.domain, { ...wanted, ...LONG_GONE });
    if (blocked.outcome === 'taken') return { outcome: 'later', seconds: 0 };
    if (blocked.outcome === 'unavailable') return { outcome: 'later', seconds: blocked.retryAfterSeconds };
    return done('none');
  }
  if (found.outcome !== 'found' || found.discount.title !== rewardTitle(reward.id))
    return done(found.outcome);
  const { discountId, used } = found.discount;
  // A code is good once: used at all, it is used up.
  if (used > 0) return done('used', reward.amount);
  const ended = await discounts.deactivate(reward.domain, discountId);
  if (ended.outcome === 'unavailable') return { outcome: 'later', seconds: ended.retryAfterSeconds };
  return done(ended.outcome === 'done' ? 'deactivated' : ended.reason);
}

function wantedOf(reward: Claimed, now: Date): WantedDiscount | null {
  if (reward.kind !== 'discount') return null;
  const { code, id, value, customerShopifyId } = reward;
  return {
    code,
    title: rewardTitle(id),
    value,
    customerShopifyId,
    startsAt: now,
    endsAt: expiryOf(reward, now),
  };
}
