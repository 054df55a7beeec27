/** Bodies of the returns/* topics, also inside orders. They carry no moment of their own. */
import { z } from 'zod';
import type { ReturnSnapshot, ReturnState } from '../snapshot.ts';
import { id, text } from './fields.ts';

const STATES: Record<string, ReturnState> = {
  requested: 'requested',
  open: 'open',
  closed: 'closed',
  declined: 'declined',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

export const returned = z.object({
  id,
  status: text.nullish(),
  return_line_items: z.array(z.object({ quantity: z.number().int().min(0) })).nullish(),
});

/** @param at when it was so */
export const returnOf = (given: z.infer<typeof returned>, at: Date): ReturnSnapshot => ({
  id: given.id,
  state: STATES[given.status?.toLowerCase() ?? ''] ?? 'open',
  at,
  pieces: given.return_line_items?.reduce((sum, { quantity }) => sum + quantity, 0) ?? null,
});

const ofOrder = returned
  .extend({ order_id: id.nullish(), order: z.object({ id }).nullish() })
  .refine((given) => given.order_id ?? given.order, { message: 'no order', path: ['order'] });

/** returns/* */
export function readReturn(body: unknown, at: Date): { orderId: bigint; item: ReturnSnapshot } {
  const given = ofOrder.parse(body);
  return { orderId: (given.order_id ?? given.order?.id)!, item: returnOf(given, at) };
}
