/** Body of refunds/create, also inside orders. */
import { z } from 'zod';
import type { RefundSnapshot } from '../snapshot.ts';
import { currency, decimal, id, minorOf, moment, text } from './fields.ts';

const transaction = z.object({
  kind: text.nullish(),
  status: text.nullish(),
  amount: decimal,
  currency: currency.nullish(),
});

export const refund = z.object({
  id,
  order_id: id.nullish(),
  created_at: moment,
  transactions: z.array(transaction).nullish(),
});
export type RefundBody = z.infer<typeof refund>;

/** What was really given back; a refund that only restocks is one of nothing. */
export function refundOf(given: RefundBody, shopCurrency: string): RefundSnapshot {
  const paid = (given.transactions ?? []).filter(
    ({ kind, status }) => kind === 'refund' && (status ?? 'success') === 'success',
  );
  const inCurrency = paid[0]?.currency ?? shopCurrency;
  const amount = paid.reduce((sum, item) => sum + minorOf(item.amount, inCurrency), 0n);
  return { id: given.id, amount, currency: inCurrency, at: given.created_at };
}

/** refunds/create */
export function readRefund(body: unknown, shopCurrency: string): { orderId: bigint; refund: RefundSnapshot } {
  const given = refund.extend({ order_id: id }).parse(body);
  return { orderId: given.order_id, refund: refundOf(given, shopCurrency) };
}
