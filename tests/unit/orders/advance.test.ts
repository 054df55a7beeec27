import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '../../../app/orders/advance.ts';
import { happenings } from '../../../app/orders/happened.ts';
import type { OrderChange, OrderState } from '../../../app/orders/state.ts';
import { readOrder } from '../../../app/orders/bodies/order.ts';
import { TOPICS } from '../../../app/orders/topics.ts';
import { steps, storyOf, type Told } from '../../order-stories.ts';
import { aLineBody, anOrderBody, aRefundBody, type Body } from '../../webhook-bodies.ts';

const shop = { id: 1n, domain: 'a.myshopify.com', shopifyId: null, currency: 'EUR', url: null };
const facts = {
  currency: 'EUR',
  arrivals: {
    assumedTransitDays: 7,
    country: 'DE',
    timeZone: 'Europe/Berlin',
    transitOf: () => null,
    restDaysOf: () => () => false,
  },
};

const changesOf = (told: readonly Told[]): OrderChange[] =>
  told.flatMap(({ topic, body }) =>
    TOPICS[topic]!.read(body, { shop, topic, at: new Date('2026-05-09T00:00:00Z') }).flatMap((meaning) =>
      meaning.kind === 'order' ? [meaning.change] : [],
    ),
  );

/** As applied by a worker: what comes before the order waits for it. */
function lay(changes: readonly OrderChange[]): { state: OrderState; kinds: string[] } {
  let state: OrderState | null = null;
  const kinds: string[] = [];
  const waiting: OrderChange[] = [];
  const apply = (change: OrderChange) => {
    const next = advance(state, change, facts);
    if (!next) return void waiting.push(change);
    kinds.push(...happenings(state, next).map(({ kind, data }) => `${kind} ${JSON.stringify(data)}`));
    state = next;
  };
  for (const change of changes) apply(change);
  for (const change of waiting.splice(0)) apply(change);
  return { state: state!, kinds };
}

/** What is told of a sum, of pieces taken out, or of what gave way to something later, depends on when it was heard. */
const lasting = (kinds: string[]) =>
  kinds.filter((kind) => !/^(order\.(refunded|items-removed|paid)|shipment\.failed)/.test(kind)).sort();

describe('an order', () => {
  test('is the same whatever the order, number and age of what was heard', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), fc.infiniteStream(fc.nat()), (happened, sameSecond, random) => {
        const changes = changesOf(storyOf(happened, sameSecond));
        const canonical = lay(changes);
        const heard = changes.flatMap((change) =>
          Array.from({ length: 1 + (random.next().value! % 3) }, () => change),
        );
        const shuffled = heard
          .map((change) => ({ change, key: random.next().value! }))
          .sort((a, b) => a.key - b.key)
          .map(({ change }) => change);
        const other = lay(shuffled);
        expect(other.state).toEqual(canonical.state);
        expect(lasting(other.kinds)).toEqual(lasting(canonical.kinds));
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('tells nothing twice: laying the whole story over itself changes nothing', () => {
    fc.assert(
      fc.property(steps, (happened) => {
        const changes = changesOf(storyOf(happened, false));
        const { state } = lay(changes);
        const again = changes.reduce<OrderState | null>(
          (before, change) => advance(before, change, facts),
          state,
        )!;
        expect(happenings(state, again)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('an order whose goods are paid back', () => {
  const sold = {
    total_price: '55.00',
    current_total_price: '55.00',
    subtotal_price: '50.00',
    taxes_included: true,
    line_items: [aLineBody({ price: '25.00' })],
  };
  const refundOf = (amount: string, fields: Body = {}) => {
    const body = anOrderBody({ ...sold, refunds: [aRefundBody(1, amount, fields)] });
    return lay([{ kind: 'snapshot', snapshot: readOrder(body, { shop, topic: '', at: new Date(0) }) }]);
  };
  const forShipping = (amount: string) => ({
    refund_shipping_lines: [{ id: 1, subtotal_amount_set: { shop_money: { amount, currency_code: 'EUR' } } }],
  });

  test.each(['55.00', '54.99', '50.00', '49.99'])(
    '%s of 50.00 and 5.00 for shipping is all of it',
    (amount) => {
      const { state, kinds } = refundOf(amount);
      expect(state.refundedAt).toEqual(new Date('2026-05-08T08:00:00Z'));
      expect(kinds.find((kind) => kind.startsWith('order.refunded'))).toContain('"full":true');
    },
  );

  test('a part of them is not, nor is the shipping', () => {
    expect(refundOf('25.00').state.refundedAt).toBeNull();
    expect(refundOf('49.00').state.refundedAt).toBeNull();
    expect(refundOf('52.00', forShipping('5.00')).state.refundedAt).toBeNull();
    expect(refundOf('55.00', forShipping('5.00')).state.refundedAt).not.toBeNull();
  });

  test('the shipping of something cheap may cost more than it', () => {
    const cheap = { ...sold, subtotal_price: '4.00', total_price: '14.00', current_total_price: '14.00' };
    const body = anOrderBody({ ...cheap, refunds: [aRefundBody(1, '10.00', forShipping('10.00'))] });
    const snapshot = readOrder(body, { shop, topic: '', at: new Date(0) });
    expect(lay([{ kind: 'snapshot', snapshot }]).state.refundedAt).toBeNull();
  });

  test('no piece is left, whatever was paid back', () => {
    const body = anOrderBody({ ...sold, line_items: [aLineBody({ current_quantity: 0 })] });
    const snapshot = readOrder(body, { shop, topic: '', at: new Date(0) });
    const { state, kinds } = lay([{ kind: 'snapshot', snapshot }]);
    expect(state.refundedAt).toEqual(snapshot.updatedAt);
    expect(kinds.find((kind) => kind.startsWith('order.refunded'))).toContain('"full":true');
  });
});
