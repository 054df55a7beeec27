/** Double entry: the database refuses what does not balance, and the books say what the rewards say after any interleaving. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disagreements, remainders } from '../../../app/rewards/books.server.ts';
import {
  balanceOf,
  hold,
  makeRewardLoop,
  mergeCustomers,
  post,
  release,
  retryReward,
  usedIn,
  voidRewards,
} from '../../../app/rewards/rewards.server.ts';
import type { Given, RewardDraft } from '../../../app/rewards/reward.ts';
import type { Transfer } from '../../../app/rewards/transfer.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { discountsAtShopify } from '../../discounts.ts';
import { at } from '../../friends.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const now = at('10T12:00:00');
const codeKey = Buffer.alloc(32, 5);
const across = <T>(work: Parameters<typeof t.db.acrossShops<T>>[0]) => t.db.acrossShops(work);

const gift = (shop: Shop, name: string, amount = 500n): Transfer => ({
  shopId: shop.id,
  name,
  moves: [{ from: 'expense:gesture', to: 'purse:joy', amount, currency: 'EUR' }],
});

test('a transfer is posted once, however often and by how many', async () => {
  const shop = await aShop(t.db);
  const counts = await Promise.all(
    Array.from({ length: 8 }, () => across((tx) => post(tx, gift(shop, 'gesture:1'), now))),
  );
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(await across((tx) => balanceOf(tx, shop.id, 'purse:joy'))).toEqual([
    { currency: 'EUR', amount: 500n },
  ]);
  // The same name for something else is a mistake, not a second transfer.
  const other: Transfer = {
    ...gift(shop, 'gesture:1'),
    moves: [{ from: 'expense:gesture', to: 'breakage', amount: 500n, currency: 'EUR' }],
  };
  await expect(across((tx) => post(tx, other, now))).rejects.toThrow('does not sum to zero');
});

test('the database refuses what does not sum to zero, what is no account, and any change of what is written', async () => {
  const shop = await aShop(t.db);
  const write = (rows: [account: string, currency: string, amount: bigint][]) =>
    t.db.sqlAcrossShops(
      `insert into ledger_entry (shop_id, id, transfer, account, currency, amount, at)
       select $1, gen_random_uuid(), 't', account, currency, amount, $5 from unnest($2::text[], $3::text[], $4::bigint[]) as e(account, currency, amount)`,
      [shop.id, rows.map(([a]) => a), rows.map(([, c]) => c), rows.map(([, , n]) => n), now],
    );
  await expect(write([['breakage', 'EUR', 5n]])).rejects.toThrow('5 EUR are left over');
  await expect(
    write([
      ['breakage', 'EUR', 5n],
      ['used:a', 'USD', -5n],
    ]),
  ).rejects.toThrow('does not sum to zero');
  await expect(
    write([
      ['savings:a', 'EUR', 5n],
      ['breakage', 'EUR', -5n],
    ]),
  ).rejects.toThrow('ledger_entry_account');
  await across((tx) => post(tx, gift(shop, 'gesture:1'), now));
  await expect(t.db.sqlAcrossShops('update ledger_entry set amount = 1')).rejects.toThrow(
    'permission denied',
  );
  await expect(t.db.inShop(shop.id, (tx) => tx.sql('delete from ledger_entry'))).rejects.toThrow(
    'permission denied',
  );
});

const given: Given[] = [
  { kind: 'discount', value: { percent: 10 } },
  { kind: 'discount', value: { amount: 1000, currency: 'JPY' } },
  { kind: 'points', value: { points: 250 } },
  { kind: 'commission', value: { amount: 12_345, currency: 'KWD' } },
  { kind: 'donation', value: { amount: 501, currency: 'EUR', to: 'The sea' } },
];

type Step =
  | { do: 'hold'; cause: number; what: number; customer: 0 | 1; isReady: boolean }
  | { do: 'release' | 'void' | 'retry'; cause: number }
  | { do: 'order'; cause: number }
  | { do: 'work' | 'wait' }
  | { do: 'merge' };
const CAUSES = 4;
const cause = fc.nat(CAUSES - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('hold' as const),
    cause,
    what: fc.nat(given.length - 1),
    customer: fc.constantFrom<0 | 1>(0, 1),
    isReady: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('release', 'void', 'retry'), cause }),
  fc.constant({ do: 'work' as const }),
  fc.constant({ do: 'work' as const }),
  fc.record({ do: fc.constant('order' as const), cause }),
  fc.constant({ do: 'merge' as const }),
  // Long enough for whatever was given to run out.
  fc.constant({ do: 'wait' as const }),
);
/** Steps of one group happen at the same time. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
const luck = fc.infiniteStream(fc.constantFrom('well', 'well', 'lost', 'down', 'refused'));

type Doors = { voidRewards: typeof voidRewards };

/** Lives a story, and says what is wrong with the books afterwards. */
async function live(groups: Step[][], fates: Iterator<string>, doors: Doors = { voidRewards }) {
  const shop = await aShop(t.db);
  const people = [await aCustomer(shop), await aCustomer(shop)] as const;
  let merged = false;
  let fate = 'well';
  const shopify = discountsAtShopify({ lost: () => fate === 'lost', down: () => fate === 'down' });
  const create: typeof shopify.discounts.create = (...ask) => {
    fate = String(fates.next().value);
    if (fate === 'refused') return Promise.resolve({ outcome: 'refused', reason: 'ACCESS_DENIED' });
    return shopify.discounts.create(...ask);
  };
  const loop = makeRewardLoop({ db: t.db, discounts: { ...shopify.discounts, create }, codeKey });
  const causeOf = (n: number) => ({ shopId: shop.id, cause: `referral:${n}:advocate` });
  let hours = 0;
  let orders = 0n;
  const act = async (one: Step): Promise<unknown> => {
    const moment = new Date(now.getTime() + hours * 3_600_000);
    switch (one.do) {
      case 'hold': {
        const customerId = people[merged ? 1 : one.customer];
        const rest = { customerId, validDays: 30, isReady: one.isReady };
        const draft = { ...causeOf(one.cause), ...rest, ...given[one.what]! } as RewardDraft;
        return across((tx) => hold(tx, [draft], moment));
      }
      case 'release':
        return across((tx) => release(tx, [causeOf(one.cause)], moment));
      case 'void':
        return across((tx) => doors.voidRewards(tx, [{ ...causeOf(one.cause), reason: 'refunded' }], moment));
      case 'retry': {
        const [row] = await t.db.sqlAcrossShops<{ id: string }>(
          'select id from reward where shop_id = $1 and cause = $2',
          [shop.id, causeOf(one.cause).cause],
        );
        return row && t.db.inShop(shop.id, (tx) => retryReward(tx, shop.id, row.id, moment));
      }
      case 'order': {
        const { cause: name } = causeOf(one.cause);
        const [row] = await t.db.sqlAcrossShops<{ code: string | null }>(
          'select code from reward where shop_id = $1 and cause = $2',
          [shop.id, name],
        );
        if (!row?.code) return 0;
        const orderId = ++orders;
        const order = {
          shop_id: shop.id,
          id: orderId,
          currency: 'EUR',
          discount_codes: [row.code.toLowerCase()],
        };
        await insertRow(t.db, 'orders', order);
        return across((tx) => usedIn(tx, [{ shopId: shop.id, orderId }], moment));
      }
      case 'wait':
        return (hours += 24 * 40);
      case 'work':
        return loop(moment);
      case 'merge':
        return across((tx) =>
          mergeCustomers(tx, [{ shopId: shop.id, from: people[0], into: people[1] }], moment),
        );
    }
  };
  for (const group of groups) {
    hours += 1;
    await Promise.all(group.filter((one) => one.do !== 'merge').map(act));
    if (group.some((one) => one.do === 'merge')) {
      await act({ do: 'merge' });
      merged = true;
    }
  }
  const [wrong, left, strays] = await across(async (tx) => [
    await disagreements(tx, shop.id),
    await remainders(tx, shop.id),
    merged ? await tx.sql(STRAYS, [shop.id, people[0]]) : [],
  ]);
  return { wrong, left, strays };
}

/** What still stands in the accounts of somebody who is no more. */
const STRAYS = `select account, currency, sum(amount)::bigint from ledger_entry
  where shop_id = $1 and account ~ ('^(promised|issued|used):' || $2) group by 1, 2 having sum(amount) <> 0`;

async function aCustomer(shop: Shop): Promise<string> {
  const id = randomUUID();
  await insertRow(t.db, 'customer', { shop_id: shop.id, id });
  return id;
}

test('after any interleaving of earning, issuing, using, losing and merging the books are whole and say what the rewards say', async () => {
  await fc.assert(
    fc.asyncProperty(story, luck, async (groups, fates) => {
      expect(await live(groups, fates)).toEqual({ wrong: [], left: [], strays: [] });
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('a ledger that takes a reward back without an entry is caught', async () => {
  const forgetful: Doors = {
    async voidRewards(tx, causes, at_) {
      const rows = await tx.sql(
        `update reward set state = 'void', due_at = null, voided_at = $3
         where shop_id = $1 and cause = $2 and state = 'held' returning 1`,
        [causes[0]!.shopId, causes[0]!.cause, at_],
      );
      return rows.length;
    },
  };
  const held: Step = { do: 'hold', cause: 0, what: 1, customer: 0, isReady: false };
  const { wrong } = await live([[held], [{ do: 'void', cause: 0 }]], [].values(), forgetful);
  expect(wrong).toMatchObject([{ account: 'promised', currency: 'JPY', expected: 0n, booked: 1000n }]);
});
