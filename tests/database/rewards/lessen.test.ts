import { expect, test } from 'vitest';
import { hold, lessen, voidRewards, balanceOf } from '../../../app/rewards/rewards.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';

const t = testDb();
const now = new Date('2026-05-10T12:00:00Z');
const customerId = '00000000-0000-7000-8000-00000000000a';

test('a commission becomes less with the order it is a share of, in any order of news, and the books agree', async () => {
  const shop = await aShop(t.db);
  const of = (n: number) => `referral:${n}:advocate`;
  const draft = { shopId: shop.id, customerId, validDays: null, isReady: false };
  await t.db.acrossShops(async (tx) => {
    const commission = { kind: 'commission' as const, value: { amount: 1001, currency: 'EUR' } };
    await hold(tx, [{ ...draft, cause: of(1), ...commission }], now);
    await hold(tx, [{ ...draft, cause: of(2), value: { amount: 500, currency: 'EUR' } }], now);
  });
  const say = (left: bigint) =>
    t.db.acrossShops((tx) =>
      lessen(
        tx,
        [1, 2].map((n) => ({ shopId: shop.id, cause: of(n), left, of: 5000n })),
        now,
      ),
    );
  expect(await say(4000n)).toBe(1);
  expect(await say(4000n)).toBe(0);
  expect(await say(2000n)).toBe(1);
  expect(await say(3000n)).toBe(0);
  const promised = () => t.db.acrossShops((tx) => balanceOf(tx, shop.id, `promised:${customerId}`));
  expect(await promised()).toEqual([{ currency: 'EUR', amount: 900n }]);
  await t.db.acrossShops((tx) =>
    voidRewards(tx, [{ shopId: shop.id, cause: of(1), reason: 'refunded' }], now),
  );
  expect(await promised()).toEqual([{ currency: 'EUR', amount: 500n }]);
});
