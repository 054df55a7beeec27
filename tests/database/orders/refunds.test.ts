/** What webhooks make of refunds and returns. */
import { expect, test } from 'vitest';
import { testDb } from '../../database.ts';
import { anId, anOrderBody, aRefundBody } from '../../webhook-bodies.ts';
import { aHearingShop, at } from './hearing-shop.ts';

const t = testDb();
const its = aHearingShop(t);
const { take, orderOf, eventsOf } = its;

test('partial refunds add up to a full one, each told once', async () => {
  const body = anOrderBody();
  const [one, two] = [
    aRefundBody(body['id'], '20.00'),
    aRefundBody(body['id'], '29.90', { created_at: '2026-05-09T10:00:00Z' }),
  ];
  await take('orders/create', body);
  await take('refunds/create', one);
  expect(await orderOf(body)).toMatchObject({ refunded: 2000n, refundedAt: null });
  const snapshot = {
    ...body,
    updated_at: '2026-05-09T10:00:05Z',
    financial_status: 'refunded',
    refunds: [one, two],
  };
  await take('orders/updated', snapshot);
  await take('refunds/create', two);
  const order = await orderOf(body);
  expect(order).toMatchObject({ refunded: 4990n, refundedAt: at('2026-05-09T10:00:00Z') });
  expect((await eventsOf()).filter((kind) => kind === 'order.refunded')).toHaveLength(2);
  const [row] = await t.db.sqlAcrossShops('select total_spent from customer where id = $1', [
    order.customerId,
  ]);
  expect(row).toEqual({ total_spent: 0n });
});

test('a refund in the currency that was paid counts by its share of the shop currency', async () => {
  const set = (shopAmount: string, paid: string) => ({
    shop_money: { amount: shopAmount, currency_code: 'EUR' },
    presentment_money: { amount: paid, currency_code: 'JPY' },
  });
  const body = anOrderBody({ presentment_currency: 'JPY', total_price_set: set('49.90', '8000') });
  await take('orders/create', body);
  const refund = aRefundBody(body['id'], '8000', {
    transactions: [{ kind: 'refund', status: 'success', amount: '8000', currency: 'JPY' }],
  });
  await take('refunds/create', refund);
  const order = await orderOf(body);
  expect(order).toMatchObject({ presentCurrency: 'JPY', presentTotal: 8000n, refunded: 4990n });
  expect(order.refundedAt).not.toBeNull();
});

test('returns: asked for is no return yet, agreed to is one, once', async () => {
  const { inbox } = its;
  const body = anOrderBody();
  await take('orders/create', body);
  const ret = { id: anId(), order: { id: body['id'] }, status: 'requested' };
  await take('returns/request', ret);
  expect(await orderOf(body)).toMatchObject({ returnedAt: null, returns: [{ state: 'requested' }] });
  inbox.now = at('2026-05-11T12:00:00Z');
  await take('returns/approve', { ...ret, status: 'open' });
  inbox.now = at('2026-05-12T12:00:00Z');
  await take('returns/close', { ...ret, status: 'closed' });
  await take('returns/reopen', { ...ret, status: 'open' });
  const order = await orderOf(body);
  expect(order).toMatchObject({ returnedAt: at('2026-05-11T12:00:00.001Z') });
  expect((await eventsOf()).filter((kind) => kind === 'order.returned')).toHaveLength(1);
});
