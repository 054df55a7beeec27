/** What happened to a customer, as it was told to sequences when it happened. */
import type { Past, PastOrder, World } from './past.ts';
import type { TriggerKind } from './plan.ts';
import type { Happened } from './sequence.ts';

/** All that may have set a sequence off between the world's two moments; in no order. */
export function happeningsOf({ shop, from, until }: World, past: Past): Happened[] {
  const happened: Happened[] = [];
  const tell = (trigger: TriggerKind, at: Date | null, more: Partial<Happened> = {}) => {
    if (at === null || at < from || at > until) return;
    happened.push({ shopId: shop.id, trigger, customerId: past.customer.id, at, data: {}, ...more });
  };
  for (const order of past.orders) ofOrder(order, tell);
  for (const { id, orderId, score, at, verifiedAt } of past.answers) {
    const confirmed = verifiedAt && verifiedAt < at ? at : verifiedAt;
    tell('answer.verified', confirmed, { orderId, data: { answerId: id, score } });
  }
  for (const { id, orderId, productId, stars, at } of past.reviews)
    tell('review.written', at, { orderId, productId, data: { reviewId: id, stars } });
  for (const { referralId, at } of past.friends) tell('referral.qualified', at, { data: { referralId } });
  tell('customer.stage-changed', past.customer.stageAt, { data: { to: past.customer.stage } });
  for (const { kind, at, customerId: _, ...of } of past.moments) tell(kind, at, of);
  for (const { segment, at } of past.segments)
    tell('customer.segment-joined', at, { data: { segment, cause: `segment:${segment}` } });
  return happened;
}

type Tell = (trigger: TriggerKind, at: Date | null, more?: Partial<Happened>) => void;

function ofOrder(order: PastOrder, tell: Tell): void {
  const about = { orderId: order.id };
  tell('order.created', order.placedAt, about);
  tell('order.paid', order.paidAt, about);
  tell('order.fulfilled', order.fulfilledAt, about);
  tell('order.cancelled', order.cancelledAt, about);
  tell('order.refunded', order.partlyRefundedAt, { ...about, data: { full: false } });
  tell('order.refunded', order.refundedAt, { ...about, data: { full: true } });
  tell('order.returned', order.returnedAt, about);
  for (const { id, shippedAt, deliveredAt } of order.shipments) {
    tell('shipment.shipped', shippedAt, { ...about, shipmentId: id });
    tell('shipment.delivered', deliveredAt, { ...about, shipmentId: id });
  }
}

/** Moments at which something may have ended, beside those that are told. */
export function turningPoints({ from, until }: World, past: Past): Date[] {
  const { customer, consent, wishes, orders } = past;
  return [
    customer.erasedAt,
    consent.email?.at ?? null,
    wishes?.since ?? null,
    ...orders.flatMap((order) => [
      order.deletedAt,
      ...order.products.map(({ goneAt }) => goneAt),
      ...order.shipments.map(({ failedAt }) => failedAt),
    ]),
  ].filter((at): at is Date => at !== null && at >= from && at <= until);
}
