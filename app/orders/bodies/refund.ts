/** Body of refunds/create, also inside orders. */
import { z } from 'zod';
import type { RefundSnapshot } from '../snapshot.ts';
import { currency, decimal, id, minorOf, moment, moneySet, text } from './fields.ts';

const transaction = z.object({
  kind: text.nullish(),
  status: text.nullish(),
  amount: decimal,
  currency: currency.nullish(),
});

const shippingLine = z.object({ subtotal_amount_set: moneySet.nullish() });
/** How refunds of shipping were told before they had lines. */
const adjustment = z.object({ kind: text.nullish(), amount_set: moneySet.nullish() });

export const refund = z.object({
  id,
  order_id: id.nullish(),
  created_at: moment,
  transactions: z.array(transaction).nullish(),
  refund_shipping_lines: z.array(shippingLine).nullish(),
  order_adjustments: z.array(adjustment).nullish(),
});
export type RefundBody = z.infer<typeof refund>;

/** What was really given back; a refund that only restocks is one of nothing. */
export function refundOf(given: RefundBody, shopCurrency: string): RefundSnapshot {
  const paid = (given.transactions ?? []).filter(
    ({ kind, status }) => kind === 'refund' && (status ?? 'success') === 'success',
  );
  const inCurrency = paid[0]?.currency ?? shopCurrency;
  const amount = paid.reduce((sum, item) => sum + minorOf(item.amount, inCurrency), 0n);
  const shipping = shippingOf(given, inCurrency);
  return {
    id: given.id,
    amount,
    shipping: shipping < amount ? shipping : amount,
    currency: inCurrency,
    at: given.created_at,
  };
}

function shippingOf(given: RefundBody, inCurrency: string): bigint {
  const lines = given.refund_shipping_lines ?? [];
  const older = (given.order_adjustments ?? []).filter(({ kind }) => kind === 'shipping_refund');
  const sets =
    lines.length > 0
      ? lines.map((line) => line.subtotal_amount_set)
      : older.map((adjusted) => adjusted.amount_set);
  return sets.reduce((sum, set) => {
    const money = [set?.presentment_money, set?.shop_money].find(
      (each) => each?.currency_code === inCurrency,
    );
    const amount = money ? minorOf(money.amount, inCurrency) : 0n;
    return sum + (amount < 0n ? -amount : amount);
  }, 0n);
}

/** refunds/create */
export function readRefund(body: unknown, shopCurrency: string): { orderId: bigint; refund: RefundSnapshot } {
  const given = refund.extend({ order_id: id }).parse(body);
  return { orderId: given.order_id, refund: refundOf(given, shopCurrency) };
}
