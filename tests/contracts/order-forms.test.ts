/** An order is the same snapshot whether a webhook, the Admin API or a bulk operation tells of it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { orderSource } from '../../app/adapters/shopify/order-source.server.ts';
import { syncSource } from '../../app/adapters/shopify/sync-source.server.ts';
import { readOrder } from '../../app/orders/bodies/order.ts';
import type { OrderSnapshot } from '../../app/orders/snapshot.ts';
import type { Order } from '../../sandbox/state/order.ts';
import { testDb } from '../database.ts';
import { testShopify } from '../shopify.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: { id: bigint; domain: string };
const orders: Record<string, Order> = {};

beforeAll(async () => {
  ({ shop } = await shopify.open());
  const { store } = shopify.sandbox;
  const sold = shopify.sandbox.shop();
  const [first, second] = sold.products;
  const lines = [{ handle: first!.handle, quantity: 2 }, { handle: second!.handle }];
  const shipTo = {
    country: 'DE',
    city: 'Berlin',
    zip: '10115',
    line1: 'Weg 1',
    firstName: 'Ana',
    lastName: 'Lima',
  };
  const customer = {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Lima',
    phone: '+4915112345678',
    address: shipTo,
  };
  orders['paid'] = store.placeOrder(sold, { lines, customer, shipTo });
  orders['delivered'] = store.placeOrder(sold, { lines, customer });
  store.fulfil(sold, orders['delivered']);
  store.deliver(sold, orders['delivered']);
  orders['refunded'] = store.placeOrder(sold, { lines, customer });
  store.refund(sold, orders['refunded'], { amount: '1.00' } as never);
  orders['cancelled'] = store.placeOrder(sold, { lines, customer });
  store.cancel(sold, orders['cancelled']);
  orders['returned'] = store.placeOrder(sold, { lines, customer });
  store.fulfil(sold, orders['returned']);
  store.startReturn(sold, orders['returned'], {});
  orders['nobody'] = store.placeOrder(sold, { lines, customer: null });
  await shopify.sandbox.clock.settle();
});

const idOf = (order: Order) => BigInt(order.id.split('/').at(-1)!);

/** As the newest webhook of the order told it. */
function fromWebhook(order: Order): OrderSnapshot {
  const bodies = shopify.app.received
    .filter(({ headers }) => /^orders\/(create|paid|updated)$/.test(String(headers['x-shopify-topic'])))
    .map(({ body }) => JSON.parse(body) as { admin_graphql_api_id: string });
  const newest = bodies.filter((body) => body.admin_graphql_api_id === order.id).at(-1);
  const context = {
    shop: { ...shop, shopifyId: null, currency: 'EUR', url: null },
    topic: 'orders/updated',
    at: new Date(),
  };
  return readOrder(newest, context);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Moments that the sources know with different precision, and what only one of them tells. */
function comparable(snapshot: OrderSnapshot) {
  const {
    refunded: _refunded,
    acceptsMarketing: _accepts,
    billTo: _bill,
    paidAt: _paid,
    browser,
    invitedBy: _invited,
    referrer: _referrer,
    ...rest
  } = snapshot;
  return {
    ...rest,
    browser: browser && browser.address,
    customer: rest.customer && { ...rest.customer, at: undefined },
    shipments: rest.shipments?.map(
      ({ at: _at, lines: _lines, expectedAt: _e, deliveredAt: _d, country: _c, updatedAt: _u, ...parcel }) =>
        parcel,
    ),
    returns: rest.returns?.map(({ at: _at, ...item }) => item),
  };
}

describe.each(['paid', 'delivered', 'refunded', 'cancelled', 'returned', 'nobody'])(
  'an order that is %s',
  (kind) => {
    test('reads the same from the Admin API as from its webhook', async () => {
      const order = orders[kind]!;
      const [page] = await all(orderSource(shopify.admin).ordersByIds(shop, [idOf(order)]));
      expect(comparable(page![0]!)).toEqual(comparable(fromWebhook(order)));
    });

    test('reads the same from a bulk operation', async () => {
      const source = syncSource(shopify.admin).orders;
      const started = await source.start(shop, new Date(Date.now() - 24 * 3600_000));
      if (started.outcome !== 'ok') throw new Error(started.outcome);
      await shopify.sandbox.clock.settle();
      const state = await source.state(shop, started.value.id);
      if (state.outcome !== 'ok' || state.value.state !== 'completed') throw new Error('not ready');
      const synced = await all(source.items(shop, state.value.url!, 0));
      const mine = synced.find(({ order }) => order.id === idOf(orders[kind]!))!;
      expect(comparable(mine.order)).toEqual(comparable(fromWebhook(orders[kind]!)));
    });
  },
);
