/** Rewards, and what must not come between. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../../app/db.server.ts';
import { makeReferralLoop, voidFor } from '../../app/referrals/referrals.server.ts';
import { codeFor } from '../../app/rewards/loop.server.ts';
import { hold, makeRewardLoop } from '../../app/rewards/rewards.server.ts';
import { paidAt, programmesOn } from '../database/referrals/programme.ts';
import type { TestDatabase } from '../database.ts';
import { discountsAtShopify } from '../discounts.ts';
import {
  aFriendlyShop,
  anOrder,
  customerOf,
  daysAfter,
  reactionsOf,
  safePayments,
  takeIn,
} from '../friends.ts';
import { noon } from '../messages.ts';
import type { Gated, Party } from './orders-of-steps.ts';
import { firstCommits, type Race, type Seen } from './race.ts';

export function racesOfRewards(t: TestDatabase) {
  const CODE_KEY = Buffer.alloc(32, 5);

  /** A reward about to be given, at a Shopify that keeps codes. */
  async function aReward() {
    const shop = await aFriendlyShop(t.db, { pool: 0 });
    const order = anOrder(shop);
    await takeIn(t.db, [order]);
    const customerId = await customerOf(t.db, order);
    const cause = 'referral:1:advocate';
    const draft = {
      shopId: shop.id,
      cause,
      customerId,
      value: { percent: 10 },
      validDays: 30,
      isReady: true,
    };
    const shopify = discountsAtShopify({});
    const issue = (db: Db) => makeRewardLoop({ db, discounts: shopify.discounts, codeKey: CODE_KEY });
    const give: Party = {
      async run({ db }) {
        await db.acrossShops((tx) => hold(tx, [draft], noon));
        const round = issue(db);
        while ((await round(noon)) > 0);
      },
      stopsAt: firstCommits,
    };
    const naive: Party = {
      async run({ db, gate }: Gated) {
        const known = await db.sqlAcrossShops(`select 1 from reward where shop_id = $1 and state <> 'held'`, [
          shop.id,
        ]);
        await gate('commit 1');
        if (known.length > 0) return;
        const id = randomUUID();
        await shopify.discounts.create(shop.domain, { code: codeFor(CODE_KEY, id), endsAt: null } as never);
        await gate('commit 2');
        await db.sqlAcrossShops(
          `insert into reward (shop_id, id, cause, customer_id, kind, value, state, earned_at)
         values ($1, $2, $3, $4, 'discount', $5::jsonb, 'issued', $6)
         on conflict (shop_id, cause) do update set state = 'issued', due_at = null`,
          [shop.id, id, cause, customerId, draft.value, noon],
        );
      },
      stopsAt: firstCommits,
    };
    const atRest = async () => {
      const round = issue(t.db);
      await t.db.sqlAcrossShops(
        `update reward set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
      );
      while ((await round(noon)) > 0);
      return shopify.of(shop).filter((one) => one.isActive).length;
    };
    return { shop, cause, give, naive, atRest };
  }

  const rewardReward: Race = {
    steps: { A: 3, B: 3 },
    async begin() {
      const { give, naive, atRest } = await aReward();
      const judge = async (): Promise<Seen> => {
        const codes = await atRest();
        return { broken: codes === 1 ? null : `${codes} codes`, what: `${codes}` };
      };
      return { A: give, B: give, naive, naiveB: naive, judge };
    },
  };

  const { aProgramme, ledger } = programmesOn(t);

  const rewardRefund: Race = {
    steps: { A: 3, B: 2 },
    async begin() {
      const { shop, code, advocateId, shopify, settle } = await aProgramme();
      const friends = anOrder(shop, { codes: [code], at: paidAt });
      await takeIn(t.db, [friends]);
      await settle(paidAt);
      const now = daysAfter(paidAt, 30);
      const A: Party = {
        async run({ db }) {
          await makeReferralLoop({ db, payments: safePayments })(now);
          await reactionsOf(db).settle(now);
          await makeRewardLoop({ db, discounts: shopify.discounts, codeKey: CODE_KEY })(now);
        },
        stopsAt: firstCommits,
      };
      const B: Party = {
        async run({ db }) {
          const order = { shopId: shop.id, orderId: friends.id, reason: 'refunded' as const };
          await db.acrossShops((tx) => voidFor(tx, [order], now));
          await reactionsOf(db).settle(now);
        },
        stopsAt: (label) => label === 'commit 1',
      };
      /** Looks whether the friend's order stands, then gives the code. */
      const naive: Party = {
        async run({ db, gate }: Gated) {
          const stands = await db.sqlAcrossShops(
            `select 1 from referral where shop_id = $1 and state = 'pending'`,
            [shop.id],
          );
          await gate('commit 1');
          await gate('commit 2');
          if (stands.length === 0) return;
          const id = randomUUID();
          await shopify.discounts.create(shop.domain, { code: codeFor(CODE_KEY, id), endsAt: null } as never);
          await db.sqlAcrossShops(
            `insert into reward (shop_id, id, cause, customer_id, kind, value, state, earned_at)
           values ($1, $2, 'friend', $3, 'discount', '{"percent":10}', 'issued', $4)`,
            [shop.id, id, advocateId, now],
          );
        },
        stopsAt: firstCommits,
      };
      const judge = async (): Promise<Seen> => {
        await settle(now);
        const codes = shopify.of(shop).filter((one) => one.isActive).length;
        const what = (await ledger(shop)).map(({ state }) => state).join() || 'nothing';
        return { broken: codes > 0 ? `${codes} codes stand` : null, what };
      };
      return { A, naive, B, judge };
    },
  };

  return { rewardReward, rewardRefund };
}
