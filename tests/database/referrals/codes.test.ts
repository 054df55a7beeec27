import { expect, test } from 'vitest';
import {
  codeOf,
  discountDeleted,
  issueCodes,
  mint,
  poolOf,
  programOf,
  saveProgram,
  type MintDeps,
} from '../../../app/referrals/referrals.server.ts';
import type { Program } from '../../../app/referrals/program.ts';
import type { Terms } from '../../../app/referrals/terms.ts';
import { codesAtShopify, type Mishaps } from '../../discounts.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, at, customerOf, eventsOf, takeIn } from '../../friends.ts';
import type { Shop } from '../../../app/shops/shop.ts';

const t = testDb();
const now = at('10T12:00:00');

async function customers(shop: Shop, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, () => anOrder(shop));
  await takeIn(t.db, orders);
  return Promise.all(orders.map((order) => customerOf(t.db, order)));
}

const issue = (shop: Shop, customerId: string) =>
  t.db.inShop(shop.id, async (tx) => (await issueCodes(tx, [{ shopId: shop.id, customerId }], now))[0]!);

const termsWith = ({ terms }: Program, percent: number): Terms => ({
  ...terms,
  friend: { kind: 'discount', value: { percent } },
});

function minting(mishaps: Mishaps & { looks?: number; foreign?: string[] } = {}) {
  const shopify = codesAtShopify(mishaps);
  const deps = (): MintDeps => ({
    db: t.db,
    codes: shopify.shopify,
    codeKey: Buffer.alloc(32, 3),
    now: () => now,
    wait: () => Promise.resolve(),
  });
  const run = (shop: Shop) => mint(deps(), { shopId: String(shop.id) });
  return { ...shopify, run };
}

test('twenty calls at once give one customer one code', async () => {
  const shop = await aFriendlyShop(t.db);
  const [customerId] = await customers(shop, 1);
  const issued = await Promise.all(Array.from({ length: 20 }, () => issue(shop, customerId!)));
  expect(new Set(issued.map(({ code }) => code)).size).toBe(1);
  expect(issued.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await eventsOf(t.db, shop, 'code.issued')).toHaveLength(1);
  expect(await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, customerId!))).toBe(issued[0]!.code);
});

test('many customers at once get a code of their own each; those beyond the pool wait for theirs', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 10 });
  const all = await customers(shop, 13);
  const issued = await Promise.all(all.map((customerId) => issue(shop, customerId)));
  expect(new Set(issued.map(({ code }) => code)).size).toBe(13);
  expect(issued.filter(({ usable }) => usable)).toHaveLength(10);
  expect(await eventsOf(t.db, shop, 'code.issued')).toHaveLength(10);

  const { run, codes } = minting();
  expect(await run(shop)).toEqual({ outcome: 'done' });
  const late = (await eventsOf(t.db, shop, 'code.issued')).filter(({ data }) => data['late']);
  expect(late.map(({ data }) => data['code']).sort()).toEqual(
    issued
      .filter(({ usable }) => !usable)
      .map(({ code }) => code)
      .sort(),
  );
  for (const { code, usable } of issued) if (!usable) expect(codes.has(code)).toBe(true);
});

test('the pool is filled with codes that Shopify has, under one parent that is made once', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 0 });
  const { run, parents, codes } = minting();
  expect(await run(shop)).toEqual({ outcome: 'done' });
  expect(await run(shop)).toEqual({ outcome: 'done' });
  expect(await t.db.inShop(shop.id, (tx) => poolOf(tx, shop.id))).toEqual({
    free: 500,
    minting: 0,
    issued: 0,
  });
  expect([parents.size, codes.size]).toEqual([1, 500]);
});

test('answers that get lost make nothing twice', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 0 });
  let calls = 0;
  // Every other change is made without anybody hearing of it.
  const { run, parents, codes } = minting({ lost: () => calls++ % 2 === 0 });
  for (let i = 0; i < 12; i++) await run(shop);
  expect(await run(shop)).toEqual({ outcome: 'done' });
  expect(parents.size).toBe(1);
  const pool = await t.db.inShop(shop.id, (tx) => poolOf(tx, shop.id));
  expect(pool).toEqual({ free: 500, minting: 0, issued: 0 });
  expect(codes.size).toBe(500);
});

test('a code that somebody else’s discount has is replaced, for the same customer too', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 0 });
  const [customerId] = await customers(shop, 1);
  const reserved = await issue(shop, customerId!);
  const { run } = minting({ foreign: [reserved.code] });
  expect(await run(shop)).toEqual({ outcome: 'done' });
  const code = await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, customerId!));
  expect(code).toMatch(/^FRIENDS-/);
  expect(code).not.toBe(reserved.code);
});

test('the discount follows the programme; switched off it has ended, and no codes are given', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 5 });
  const { run, parents } = minting();
  await run(shop);
  const program = (await t.db.inShop(shop.id, (tx) => programOf(tx, shop.id)))!;
  const save = (status: 'on' | 'off', percent: number) =>
    t.db.inShop(shop.id, (tx) =>
      saveProgram(
        tx,
        { shopId: shop.id, id: program.id },
        { status, terms: termsWith(program, percent) },
        now,
      ),
    );
  await save('on', 20);
  await run(shop);
  expect([...parents.values()]).toMatchObject([{ offer: { value: { percent: 20 } }, endsAt: null }]);
  await save('off', 20);
  await run(shop);
  expect([...parents.values()]).toMatchObject([{ endsAt: now }]);
  const [customerId] = await customers(shop, 1);
  expect(
    await t.db.inShop(shop.id, (tx) => issueCodes(tx, [{ shopId: shop.id, customerId: customerId! }], now)),
  ).toEqual([]);
  expect(await eventsOf(t.db, shop, 'codes.wanted')).not.toHaveLength(0);
});

test('a merchant who deletes the discount has switched the programme off; on again, the same codes come back', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 0 });
  const { run, parents, codes } = minting();
  await run(shop);
  const [customerId] = await customers(shop, 1);
  const { code } = await issue(shop, customerId!);
  const [parent] = parents.keys();
  parents.clear();
  codes.clear();
  await t.db.inShop(shop.id, (tx) => discountDeleted(tx, shop.id, parent!, now));
  expect(await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, customerId!))).toBeNull();
  expect(await run(shop)).toEqual({ outcome: 'done' });
  expect(parents.size).toBe(0);

  const program = (await t.db.inShop(shop.id, (tx) => programOf(tx, shop.id)))!;
  await t.db.inShop(shop.id, (tx) =>
    saveProgram(tx, { shopId: shop.id, id: program.id }, { status: 'on', terms: program.terms }, now),
  );
  await run(shop);
  expect(await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, customerId!))).toBe(code);
  expect(await eventsOf(t.db, shop, 'code.issued')).toHaveLength(1);
});
