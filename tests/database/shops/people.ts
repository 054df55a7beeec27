/** People for tests about erasure, and what Shopify says of them. */
import { randomUUID } from 'node:crypto';
import { lockPeople } from '../../../app/customers/customers.server.ts';
import type { Db } from '../../../app/db.server.ts';
import { PERSONAL } from '../../../app/shops/erasure.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import {
  handleDataRequest,
  shopWebhooks,
  tombstonesOf,
  type ComplianceDeps,
} from '../../../app/shops/shops.server.ts';
import { insertRow } from '../rows.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');

export interface TestPerson {
  customerId: string;
  shopifyId: bigint;
  orderId: bigint;
  email: string;
  phone: string;
}

let count = 0;

/** A person with a row in every table of the registry, and the canary in every column that is to be erased. */
export async function aPerson(db: Db, shop: Shop): Promise<TestPerson> {
  count += 1;
  const person = {
    customerId: randomUUID(),
    shopifyId: 7_000_000_000_000n + BigInt(count),
    orderId: 5_000_000_000_000n + BigInt(count),
    email: `canary-${count}@example.com`,
    phone: `+4930123450${count}`,
  };
  const { customerId, orderId } = person;
  const messageId = randomUUID();
  const reviewId = randomUUID();
  const conversationId = randomUUID();
  const referralId = randomUUID();
  const ids = {
    shop_id: shop.id,
    customer_id: customerId,
    order_id: orderId,
    message_id: messageId,
    review_id: reviewId,
    conversation_id: conversationId,
    referral_id: referralId,
  };
  const own: Record<string, object> = {
    orders: { id: orderId, email: person.email, phone: person.phone, snapshot_at: NOW, placed_at: NOW },
    customer: { id: customerId, shopify_id: person.shopifyId, email: person.email, phone: person.phone },
    message: { id: messageId, epoch: shop.epoch },
    review: { id: reviewId },
    conversation: { id: conversationId },
    conversation_words: { search: `'${person.email}'` },
    enrollment: { epoch: shop.epoch },
    deed: { epoch: shop.epoch },
    referral: { id: referralId, advocate_id: customerId },
  };
  for (const { table, columns, erase, mine } of PERSONAL) {
    if (!mine) continue;
    const erased =
      erase === 'row' ? columns : Object.keys(erase ?? {}).filter((column) => columns.includes(column));
    const catalogue = await db.sqlAcrossShops<{ name: string; type: string }>(
      `select column_name as name, udt_name as type from information_schema.columns where table_name = $1`,
      [table],
    );
    const typeOf = new Map(catalogue.map(({ name, type }) => [name, type]));
    const marked = erased
      .filter((column) => typeOf.get(column) === 'text' || typeOf.get(column) === 'jsonb')
      .map((column) => [
        column,
        typeOf.get(column) === 'jsonb' ? { said: person.email } : `${person.email} ${randomUUID()}`,
      ]);
    const known = Object.fromEntries(Object.entries(ids).filter(([name]) => typeOf.has(name)));
    await insertRow(db, table, { ...Object.fromEntries(marked), ...known, ...own[table] });
  }
  const body = JSON.stringify({ id: Number(orderId), email: person.email });
  await insertRow(db, 'webhook_inbox', { shop_id: shop.id, topic: 'orders/create', body, state: 1 });
  await insertRow(db, 'stray_webhook', { domain: shop.domain, topic: 'orders/create', body });
  return person;
}

/** customers/redact, as Shopify sends it. */
export const redactBody = (shop: Shop, person: TestPerson) => ({
  shop_id: 1,
  shop_domain: shop.domain,
  customer: { id: person.shopifyId, email: person.email, phone: person.phone },
  orders_to_redact: [person.orderId],
});

/** The webhooks and jobs of data requests, with a Shopify that says of every shop what `shopify.says` says. */
export function requests(db: () => Db, stopPerson: ComplianceDeps['stopPerson'] = []) {
  const tombstones = tombstonesOf([Buffer.alloc(32, 1)]);
  const shopify = { says: 'ok' as 'ok' | 'unauthorized' };
  const sent: { name: string; payload: unknown }[] = [];
  const queue = {
    enqueue: async (_tx: unknown, name: string, payload: unknown) => void sent.push({ name, payload }),
  } as never;
  const deps = (): ComplianceDeps => ({
    db: db(),
    queue,
    tombstones,
    lockPeople,
    stopPerson,
    stopWork: [],
    probe: async () => (shopify.says === 'ok' ? { outcome: 'ok', value: null } : { outcome: 'unauthorized' }),
  });
  /** The webhook, then its job. */
  async function request(
    shop: Shop,
    topic: 'customers/redact' | 'customers/data_request' | 'shop/redact',
    body: unknown,
  ) {
    sent.length = 0;
    const handle = shopWebhooks(queue)[topic];
    const handled = await db().acrossShops((tx) => handle(tx, { shopId: shop.id, body }, NOW));
    const job = sent.find(({ name }) => name === 'shops.data-request');
    if (!job) return { handled, result: null };
    return { handled, result: await handleDataRequest(deps(), job.payload as never, NOW) };
  }
  return { tombstones, shopify, sent, queue, request };
}
