/**
 * E09: only the body of a webhook is signed. Whoever holds one delivery can send it again under any header; nothing comes
 * of it. The judge is the victim's own data; a worker that forgets bodies, and one that believes headers, must be caught by it.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WebhookHandlers } from '../../app/orders/orders.server.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { anInbox, type Inbox } from '../inbox.ts';
import { aCustomerBody, aFulfillmentBody, anId, anOrderBody } from '../webhook-bodies.ts';
import { spoiled, type Spoiling } from './spoiled.ts';

const t = testDb();
const handler = vi.fn<WebhookHandlers['shop/redact']>(() => Promise.resolve({ outcome: 'done' }));
let inbox: Inbox;
let owner: Shop;
let victim: Shop;
const ID_BASE = 77_000_000_000n;
const shopifyIdOf = (shop: Shop) => shop.id + ID_BASE;

beforeEach(async () => {
  handler.mockClear();
  inbox = anInbox(t, {
    handlers: { 'app/uninstalled': handler, 'customers/redact': handler, 'shop/redact': handler },
  });
  [owner, victim] = [await aShop(t.db), await aShop(t.db)];
  await t.db.sqlAcrossShops('update shop set shopify_id = id + $2::bigint where id = any($1::bigint[])', [
    [owner.id, victim.id],
    ID_BASE,
  ]);
});
afterEach(() => inbox.close());

const TABLES = ['orders', 'customer', 'shipment', 'refund', 'consent', 'product', 'event', 'timeline_entry'];

async function rowsOf(shop: Shop): Promise<Record<string, string>> {
  const parts = TABLES.map(
    (table) =>
      `(select coalesce(string_agg(x::text, '|' order by x::text), '') from ${table} x where shop_id = $1) as "${table}"`,
  );
  const [row] = await t.db.sqlAcrossShops<Record<string, string>>(`select ${parts.join(', ')}`, [shop.id]);
  return row!;
}

/** Bodies of the first shop, as a log line or an error tracker may have leaked them. */
function leaked() {
  const order = anOrderBody({
    order_status_url: `https://shop.example.com/${shopifyIdOf(owner)}/orders/abc/authenticate?key=1`,
  });
  return [
    { topic: 'orders/create', body: order },
    {
      topic: 'fulfillments/create',
      body: aFulfillmentBody(order['id'], { updated_at: '2026-05-09T10:00:00Z' }),
    },
    { topic: 'customers/update', body: aCustomerBody({ updated_at: '2026-05-09T10:00:00Z' }) },
    {
      topic: 'products/update',
      body: { id: anId(), title: 'Wax', handle: 'wax', updated_at: '2026-05-09T10:00:00Z' },
    },
  ];
}

/** The judge: tables of the victim that are not what they were, and handlers that were called, by what was sent meanwhile. */
async function harmOf(send: () => Promise<void>): Promise<string[]> {
  const before = await rowsOf(victim);
  await send();
  const after = await rowsOf(victim);
  const changed = TABLES.filter((table) => after[table] !== before[table]);
  return [...changed, ...handler.mock.calls.map(([, { topic }]) => topic)];
}

/** Deliveries to their own shop, then the same ones sent to the victim: at once, an hour later, a month later. */
async function sendAgain(): Promise<void> {
  const deliveries = leaked();
  for (const { topic, body } of deliveries) await inbox.take({ shop: owner, topic, body });
  // What has had no effect where it belongs proves nothing elsewhere.
  expect(await rowsOf(owner)).toMatchObject({
    orders: expect.stringContaining('#1005'),
    shipment: expect.stringContaining('1Z2345'),
    customer: expect.stringContaining('Ada'),
    product: expect.stringContaining('Wax'),
  });
  for (const hours of [0, 1, 24 * 30]) {
    inbox.now = new Date(inbox.now.getTime() + hours * 3_600_000);
    for (const { topic, body } of deliveries) await inbox.take({ shop: victim, topic, body });
  }
}

/** What ends a shop or a person, of another shop. */
const endings = () => [
  { topic: 'shop/redact', body: { shop_id: Number(shopifyIdOf(owner)), shop_domain: owner.domain } },
  {
    topic: 'customers/redact',
    body: { shop_id: 1, shop_domain: owner.domain, customer: { id: 1 }, orders_to_redact: [] },
  },
  { topic: 'app/uninstalled', body: { id: 1, myshopify_domain: owner.domain } },
];

async function sendEndings(): Promise<void> {
  for (const { topic, body } of endings()) await inbox.take({ shop: victim, topic, body });
}

test('a delivery of one shop sent to another, now and later, changes nothing there', async () => {
  expect(await harmOf(sendAgain)).toEqual([]);
});

describe('the judge catches', () => {
  test('a worker that forgets which bodies have acted', async () => {
    const forgetful: Spoiling = {
      when: 'after insert on body_fingerprint',
      how: 'delete from body_fingerprint where sha256 = new.sha256;',
    };
    const harm = await spoiled(t, forgetful, () => harmOf(sendAgain));
    expect(harm).toEqual(expect.arrayContaining(['customer', 'product']));
    expect(harm).not.toContain('orders');
  });

  /** Whatever a body says of its shop is overwritten by what the header says. */
  const credulous = (): Spoiling => ({
    when: 'before insert on webhook_inbox',
    how: `if new.shop_id = ${victim.id} then
      new.body = replace(replace(new.body, '${shopifyIdOf(owner)}', '${shopifyIdOf(victim)}'), '${owner.domain}', '${victim.domain}');
    end if;`,
  });

  test('a worker that takes the shop from the header alone', async () => {
    expect(await spoiled(t, credulous(), () => harmOf(sendAgain))).toContain('orders');
    const harm = await spoiled(t, credulous(), () => harmOf(sendEndings));
    expect(harm).toEqual(['shop/redact', 'app/uninstalled']);
  });
});

test('a leaked order that reaches another shop first does not keep its own shop from hearing it', async () => {
  const [{ topic, body }] = leaked() as [{ topic: string; body: object }];
  await inbox.take({ shop: victim, topic, body });
  expect((await rowsOf(victim))['orders']).toBe('');
  const [row] = await t.db.sqlAcrossShops('select state, reason from webhook_inbox where shop_id = $1', [
    victim.id,
  ]);
  expect(row).toEqual({ state: 2, reason: "another shop's order page" });
  await inbox.take({ shop: owner, topic, body });
  expect((await rowsOf(owner))['orders']).not.toBe('');
});

test('the same body under every other topic, delivery, event and version has no second effect', async () => {
  for (const { topic, body } of leaked()) await inbox.take({ shop: owner, topic, body });
  const before = await rowsOf(owner);
  const topics = [
    'orders/paid',
    'orders/cancelled',
    'orders/delete',
    'refunds/create',
    'customers/delete',
    'customers/merge',
    'products/delete',
    'fulfillment_events/create',
  ];
  for (const { body } of leaked()) {
    for (const topic of topics) {
      const headers = { 'x-shopify-event-id': 'another', 'x-shopify-api-version': '2031-01' };
      await inbox.take({ shop: owner, topic, body: { ...body, replayed: true }, headers });
    }
  }
  const after = await rowsOf(owner);
  expect(before['orders']).not.toBe('');
  expect({ ...after, orders: '', event: '', timeline_entry: '', customer: '' }).toEqual({
    ...before,
    orders: '',
    event: '',
    timeline_entry: '',
    customer: '',
  });
  const [gone] = await t.db.sqlAcrossShops(
    'select count(*) from orders where shop_id = $1 and (deleted_at is not null or cancelled_at is not null)',
    [owner.id],
  );
  expect(gone).toEqual({ count: 0n });
});

test('an uninstall or redaction that names another shop never reaches its handler', async () => {
  expect(await harmOf(sendEndings)).toEqual([]);
  const rows = await t.db.sqlAcrossShops<{ state: number }>(
    'select state from webhook_inbox where shop_id = $1',
    [victim.id],
  );
  expect(rows.map(({ state }) => state)).toEqual([2, 2, 2]);
  const [{ topic, body }] = endings() as [{ topic: string; body: object }];
  await inbox.take({ shop: owner, topic, body });
  expect(handler).toHaveBeenCalledTimes(1);
});

test('a very old body that does not say whose it is is not believed', async () => {
  const body = aCustomerBody({ updated_at: '2026-04-01T10:00:00Z' });
  await inbox.take({ shop: owner, topic: 'customers/update', body });
  const [row] = await t.db.sqlAcrossShops('select state, reason from webhook_inbox where shop_id = $1', [
    owner.id,
  ]);
  expect(row).toEqual({ state: 2, reason: 'old-body' });
});
