/** Shopify learns of stages: once each, again when it had no time, and never of somebody who is gone. */
import { beforeEach, expect, test } from 'vitest';
import {
  makeStageMirrorLoop,
  mirrorStages,
  upsertCustomers,
} from '../../../app/customers/customers.server.ts';
import type { ShownStage, Told } from '../../../app/customers/stage-mirror.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';

const t = testDb();
const now = new Date('2026-06-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let shop: Shop;
let told: ShownStage[];
let answer: (customer: ShownStage) => Told | Promise<Told>;
beforeEach(async () => {
  await t.db.sqlAcrossShops('delete from stage_mirror');
  shop = await aShop(t.db);
  told = [];
  answer = () => ({ outcome: 'done' });
});

const loop = (at: Date) =>
  makeStageMirrorLoop({
    db: t.db,
    shopify: {
      async tell(_domain, customer) {
        told.push(customer);
        return answer(customer);
      },
    },
  })(at);
const wish = (ids: string[], at = now) =>
  t.db.inShop(shop.id, (tx) =>
    mirrorStages(
      tx,
      ids.map((id) => ({ shopId: shop.id, id })),
      at,
    ),
  );
const people = async (...shopifyIds: (bigint | null)[]) => {
  const whole = shopifyIds.map((shopifyId, n) => ({
    shopId: shop.id,
    shopifyId,
    at: now,
    email: `n${n}@example.com`,
  }));
  return (await t.db.inShop(shop.id, (tx) => upsertCustomers(tx, whole, now, ordersDeps))).ids as string[];
};
const left = () =>
  t.db.sqlAcrossShops<{ due_at: Date }>('select due_at from stage_mirror where shop_id = $1', [shop.id]);

test('wished twice it is told once; who is not at Shopify is not told of', async () => {
  const ids = await people(71n, null);
  await wish([ids[0]!, ids[0]!]);
  await wish(ids);
  expect(await loop(now)).toBe(2);
  expect(told).toEqual([{ shopifyId: 71n, stage: 'stranger', lastScore: null, tags: null }]);
  expect(await left()).toEqual([]);
  expect(await loop(later(3600))).toBe(0);
});

test('a shop that wants tags gets the one of the stage, and loses the others', async () => {
  await t.db.sqlAcrossShops(`update shop set settings = '{"stageTags": true}' where id = $1`, [shop.id]);
  await wish(await people(72n));
  await loop(now);
  expect(told[0]!.tags).toEqual({
    add: 'Everafter: stranger',
    remove: ['Everafter: acquaintance', 'Everafter: friend', 'Everafter: family'],
  });
});

test('without time it is tried again later; refused, it is given up', async () => {
  await wish(await people(73n));
  answer = () => ({ outcome: 'later', seconds: 30 });
  await loop(now);
  expect(await loop(later(29))).toBe(0);
  answer = () => ({ outcome: 'failed' });
  expect(await loop(later(31))).toBe(1);
  expect(await left()).toEqual([]);
});

test('what changes while Shopify is told is told again', async () => {
  const ids = await people(74n);
  await wish(ids);
  answer = async () => {
    await wish(ids, later(1));
    return { outcome: 'done' };
  };
  await loop(now);
  expect(await left()).toHaveLength(1);
  answer = () => ({ outcome: 'done' });
  await loop(later(2));
  expect(told).toHaveLength(2);
  expect(await left()).toEqual([]);
});
