/** A shop whose customers bring friends, and what its staff sees of it. */
import type { Db } from '../../../app/db.server.ts';
import {
  codeOf,
  issueCodes,
  listReferrals,
  makeReferralLoop,
} from '../../../app/referrals/referrals.server.ts';
import { listRewards, makeRewardLoop } from '../../../app/rewards/rewards.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import type { TestDatabase } from '../../database.ts';
import { discountsAtShopify } from '../../discounts.ts';
import {
  aFriendlyShop,
  anOrder,
  at,
  customerOf,
  reactionsOf,
  safePayments,
  takeIn,
  type Buying,
} from '../../friends.ts';
import type { PaymentSource } from '../../../app/referrals/payments.ts';

export const paidAt = at('10T12:00:00');

/** How the advocate ordered, and what Shopify thinks of payments. */
type Starting = Buying & { payments?: PaymentSource };

/** On a test file's own database; call once at its top. */
export const programmesOn = (t: TestDatabase) => ({
  aProgramme: (advocate: Starting = {}) => aProgramme(t.db, advocate),
  list: async (shop: Shop) => (await t.db.inShop(shop.id, (tx) => listReferrals(tx, shop.id, {}))).referrals,
  ledger: async (shop: Shop) => (await t.db.inShop(shop.id, (tx) => listRewards(tx, shop.id, {}))).rewards,
});

/** A shop, an advocate with a code, and everything that settles referrals. */
async function aProgramme(db: Db, { payments = safePayments, ...advocate }: Starting) {
  const shop = await aFriendlyShop(db, { settings: { returnWindowDays: 14 } });
  const first = anOrder(shop, { at: at('01T12:00:00'), email: 'ana.lima@gmail.com', ...advocate });
  await takeIn(db, [first]);
  const advocateId = await customerOf(db, first);
  await db.inShop(shop.id, (tx) =>
    issueCodes(tx, [{ shopId: shop.id, customerId: advocateId }], at('01T12:00:00')),
  );
  const code = (await db.inShop(shop.id, (tx) => codeOf(tx, shop.id, advocateId)))!;
  const shopify = discountsAtShopify();
  const reactions = reactionsOf(db);
  const referralLoop = makeReferralLoop({ db, payments });
  const rewardLoop = makeRewardLoop({ db: db, discounts: shopify.discounts, codeKey: Buffer.alloc(32, 5) });
  const settle = async (now: Date) => {
    for (let done = 1; done > 0;) {
      await reactions.settle(now);
      done = (await referralLoop(now)) + (await rewardLoop(now));
    }
    await reactions.settle(now);
  };
  return { shop, advocateId, code, shopify, settle };
}
