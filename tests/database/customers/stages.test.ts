/** Rules of stages in the database: tried on everybody, switched to, and followed by every sign and by time. */
import { beforeEach, expect, test } from 'vitest';
import {
  makeStageLoop,
  noteSigns,
  refreshStages,
  rulesVersions,
  runStages,
  saveRulesDraft,
  switchRules,
  tryRules,
  upsertCustomers,
} from '../../../app/customers/customers.server.ts';
import { FIRST_RULES, type StageRules } from '../../../app/customers/stage-rules.ts';
import type { ShopTx } from '../../../app/db.server.ts';
import type { Queue } from '../../../app/jobs/queue.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';

const t = testDb();
const now = new Date('2026-06-01T12:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
let shop: Shop;
beforeEach(async () => void (shop = await aShop(t.db)));

const inShop = <T>(work: (tx: ShopTx) => Promise<T>) => t.db.inShop(shop.id, work);
/** What was enqueued, as it would come to the handler. */
const asked: unknown[] = [];
const queue = {
  enqueue: async (_tx: unknown, _name: string, payload: unknown) => void asked.push(payload),
} as unknown as Queue;

async function customers(count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, n) => ({
    shopId: shop.id,
    shopifyId: null,
    at: now,
    email: `n${n}@example.com`,
  }));
  const { ids } = await inShop((tx) => upsertCustomers(tx, people, now, ordersDeps));
  await t.db.sqlAcrossShops(
    'update customer set orders_count = 1, first_order_at = $2, last_order_at = $2 where shop_id = $1',
    [shop.id, now],
  );
  await inShop((tx) =>
    refreshStages(
      tx,
      ids.map((id) => ({ shopId: shop.id, id: id! })),
      now,
      { history: true },
    ),
  );
  return ids as string[];
}
const stagesOf = async () =>
  Object.fromEntries(
    (
      await t.db.sqlAcrossShops<{ stage: string; count: bigint }>(
        'select stage, count(*) from customer where shop_id = $1 group by 1',
        [shop.id],
      )
    ).map(({ stage, count }) => [stage, Number(count)]),
  );
const eventsOf = () =>
  t.db.sqlAcrossShops<{ data: unknown }>(
    `select data from event where shop_id = $1 and kind = 'customer.stage-changed'`,
    [shop.id],
  );
/** Whoever has answered once is a friend. */
const EASY: StageRules = { ...FIRST_RULES, friend: [[{ sign: 'answers', atLeast: 1 }]] };

test('every sign counts, and what is taken back no longer does', async () => {
  const [id] = await customers(1);
  const note = async (sign: Omit<Parameters<typeof noteSigns>[1][number], 'shopId' | 'id'>) => {
    await inShop((tx) => noteSigns(tx, [{ shopId: shop.id, id: id!, ...sign }]));
    await inShop((tx) => refreshStages(tx, [{ shopId: shop.id, id: id! }], now));
    return Object.keys(await stagesOf())[0];
  };
  expect(await note({ photos: 1 })).toBe('friend');
  expect(await note({ kindWords: 2 })).toBe('friend');
  expect(await note({ friends: 1 })).toBe('family');
  expect(await note({ friends: -1 })).toBe('friend');
  expect(await note({ photos: -1, kindWords: -2 })).toBe('acquaintance');
});

test('time alone moves stages, each at its moment, and then nobody is due any more', async () => {
  await customers(3);
  const loop = makeStageLoop({ db: t.db });
  await loop(later(364));
  expect(await stagesOf()).toEqual({ acquaintance: 3 });
  expect(await loop(later(366))).toBeGreaterThanOrEqual(3);
  expect(await stagesOf()).toEqual({ stranger: 3 });
  while ((await loop(later(5000))) > 0);
  const due = await t.db.sqlAcrossShops(
    'select 1 from customer where shop_id = $1 and stage_due_at is not null',
    [shop.id],
  );
  expect(due).toEqual([]);
});

test('a draft is tried on everybody and changes nobody; switched to, it brings everybody in line without a noise', async () => {
  const ids = await customers(2300);
  const some = ids.slice(0, 40).map((id) => ({ shopId: shop.id, id, answers: 1 }));
  await inShop((tx) => noteSigns(tx, some));
  const version = await inShop((tx) => saveRulesDraft(tx, EASY, 'staff:1', now));
  expect(await inShop((tx) => tryRules(tx, queue, version))).toBe(true);
  await runStages({ db: t.db }, { shopId: String(shop.id), version }, () => now);
  const [draft] = await inShop(rulesVersions);
  expect(draft!.run).toMatchObject({
    done: 2300,
    total: 2300,
    isOver: true,
    outcome: { moves: [{ from: 'acquaintance', to: 'friend', count: 40 }] },
  });
  expect(draft!.run!.outcome!.examples).toHaveLength(5);
  expect(await stagesOf()).toEqual({ acquaintance: 2300 });
  expect(await inShop((tx) => switchRules(tx, queue, { version, announce: false }, now))).toBe(true);
  await runStages({ db: t.db }, { shopId: String(shop.id), version }, () => now);
  expect(await stagesOf()).toEqual({ acquaintance: 2260, friend: 40 });
  const events = await eventsOf();
  expect(events).toHaveLength(40);
  expect(events[0]!.data).toEqual({ from: 'acquaintance', to: 'friend', quiet: true });
  expect((await inShop(rulesVersions)).map(({ state }) => state)).toEqual(['live', 'past']);
  expect(asked).toContainEqual({ shopId: String(shop.id), version });
});

test('a run that was stopped goes on where it stood; a draft that was changed starts again', async () => {
  await customers(5);
  const version = await inShop((tx) => saveRulesDraft(tx, EASY, 'staff:1', now));
  await inShop((tx) => tryRules(tx, queue, version));
  await t.db.sqlAcrossShops(
    `update stage_rules set done = 3, cursor = (select id from customer where shop_id = $1 order by id offset 2 limit 1)
     where shop_id = $1`,
    [shop.id],
  );
  await runStages({ db: t.db }, { shopId: String(shop.id), version }, () => now);
  expect((await inShop(rulesVersions))[0]!.run).toMatchObject({ done: 5, isOver: true });
  expect(await inShop((tx) => saveRulesDraft(tx, FIRST_RULES, 'staff:1', now))).toBe(version);
  expect((await inShop(rulesVersions))[0]!.run).toBeNull();
  expect(await inShop((tx) => switchRules(tx, queue, { version: version + 1, announce: true }, now))).toBe(
    false,
  );
});
