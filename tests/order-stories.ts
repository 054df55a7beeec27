/** The life of one order as webhooks tell it, for tests that shuffle it. */
import fc from 'fast-check';
import {
  aCustomerBody,
  aFulfillmentBody,
  aLineBody,
  anId,
  anOrderBody,
  aRefundBody,
  aScanBody,
  type Body,
} from './webhook-bodies.ts';

export interface Told {
  topic: string;
  body: Body;
}

/** What can happen to an order, in any combination. */
const STEPS = [
  'paid',
  'edited',
  'address',
  'shipped',
  'second-parcel',
  'scanned',
  'failed',
  'delivered',
  'refunded',
  'refunded-fully',
  'goods-refunded',
  'returned',
  'cancelled',
  'deleted',
] as const;
export type Step = (typeof STEPS)[number];

/** 0…11 things that happen after the order was placed, in the order of time. */
export const steps = fc
  .subarray([...STEPS], { maxLength: 11 })
  .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));

/** Nothing can happen to a parcel that has not left. */
const OF_PARCEL: readonly Step[] = ['scanned', 'failed', 'delivered'];

/** The webhooks of an order to which these things happened, oldest first. Each carries the order as it stood then. */
export function storyOf(happened: readonly Step[], sameSecond: boolean): Told[] {
  let minute = 0;
  const next = () => {
    // Things of one second are told with one moment: the snapshots alone must say which is the later one.
    minute += sameSecond && minute > 0 && minute % 2 === 0 ? 0 : 1;
    return `2026-05-0${1 + Math.floor(minute / 10)}T1${minute % 10}:00:00Z`;
  };
  const order = anOrderBody({ financial_status: 'pending', created_at: next(), customer: aCustomerBody() });
  const told: Told[] = [];
  const fulfillments: Body[] = [];
  const tell = (topic: string, change: Body = {}, at = next()) => {
    Object.assign(order, change, { updated_at: at, fulfillments: structuredClone(fulfillments) });
    told.push({ topic, body: structuredClone(order) });
  };
  const parcel = (change: Body, at: string) => {
    Object.assign(fulfillments[0]!, change, { updated_at: at });
    told.push({ topic: 'fulfillments/update', body: structuredClone(fulfillments[0]!) });
  };
  const scan = (status: string, at: string) =>
    told.push({
      topic: 'fulfillment_events/create',
      body: aScanBody(order['id'], fulfillments[0]!['id'], {
        status,
        happened_at: at,
        created_at: at,
        updated_at: at,
      }),
    });
  const ship = (at: string) => {
    const body = aFulfillmentBody(order['id'], { created_at: at, updated_at: at });
    fulfillments.push(body);
    told.push({ topic: 'fulfillments/create', body: structuredClone(body) });
  };
  const refund = (amount: string, at: string, status: string) => {
    const body = aRefundBody(order['id'], amount, { created_at: at });
    told.push({ topic: 'refunds/create', body });
    tell(
      'orders/updated',
      { refunds: [...(order['refunds'] as Body[]), body], financial_status: status },
      at,
    );
  };
  tell('orders/create');
  for (const step of happened) {
    if (OF_PARCEL.includes(step) && fulfillments.length === 0) continue;
    const at = next();
    switch (step) {
      case 'paid':
        tell('orders/paid', { financial_status: 'paid' }, at);
        break;
      case 'edited':
        told.push({
          topic: 'orders/edited',
          body: { order_edit: { id: anId(), order_id: order['id'], created_at: at } },
        });
        tell(
          'orders/updated',
          { line_items: [...(order['line_items'] as Body[]), aLineBody()], current_total_price: '99.80' },
          at,
        );
        break;
      case 'address':
        tell(
          'orders/updated',
          {
            shipping_address: {
              ...(order['shipping_address'] as Body),
              country_code: 'FR',
              province_code: null,
              city: 'Lyon',
            },
          },
          at,
        );
        break;
      case 'shipped':
      case 'second-parcel':
        ship(at);
        tell(
          'orders/fulfilled',
          { fulfillment_status: fulfillments.length > 1 ? 'fulfilled' : 'partial' },
          at,
        );
        break;
      case 'scanned':
        scan('in_transit', at);
        parcel({ shipment_status: 'in_transit' }, at);
        break;
      case 'failed':
        scan('failure', at);
        break;
      case 'delivered':
        scan('delivered', at);
        parcel({ shipment_status: 'delivered' }, at);
        tell('orders/updated', {}, at);
        break;
      case 'refunded':
        refund('10.00', at, 'partially_refunded');
        break;
      case 'refunded-fully':
        refund('49.90', at, 'refunded');
        break;
      case 'goods-refunded': {
        const lines = order['line_items'] as Body[];
        order['line_items'] = lines.map((line) => ({ ...line, current_quantity: 0 }));
        refund('44.90', at, 'partially_refunded');
        break;
      }
      case 'returned':
        tell('orders/updated', { returns: [{ id: anId(), status: 'open', order_id: order['id'] }] }, at);
        break;
      case 'cancelled':
        tell('orders/cancelled', { cancelled_at: at }, at);
        break;
      case 'deleted':
        told.push({ topic: 'orders/delete', body: { id: order['id'] } });
        break;
    }
  }
  return told;
}
