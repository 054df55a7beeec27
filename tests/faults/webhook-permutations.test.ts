/**
 * E07: whatever the order, number and age of the webhooks of an order, and whoever works them in, the order ends as it
 * would have had they come one by one. `EVERAFTER_CASES` runs more of them.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../app/db.server.ts';
import { makeInboxLoop } from '../../app/orders/orders.server.ts';
import { applyChanges, type Heard } from '../../app/orders/apply.server.ts';
import { TOPICS } from '../../app/orders/topics.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { seeded } from '../../sandbox/faults/faults.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { anInbox, ordersDeps, quietHandlers } from '../inbox.ts';
import { steps, storyOf, type Told } from '../order-stories.ts';
import { spoiled } from './spoiled.ts';

const CASES = Number(process.env['EVERAFTER_CASES'] ?? 300);
const CASES_A_RUN = 25;

const t = testDb();
let second: Db;
beforeAll(() => void (second = openDb({ url: t.url, max: 4 })));
afterAll(() => second.close());

/** One order's life: what happened, whether its moments collide; `seed` says how often each webhook comes, and when. */
const life = fc.record({ happened: steps, sameSecond: fc.boolean(), seed: fc.integer({ min: 1, max: 1e9 }) });
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** Every webhook of every life, one to four times, mixed. */
function mixed(lives: readonly Life[], stories: readonly Told[][]): Told[] {
  const sent = stories.flatMap((story, n) => {
    const random = seeded(lives[n]!.seed);
    return story.flatMap((told) =>
      Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({ told, key: random() })),
    );
  });
  return sent.sort((a, b) => a.key - b.key).map(({ told }) => told);
}

/** Through the intake, worked in by two workers at a time while more still comes. */
async function live(shop: Shop, sent: readonly Told[]): Promise<void> {
  const inbox = anInbox(t);
  const loops = [t.db, second].map((db) =>
    makeInboxLoop({ db, orders: ordersDeps, handlers: quietHandlers }),
  );
  let posting = true;
  const post = async () => {
    for (let i = 0; i < sent.length; i += 40) {
      await Promise.all(sent.slice(i, i + 40).map(({ topic, body }) => inbox.send({ shop, topic, body })));
    }
    posting = false;
  };
  const work = async (loop: (now: Date) => Promise<number>) => {
    for (let idle = 0; idle < 3 || posting;) idle = (await loop(inbox.now)) > 0 ? 0 : idle + 1;
  };
  await Promise.all([post(), ...loops.map(work)]);
  await inbox.close();
}

/** One by one, oldest first, past the intake; the n-th of all orders together, which have nothing to do with each other. */
async function canonical(shop: Shop, stories: readonly Told[][]): Promise<void> {
  const context = { shop: { ...shop, shopifyId: null }, at: new Date('2026-05-10T12:00:00Z') };
  const longest = Math.max(...stories.map((story) => story.length));
  for (let n = 0; n < longest; n++) {
    const heard = stories.flatMap((story) => {
      const told = story[n];
      if (!told) return [];
      const meanings = TOPICS[told.topic]!.read(told.body, { ...context, topic: told.topic });
      return meanings.flatMap((meaning): Heard[] =>
        meaning.kind === 'order'
          ? [{ shopId: shop.id, orderId: meaning.orderId, change: meaning.change }]
          : [],
      );
    });
    await t.db.acrossShops((tx) => applyChanges(tx, heard, context.at, ordersDeps));
  }
}

/** What is the shop's own, or the moment of a webhook that says none itself. */
const WITHOUT = `- 'shop_id' - 'customer_id' - 'deleted_at' - 'address_hash'`;
const STATES = `
  select o.id::text, jsonb_build_object(
    'order', to_jsonb(o) ${WITHOUT} || jsonb_build_object('deleted', o.deleted_at is not null),
    'lines', (select jsonb_agg(to_jsonb(l) - 'shop_id' order by l.id) from order_line l where l.shop_id = o.shop_id and l.order_id = o.id),
    'shipments', (select jsonb_agg(to_jsonb(s) - 'shop_id' order by s.id) from shipment s where s.shop_id = o.shop_id and s.order_id = o.id),
    'parcels', (select jsonb_agg(to_jsonb(p) - 'shop_id' order by p.shipment_id, p.line_id) from shipment_line p
      join shipment s on s.shop_id = p.shop_id and s.id = p.shipment_id where s.shop_id = o.shop_id and s.order_id = o.id),
    'refunds', (select jsonb_agg(to_jsonb(r) - 'shop_id' order by r.id) from refund r where r.shop_id = o.shop_id and r.order_id = o.id),
    'returns', (select jsonb_agg(to_jsonb(r) - 'shop_id' - 'at' order by r.id) from order_return r where r.shop_id = o.shop_id and r.order_id = o.id),
    'customer', (select jsonb_build_array(c.shopify_id, c.email, c.phone, c.first_name, c.country, c.city, c.time_zone, c.orders_count,
      c.total_spent, c.stage, c.last_order_at, c.search_text) from customer c where c.shop_id = o.shop_id and c.id = o.customer_id),
    'events', (select jsonb_object_agg(kind, n) from (select kind, count(*) as n from event e where e.shop_id = o.shop_id
      and e.order_id = o.id and kind not in ('order.refunded', 'order.items-removed', 'shipment.failed') group by kind) k),
    'lines told', (select jsonb_object_agg(code, n) from (select code, count(*) as n from timeline_entry e where e.shop_id = o.shop_id
      and e.order_id = o.id and code not in ('order-refunded', 'shipment-failed') group by code) k)
  ) as state
  from orders o where o.shop_id = $1 order by o.id`;

const statesOf = (shop: Shop) => t.db.sqlAcrossShops<{ id: string; state: object }>(STATES, [shop.id]);

async function sameEnd(
  lives: readonly Life[],
  around = (_shop: Shop, work: () => Promise<void>) => work(),
): Promise<void> {
  const [mixedUp, orderly] = [await aShop(t.db), await aShop(t.db)];
  const stories = lives.map(({ happened, sameSecond }) => storyOf(happened, sameSecond));
  await around(mixedUp, () => live(mixedUp, mixed(lives, stories)));
  await canonical(orderly, stories);
  expect(await statesOf(mixedUp)).toEqual(await statesOf(orderly));
  const waiting = await t.db.sqlAcrossShops(
    'select topic, reason from webhook_inbox where shop_id = $1 and state not in (1, 3)',
    [mixedUp.id],
  );
  expect(waiting).toEqual([]);
}

describe('webhooks of orders in any order, by two workers', () => {
  test(`end as they would one by one (${CASES} orders)`, { timeout: 600_000 }, async () => {
    const runs = Math.ceil(CASES / CASES_A_RUN);
    const many = fc.array(life, { minLength: CASES_A_RUN, maxLength: CASES_A_RUN });
    await fc.assert(
      fc.asyncProperty(many, (lives) => sameEnd(lives)),
      { numRuns: runs, endOnFailure: true },
    );
  });

  test('and this test would notice a worker that takes any snapshot for the newest', async () => {
    const forgetful = (shop: Shop, work: () => Promise<void>) =>
      spoiled(
        t,
        {
          when: 'before insert or update on orders',
          how: `if new.shop_id = ${shop.id} then new.snapshot_at = '1970-01-01'; new.snapshot_rank = ''; end if;`,
        },
        work,
      );
    const happened = ['paid', 'edited', 'address', 'refunded'] as const;
    const lives = Array.from({ length: CASES_A_RUN }, (_, n) => ({
      happened: [...happened],
      sameSecond: false,
      seed: n + 1,
    }));
    await expect(sameEnd(lives, forgetful)).rejects.toThrow(/deeply equal|toEqual/);
  });
});
