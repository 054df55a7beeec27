/** An inbox with thousands of open conversations: how much is read for a list, and that other promises reach every one. */
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { installDefaults, recomputeClocks } from '../../../app/conversations/conversations.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { noon } from '../../messages.ts';

const t = testDb();
/** More than two batches of `recomputeClocks`. */
const OPEN = 10_500;
let shop: Shop;

/** All wait, nobody has said anything kind, and what is promised them is wrong by a minute. */
const MANY = `
  insert into conversation (shop_id, id, kind, clock, channel, state, opened_at, heard_at, awaiting_since, reply_due_at, due_at)
  select $1::bigint, gen_random_uuid(), 'mail', 'message', 'mail', 'open', $2::timestamptz, $2::timestamptz - n * interval '1 s',
    $2::timestamptz, $2::timestamptz + interval '1 minute', $2::timestamptz + interval '300 days'
  from generate_series(1, $3::int) n`;

beforeAll(async () => {
  shop = await aShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, noon));
  await t.db.sqlAcrossShops(MANY, [shop.id, noon, OPEN]);
});

/** Pages of memory that a list touched, as its shop reads it. */
async function pagesRead(state: string | null, clock: string | null, isWaiting: boolean): Promise<number> {
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query(`begin; set local app.shop = '${shop.id}'`);
  const look = `explain (analyze, buffers, format json)
    select * from search_conversations('', $1, null, null, null, $2, null, $3, null, null, null, 50)`;
  await owner.query(look, [state, clock, isWaiting]);
  const { rows } = await owner.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(look, [
    state,
    clock,
    isWaiting,
  ]);
  await owner.end();
  return rows[0]!['QUERY PLAN'][0]!.Plan['Shared Hit Blocks']!;
}

test('a kind that nobody has written of is not looked for through all that is open', async () => {
  expect(await pagesRead('open', 'complaint', false)).toBeLessThan(50);
  expect(await pagesRead(null, 'complaint', true)).toBeLessThan(50);
  expect(await pagesRead('open', null, false)).toBeLessThan(150);
  expect(await pagesRead(null, null, true)).toBeLessThan(150);
});

test('a look through all that is open would be noticed', async () => {
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query('drop index conversation_open_kind');
  await owner.end();
  expect(await pagesRead('open', 'complaint', false)).toBeGreaterThan(200);
});

test('other promises reach every open conversation once, however many there are', async () => {
  expect(await recomputeClocks(t.db, shop.id, noon)).toBe(OPEN);
  expect(await recomputeClocks(t.db, shop.id, noon)).toBe(0);
  const [wrong] = await t.db.sqlAcrossShops<{ count: number }>(
    `select count(*)::int as count from conversation where shop_id = $1 and reply_due_at < $2::timestamptz + interval '2 minutes'`,
    [shop.id, noon],
  );
  expect(wrong!.count).toBe(0);
});
