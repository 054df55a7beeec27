import type { PixelEvent } from '../../extension-host/pixel-protocol.ts';
import { countryOf, provinceName } from '../../state/countries.ts';
import type { Address, Customer } from '../../state/customer.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Sandbox } from '../../types.ts';
import { shopMark } from '../drawings/marks.ts';
import { moment } from '../format.ts';
import { html, raw, type Markup, type Piece } from '../html.ts';
import { page } from '../page.ts';
import { rootOf } from './layout.ts';
import { drawSummary, summaryOfOrder } from './summary.ts';

/** The shape that thank-you page and order-status page share: what is told at the left, the summary at the right. */
export function orderPage(
  sandbox: Sandbox,
  request: PageRequest,
  parts: { title: string; shop: Shop; order: Order; body: Piece; happened?: readonly PixelEvent[] },
): PageAnswer {
  const { title, shop, order, body, happened } = parts;
  return page(sandbox, request, {
    title: `${title} · ${shop.name}`,
    shop,
    door: 'store',
    kind: 'checkout',
    happened,
    body: html`<div class="checkout-columns">
      <main id="content" class="checkout-main">
        <a class="checkout-brand" href="${rootOf(shop)}"
          >${raw(shopMark(shop.domain))}<span>${shop.name}</span></a
        >
        ${body}
      </main>
      <div id="summary">${drawSummary(sandbox, shop, summaryOfOrder(order))}</div>
    </div>`,
  });
}

/** Contact, addresses, shipping and payment, as a receipt has them. */
export function orderDetails(order: Order): Markup {
  return html`<section class="card">
    <h2>Order details</h2>
    <div class="details">
      <div>
        <h3>Contact</h3>
        <p>${order.email ?? order.phone ?? 'none'}</p>
      </div>
      <div>
        <h3>Payment</h3>
        <p>${order.transactions.length ? 'Toy card ending with 4242' : 'Not paid yet'}</p>
      </div>
      <div>
        <h3>Shipping address</h3>
        ${addressLines(order.shippingAddress)}
      </div>
      <div>
        <h3>Shipping method</h3>
        <p>${order.shippingLine?.title ?? 'Handed over in the shop'}</p>
      </div>
    </div>
  </section>`;
}

export function addressLines(address: Address | null): Markup {
  if (!address) return html`<p class="quiet">none</p>`;
  const lines = [
    [address.firstName, address.lastName].filter(Boolean).join(' '),
    address.company,
    address.line1,
    address.line2,
    [address.zip, address.city].filter(Boolean).join(' '),
    [provinceName(address.country, address.province), countryOf(address.country).name]
      .filter(Boolean)
      .join(', '),
  ].filter(Boolean);
  return html`<p>${lines.map((line, index) => html`${index ? raw('<br />') : ''}${line}`)}</p>`;
}

/** Where the goods are, in a word. */
export function progress(order: Order): { word: string; tone: 'good' | 'warn' | 'bad' | '' } {
  if (order.cancelledAt) return { word: 'Cancelled', tone: 'bad' };
  const shipments = order.fulfillments.filter(({ status }) => status === 'success');
  const open = order.lines.some(
    (line) => line.requiresShipping && line.currentQuantity > line.fulfilledQuantity,
  );
  if (shipments.length === 0) return { word: 'Confirmed', tone: '' };
  if (!open && shipments.every(({ shipmentStatus }) => shipmentStatus === 'delivered'))
    return { word: 'Delivered', tone: 'good' };
  return { word: open ? 'Partly on its way' : 'On its way', tone: 'warn' };
}

/** Every shipment with what is known of its way. */
export function shipments(order: Order, zone: string): Markup {
  const list = order.fulfillments.filter(({ status }) => status === 'success');
  if (list.length === 0)
    return html`<p class="quiet">We are packing it. You get a mail when it leaves the house.</p>`;
  return html`${list.map(
    (shipment) =>
      html`<div class="shipment">
        <p>
          <strong>${shipment.name}</strong> ${shipment.carrier ?? ''} ${shipment.trackingNumbers.join(', ')}
          <span class="badge">${(shipment.shipmentStatus ?? 'shipped').replaceAll('_', ' ')}</span>
        </p>
        <ol class="timeline">
          <li>Left the house <small>${moment(shipment.createdAt, zone)}</small></li>
          ${shipment.events.map(
            ({ status, happenedAt }) =>
              html`<li>${status.replaceAll('_', ' ')} <small>${moment(happenedAt, zone)}</small></li>`,
          )}
        </ol>
      </div>`,
  )}`;
}

/** Which customer an order belongs to. */
export function customerOf(shop: Shop, order: Order): Customer | null {
  return shop.customers.find(({ id }) => id === order.customer) ?? null;
}
