import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { idOf } from '../format.ts';
import { html, type Markup } from '../html.ts';

/** What a merchant can still do with an order, as buttons; each is a form, so that every page may carry them. */
export function merchantActions(shop: Shop, order: Order, back: string): Markup {
  const { canFulfil, canDeliver, canCancel, canRefund, canPay } = possible(order);
  const verb = (name: string, label: string, look = '') => verbForm(shop, order, back, [name, label, look]);
  return html`<div class="actions">
    ${canPay ? verb('pay', 'Mark as paid') : ''} ${canFulfil ? verb('fulfil', 'Fulfil', 'primary') : ''}
    ${canDeliver ? verb('deliver', 'Deliver', canFulfil ? '' : 'primary') : ''}
    ${canDeliver ? verb('fail-delivery', 'Delivery fails') : ''}
    ${canRefund ? verb('refund', 'Refund all') : ''} ${canCancel ? verb('cancel', 'Cancel order') : ''}
  </div>`;
}

/** The one step that comes next on the way to the buyer's door. */
export function nextStep(shop: Shop, order: Order, back: string): Markup | null {
  const { canFulfil, canDeliver } = possible(order);
  if (!canFulfil && !canDeliver) return null;
  return verbForm(shop, order, back, canFulfil ? ['fulfil', 'Fulfil', ''] : ['deliver', 'Deliver', '']);
}

function verbForm(
  shop: Shop,
  order: Order,
  back: string,
  [name, label, look]: [string, string, string],
): Markup {
  return html`<form method="post" action="/admin/orders/${idOf(order.id)}/${name}?shop=${shop.domain}">
    <input type="hidden" name="back" value="${back}" />
    <button class="${look}">${label}</button>
  </form>`;
}

/** Which verbs make sense for an order as it stands. */
export function possible(order: Order) {
  const live = order.cancelledAt === null;
  const shipped = order.fulfillments.filter(({ status }) => status === 'success');
  const paid = order.transactions
    .filter(({ kind }) => kind === 'sale')
    .reduce((sum, { amount }) => sum + amount.presentment, 0);
  const refunded = order.refunds.reduce((sum, { total }) => sum + total.presentment, 0);
  return {
    canPay: live && paid === 0 && order.totals.total.presentment > 0,
    canFulfil:
      live &&
      order.lines.some((line) => line.requiresShipping && line.currentQuantity > line.fulfilledQuantity),
    canDeliver: live && shipped.some(({ shipmentStatus }) => shipmentStatus !== 'delivered'),
    canCancel: live && shipped.length === 0,
    canRefund: paid > refunded,
  };
}

/** The same, on the buyer's side: one person plays both in the sandbox. */
export function merchantPanel(shop: Shop, order: Order, back: string): Markup {
  return html`<section class="toy merchant">
    <span>Sandbox: you are the merchant, too</span>
    ${merchantActions(shop, order, back)}
    <a href="/admin/orders/${idOf(order.id)}?shop=${shop.domain}">${order.name} in the admin</a>
  </section>`;
}
