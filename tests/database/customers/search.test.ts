/** Search as you type: what is found, in which order, page by page, and that the index is used. */
import { beforeAll, expect, test } from 'vitest';
import {
  countriesOf,
  searchCustomers,
  type CustomerSearch,
} from '../../../app/customers/customers.server.ts';
import { searchFrom } from '../../../app/customers/search.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { addCustomers } from '../../many-customers.ts';

const t = testDb();
let shop: Shop;
let other: Shop;
beforeAll(async () => {
  [shop, other] = [await aShop(t.db), await aShop(t.db)];
  await addCustomers(t.url, shop.id, 20_000);
  await addCustomers(t.url, other.id, 2_000);
});

const search = (some: Partial<CustomerSearch> = {}) =>
  t.db.inShop(shop.id, (tx) => searchCustomers(tx, { shopId: shop.id, ...some }));

/** What the search has to find, by the plainest means. */
async function plainly(condition: string, limit = 50): Promise<string[]> {
  const rows = await t.db.sqlAcrossShops<{ id: string }>(
    `select id from customer where shop_id = $1 and ${condition} order by active_at desc, id desc limit ${limit}`,
    [shop.id],
  );
  return rows.map(({ id }) => id);
}
const idsOf = async (some: Partial<CustomerSearch>) => (await search(some)).customers.map(({ id }) => id);

test.each([
  ['anna', `search_text like '%anna%'`],
  ['ANNA', `search_text like '%anna%'`],
  ['a', `search_text like '% a%'`],
  ['an', `search_text like '% an%'`],
  ['nna', `search_text like '%nna%'`],
  ['example.com', `search_text like '%example.com%'`],
  ['berger paul', `search_text like '%berger%' and search_text like '%paul%'`],
  ['anna.miller1', `search_text like '%anna.miller1%'`],
  ['zzz', 'false'],
  ['100%', 'false'],
  ['a_n', 'false'],
  ['a\\', 'false'],
  ["o'neil", 'false'],
  ['', 'true'],
])('"%s" finds exactly what is there, those who ordered last first', async (text, condition) => {
  expect(await idsOf({ text })).toEqual(await plainly(condition));
});

test('a phone number is found as it is typed', async () => {
  const [row] = await t.db.sqlAcrossShops<{ id: string; phone: string }>(
    'select id, phone from customer where shop_id = $1 limit 1',
    [shop.id],
  );
  const national = `0${row!.phone.slice(3, 6)} / ${row!.phone.slice(6)}`;
  expect(await idsOf({ text: national })).toContain(row!.id);
});

test('filters', async () => {
  const from = new Date('2026-01-01T00:00:00Z');
  const to = new Date('2026-03-01T00:00:00Z');
  expect(await idsOf({ stage: 'family' })).toEqual(await plainly(`stage = 'family'`));
  expect(await idsOf({ country: 'FR', text: 'mia' })).toEqual(
    await plainly(`country = 'FR' and search_text like '%mia%'`),
  );
  expect(await idsOf({ lastOrderFrom: from, lastOrderTo: to })).toEqual(
    await plainly(`last_order_at >= '2026-01-01' and last_order_at < '2026-03-01'`),
  );
  expect(await idsOf({ consent: 'email' })).toEqual(
    await plainly(
      `exists (select 1 from consent c where c.customer_id = customer.id and state = 'subscribed')`,
    ),
  );
});

test('the countries to choose from, and what the address of the page says of the last order', async () => {
  const rows = await t.db.sqlAcrossShops<{ country: string }>(
    'select distinct country from customer where shop_id = $1 and country is not null order by 1',
    [shop.id],
  );
  const countries = await t.db.inShop(shop.id, (tx) => countriesOf(tx, shop.id));
  expect(countries).toEqual(rows.map(({ country }) => country));
  const now = new Date('2026-04-01T00:00:00Z');
  const asked = (ordered: string) => searchFrom(new URLSearchParams({ ordered }), now);
  const january = {
    lastOrderFrom: new Date('2026-01-01T00:00:00Z'),
    lastOrderTo: new Date('2026-03-02T00:00:00Z'),
  };
  expect(asked('30-90')).toMatchObject(january);
  expect(asked('0-90')).toMatchObject({ lastOrderFrom: january.lastOrderFrom, lastOrderTo: null });
  expect(asked('30-')).toMatchObject({ lastOrderFrom: null, lastOrderTo: january.lastOrderTo });
  expect(asked('junk')).toMatchObject({ lastOrderFrom: null, lastOrderTo: null });
});

test('pages follow one another without a gap', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof search>> = await search({ text: 'berger', after, limit: 40 });
    seen.push(...page.customers.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(seen).toEqual(await plainly(`search_text like '%berger%'`, 100_000));
});

test('merged and erased customers are not found', async () => {
  const [first, second] = await idsOf({ text: 'berger' });
  await t.db.sqlAcrossShops('update customer set merged_into = $2 where id = $1', [first, second]);
  await t.db.sqlAcrossShops('update customer set erased_at = now() where id = $1', [second]);
  expect((await idsOf({ text: 'berger' })).some((id) => id === first || id === second)).toBe(false);
});

test('another shop is never searched, not even by asking for it', async () => {
  const found = await t.db.inShop(other.id, (tx) => searchCustomers(tx, { shopId: shop.id, text: 'anna' }));
  expect(found.customers).toEqual([]);
  await expect(
    t.db.acrossShops((tx) => searchCustomers(tx, { shopId: shop.id, text: 'anna' })),
  ).rejects.toThrow(/outside a shop/);
});

test('what is rare is found by the trigram index, behind row-level security', async () => {
  const before = await scans();
  await t.db.inShop(shop.id, async (tx) => {
    await searchCustomers(tx, { shopId: shop.id, text: 'anna.miller17' });
    await tx.sql('select pg_stat_force_next_flush()::text');
  });
  expect(await scans()).toBeGreaterThan(before);
});

async function scans(): Promise<number> {
  const [row] = await t.db.sqlAcrossShops<{ scans: bigint }>(
    `select idx_scan as scans from pg_stat_user_indexes where indexrelname = 'customer_search'`,
  );
  return Number(row!.scans);
}
