/** What each webhook means: one line a topic. A topic that is not here is kept and ignored, with its reason. */
import {
  readCustomer,
  readCustomerGone,
  readEmailConsent,
  readMerge,
  readSmsConsent,
  readTags,
} from './bodies/customer.ts';
import type { ConsentTold, TagsTold } from './bodies/customer.ts';
import { readDispute, readRisk } from './bodies/check.ts';
import type { Context } from './bodies/fields.ts';
import { readEdit, readGone, readOrder } from './bodies/order.ts';
import { readProduct } from './bodies/product.ts';
import { readRefund } from './bodies/refund.ts';
import { readReturn } from './bodies/return.ts';
import { readScan, readShipment } from './bodies/shipment.ts';
import type { PersonSnapshot } from '../customers/person.ts';
import type { ProductSnapshot } from '../products/product.ts';
import type { OrderCheck } from './check.ts';
import type { OrderChange } from './state.ts';

/** Topics whose meaning another module knows; their handlers are handed in. */
export const HANDED_TOPICS = [
  'app/uninstalled',
  'app/scopes_update',
  'shop/update',
  'bulk_operations/finish',
  'discounts/delete',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
] as const;
export type HandedTopic = (typeof HANDED_TOPICS)[number];

export type Meaning =
  | { kind: 'order'; orderId: bigint; change: OrderChange }
  | { kind: 'check'; orderId: bigint; check: OrderCheck }
  | { kind: 'person'; person: PersonSnapshot }
  | { kind: 'customer-gone'; shopifyId: bigint; at: Date }
  | { kind: 'merge'; keptShopifyId: bigint; goneShopifyId: bigint }
  | { kind: 'consent'; consent: ConsentTold }
  | { kind: 'tags'; tags: TagsTold }
  | { kind: 'product'; product: ProductSnapshot }
  | { kind: 'product-gone'; id: bigint; at: Date }
  | { kind: 'handed'; topic: HandedTopic; body: unknown }
  | { kind: 'nothing'; reason: string };

/** @throws z.ZodError when the body is not one of its topic */
type Read = (body: unknown, context: Context) => Meaning[];

const order: Read = (body, context) => {
  const snapshot = readOrder(body, context);
  return [{ kind: 'order', orderId: snapshot.id, change: { kind: 'snapshot', snapshot } }];
};

const orderEdited: Read = (body) => {
  const { orderId, at } = readEdit(body);
  return [{ kind: 'order', orderId, change: { kind: 'edited', at } }];
};

const orderGone: Read = (body, { at }) => [
  { kind: 'order', orderId: readGone(body), change: { kind: 'deleted', at } },
];

const refund: Read = (body, { shop }) => {
  const told = readRefund(body, shop.currency);
  return [{ kind: 'order', orderId: told.orderId, change: { kind: 'refund', refund: told.refund } }];
};

const shipment: Read = (body) => {
  const { orderId, shipments } = readShipment(body);
  return shipments.map((told) => ({ kind: 'order', orderId, change: { kind: 'shipment', shipment: told } }));
};

const scan: Read = (body) => {
  const told = readScan(body);
  return [{ kind: 'order', orderId: told.orderId, change: { kind: 'scan', scan: told.scan } }];
};

const check =
  (read: typeof readRisk): Read =>
  (body, { at }) => {
    const told = read(body, at);
    return told ? [{ kind: 'check', ...told }] : [{ kind: 'nothing', reason: 'nothing-said-yet' }];
  };

const returned: Read = (body, { at }) => {
  const { orderId, item } = readReturn(body, at);
  return [{ kind: 'order', orderId, change: { kind: 'return', item } }];
};

const customer: Read = (body, { shop }) => [{ kind: 'person', person: readCustomer(body, shop.id) }];
const customerGone: Read = (body, { at }) => [
  { kind: 'customer-gone', shopifyId: readCustomerGone(body), at },
];

const merge: Read = (body) => {
  const told = readMerge(body);
  return told ? [{ kind: 'merge', ...told }] : [{ kind: 'nothing', reason: 'merge-not-completed' }];
};

const emailConsent: Read = (body, { shop, at }) => [
  { kind: 'consent', consent: readEmailConsent(body, shop.id, at) },
];

const smsConsent: Read = (body, { shop, at }) => {
  const consent = readSmsConsent(body, shop.id, at);
  return consent ? [{ kind: 'consent', consent }] : [{ kind: 'nothing', reason: 'no-phone' }];
};

const tags =
  (what: 'added' | 'removed'): Read =>
  (body, { at }) => [{ kind: 'tags', tags: readTags(body, at, what) }];

const product: Read = (body, context) => [{ kind: 'product', product: readProduct(body, context) }];
const productGone: Read = (body, { at }) => [{ kind: 'product-gone', id: readGone(body), at }];

const handed =
  (topic: HandedTopic): Read =>
  (body) => [{ kind: 'handed', topic, body }];

export interface Topic {
  read: Read;
  /** A body acts once, whatever its unsigned headers say; not for bodies that repeat by nature. */
  once: boolean;
}

const once = (read: Read): Topic => ({ read, once: true });
const often = (read: Read): Topic => ({ read, once: false });

export const TOPICS: Readonly<Record<string, Topic>> = {
  // What an order is comes from its snapshot, never from the topic's name.
  'orders/create': once(order),
  'orders/paid': once(order),
  'orders/updated': once(order),
  'orders/fulfilled': once(order),
  'orders/partially_fulfilled': once(order),
  'orders/cancelled': once(order),
  'orders/edited': once(orderEdited),
  'orders/delete': once(orderGone),
  'refunds/create': once(refund),
  'fulfillments/create': once(shipment),
  'fulfillments/update': once(shipment),
  'fulfillment_events/create': once(scan),
  // A return that is approved, closed and reopened sends the same body twice.
  'returns/request': often(returned),
  'returns/approve': often(returned),
  'returns/decline': often(returned),
  'returns/cancel': often(returned),
  'returns/close': often(returned),
  'returns/reopen': often(returned),
  'returns/update': often(returned),
  'orders/risk_assessment_changed': often(check(readRisk)),
  'disputes/create': often(check(readDispute)),
  'disputes/update': often(check(readDispute)),
  'customers/create': once(customer),
  'customers/update': once(customer),
  'customers/delete': once(customerGone),
  'customers/merge': once(merge),
  'customer.tags_added': once(tags('added')),
  'customer.tags_removed': once(tags('removed')),
  'customers_email_marketing_consent/update': once(emailConsent),
  'customers_marketing_consent/update': once(smsConsent),
  'products/create': once(product),
  'products/update': once(product),
  'products/delete': once(productGone),
  ...Object.fromEntries(HANDED_TOPICS.map((topic) => [topic, often(handed(topic))])),
};
