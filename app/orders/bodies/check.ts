/** Bodies that say what Shopify and the bank think of a payment. */
import { z } from 'zod';
import type { OrderCheck } from '../check.ts';
import { id, moment, text } from './fields.ts';

const risk = z.object({
  admin_graphql_api_order_id: id.optional(),
  order_id: id.optional(),
  risk_level: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['none', 'low', 'medium', 'high', 'pending'])),
  updated_at: moment.nullish(),
  created_at: moment.nullish(),
});

/** orders/risk_assessment_changed; an assessment that is not made yet says nothing. */
export function readRisk(body: unknown, at: Date): { orderId: bigint; check: OrderCheck } | null {
  const { risk_level: level, ...given } = risk.parse(body);
  const orderId = given.admin_graphql_api_order_id ?? given.order_id;
  if (orderId === undefined)
    throw new z.ZodError([{ code: 'custom', path: ['order_id'], message: '', input: body }]);
  if (level === 'pending') return null;
  return { orderId, check: { kind: 'risk', risk: level, at: given.updated_at ?? given.created_at ?? at } };
}

const dispute = z.object({
  order_id: id.nullish(),
  type: text.nullish(),
  status: text,
});

/** disputes/create and disputes/update of Shopify Payments; null where no order is meant. */
export function readDispute(body: unknown, at: Date): { orderId: bigint; check: OrderCheck } | null {
  const given = dispute.parse(body);
  if (!given.order_id) return null;
  return { orderId: given.order_id, check: { kind: 'dispute', dispute: disputeOf(given), at } };
}

function disputeOf({ status, type }: z.infer<typeof dispute>) {
  if (status === 'won') return 'won';
  if (['lost', 'accepted', 'charge_refunded'].includes(status)) return 'lost';
  return type === 'inquiry' ? 'inquiry' : 'open';
}
