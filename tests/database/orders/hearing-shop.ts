/** A new shop for every test of a file, the inbox that its webhooks come to, and what becomes of them. */
import { afterEach, beforeEach } from 'vitest';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import type { Order } from '../../../app/orders/order.ts';
import { ordersByIds } from '../../../app/orders/orders.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import type { TestDatabase } from '../../database.ts';
import { anInbox, type Inbox } from '../../inbox.ts';
import type { Body } from '../../webhook-bodies.ts';

export interface HearingShop {
  /** Of the test that runs; not to be read outside of one. */
  shop: Shop;
  inbox: Inbox;
  /** Posts a webhook and works it in. */
  take: (topic: string, body: unknown) => Promise<void>;
  orderOf: (body: Body) => Promise<Order>;
  /** Kinds of what was recorded, oldest first. */
  eventsOf: () => Promise<string[]>;
  /** Codes of the customer's timeline, oldest first. */
  linesOf: (customerId: string | null) => Promise<string[]>;
  inboxRows: () => Promise<{ topic: string; state: number; reason: string | null }[]>;
}

export const at = (iso: string) => new Date(iso);

/** Call once at the top of a test file. */
export function aHearingShop(t: TestDatabase): HearingShop {
  const its: HearingShop = {
    shop: undefined!,
    inbox: undefined!,
    take: (topic, body) => its.inbox.take({ shop: its.shop, topic, body }),
    async orderOf(body) {
      const ref = { shopId: its.shop.id, id: BigInt(body['id'] as number) };
      const orders = await t.db.inShop(ref.shopId, (tx) => ordersByIds(tx, [ref]));
      return orders.get(`${ref.shopId}:${ref.id}`)!;
    },
    async eventsOf() {
      const rows = await t.db.sqlAcrossShops<{ kind: string }>(
        'select kind from event where shop_id = $1 order by id',
        [its.shop.id],
      );
      return rows.map(({ kind }) => kind);
    },
    async linesOf(customerId) {
      const customer = { shopId: its.shop.id, id: customerId! };
      const page = await t.db.inShop(its.shop.id, (tx) => timelineOf(tx, customer, {}));
      return page.entries.map(({ code }) => code).reverse();
    },
    inboxRows: () =>
      t.db.sqlAcrossShops(
        'select topic, state, reason from webhook_inbox where shop_id = $1 order by received_at, webhook_id',
        [its.shop.id],
      ),
  };
  beforeEach(async () => {
    its.inbox = anInbox(t);
    its.shop = await aShop(t.db);
  });
  afterEach(() => its.inbox.close());
  return its;
}
