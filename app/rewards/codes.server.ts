/** Rewards that are discount codes. The code is derived from the reward, so that a second attempt meets the first one. */
import type { Goods } from './credits.ts';
import type { CodeGives, Discounts, FoundDiscount, WantedDiscount } from './discounts.ts';
import { rewardTitle } from './reward.ts';
import { expiryOf, laterAfter, type Claimed, type Issued, type Way, type Withdrawn } from './way.ts';

/** Nobody can use a discount of that time. */
const LONG_GONE = { startsAt: new Date('2000-01-01T00:00:00Z'), endsAt: new Date('2000-01-02T00:00:00Z') };
/** What blocks the code of a reward that is not to be given, whatever it would have been. */
const BLOCK: CodeGives = { kind: 'discount', value: { percent: 1 } };

export const codesWay = (discounts: Discounts, goods?: Goods): Way => ({
  async issue(reward, now) {
    const gives = await givesOf(reward, goods);
    return 'outcome' in gives ? gives : issue(discounts, reward, wantedOf(reward, gives, now));
  },
  withdraw: (reward, now) => withdraw(discounts, reward, now),
  /** Orders say it first; Shopify's own count, which lags, catches those that nobody told us of. */
  async look({ domain, code, amount, used }) {
    const found = await discounts.find(domain, code);
    if (found.outcome === 'unavailable') return laterAfter(found);
    const isUsed = found.outcome === 'found' && found.discount.used > 0;
    return { outcome: 'seen', used: isUsed ? amount : used };
  },
});

/** A gift is looked for each time, because there may be none left, or it may cost something else by now. */
async function givesOf(reward: Claimed, goods?: Goods): Promise<CodeGives | Issued> {
  switch (reward.kind) {
    case 'discount': {
      const { value } = reward;
      // A sum off has no currency at Shopify: it would be as many of whatever the shop counts in now.
      return 'currency' in value && value.currency !== reward.shopCurrency
        ? { outcome: 'refused', reason: 'currency-gone' }
        : { kind: 'discount', value };
    }
    case 'free-shipping':
      return { kind: 'free-shipping' };
    case 'gift': {
      if (!goods) return { outcome: 'refused', reason: 'no-goods' };
      const found = await goods.find(reward.domain, reward.value);
      if (found.outcome === 'unavailable') return laterAfter(found);
      if (found.outcome === 'refused') return found;
      if (found.outcome === 'none') return { outcome: 'refused', reason: 'product-gone' };
      const { variantId, price, isAvailable } = found;
      return isAvailable
        ? { kind: 'gift', variantId, price }
        : { outcome: 'refused', reason: 'out-of-stock' };
    }
    default:
      return { outcome: 'refused', reason: 'no-code' };
  }
}

async function issue(discounts: Discounts, reward: Claimed, wanted: WantedDiscount): Promise<Issued> {
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
      return laterAfter(created);
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
  if (found.outcome === 'unavailable') return laterAfter(found);
  if (found.outcome === 'none') {
    const blocked = await discounts.create(reward.domain, { ...wantedOf(reward, BLOCK, now), ...LONG_GONE });
    if (blocked.outcome === 'taken') return { outcome: 'later', seconds: 0 };
    return blocked.outcome === 'unavailable' ? laterAfter(blocked) : done('none');
  }
  if (found.outcome !== 'found' || found.discount.title !== rewardTitle(reward.id))
    return done(found.outcome);
  const { discountId, used } = found.discount;
  // A code is good once: used at all, it is used up.
  if (used > 0) return done('used', reward.amount);
  const ended = await discounts.deactivate(reward.domain, discountId);
  if (ended.outcome === 'unavailable') return laterAfter(ended);
  return done(ended.outcome === 'done' ? 'deactivated' : ended.reason);
}

const wantedOf = (reward: Claimed, gives: CodeGives, now: Date): WantedDiscount => ({
  code: reward.code,
  title: rewardTitle(reward.id),
  gives,
  customerShopifyId: reward.customerShopifyId,
  startsAt: now,
  endsAt: expiryOf(reward, now),
});
