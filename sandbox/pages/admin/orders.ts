import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { distance, idOf, moment, money } from '../format.ts';
import { shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { nameOf } from '../store/layout.ts';
import { customerOf, progress } from '../store/order-view.ts';
import { adminPage } from './layout.ts';
import { nextStep } from './merchant.ts';
import { pageOf, pager, searchBar } from './list.ts';

/** The orders of the shop, newest first, each with what can be done with it next. */
export function orderListRoutes(sandbox: Sandbox): Route[] {
  return [{ method: 'GET', path: '/admin/orders', handle: (request) => list(sandbox, request) }];
}

function list(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const query = (request.query.get('query') ?? '').trim().toLowerCase();
  const found = [...shop.orders].reverse().filter((order) => matches(shop, order, query));
  const { rows, ...place } = pageOf(found, request);
  const now = sandbox.clock.now();
  return adminPage(sandbox, request, {
    title: 'Orders',
    shop,
    place: 'orders',
    content: html`<main id="content" class="admin-page">
      <h1>Orders</h1>
      <div class="card flush">
        ${searchBar('Search orders by number, name or e-mail', request)}
        ${
          rows.length === 0
            ? html`<div class="empty">
                <h2>${query ? 'No order fits' : 'No orders yet'}</h2>
                <p>
                  ${query ? 'Try a number or a name.' : html`<a href="/store/${shop.handle}">Buy something in the store</a>`}
                </p>
              </div>`
            : html`<div class="scroll">
                <table class="rows">
                  <thead>
                    <tr>
                      <th>Order</th>
                      <th>Date</th>
                      <th>Customer</th>
                      <th class="right">Total</th>
                      <th>Payment</th>
                      <th>Way</th>
                      <th>Next</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${rows.map((order) => row(shop, order, now, request.url.pathname + request.url.search))}
                  </tbody>
                </table>
              </div>`
        }
        ${pager(place, request)}
      </div>
    </main>`,
  });
}

function row(shop: Shop, order: Order, now: number, back: string): Markup {
  const customer = customerOf(shop, order);
  const { word, tone } = progress(order);
  return html`<tr>
    <td>
      <a href="/admin/orders/${idOf(order.id)}"><strong>${order.name}</strong></a>
      ${order.test ? html`<span class="badge">Test</span>` : ''}
      ${order.source === 'pos' ? html`<span class="badge">Shop</span>` : ''}
    </td>
    <td title="${moment(order.createdAt, shop.timezone)}">${distance(order.createdAt, now)}</td>
    <td>
      ${customer ? html`<a href="/admin/customers/${idOf(customer.id)}">${nameOf(customer)}</a>` : html`<span class="quiet">nobody</span>`}
    </td>
    <td class="right">${money(order.totals.total.presentment, order.presentmentCurrency)}</td>
    <td>${payment(order)}</td>
    <td><span class="badge ${tone}">${word}</span></td>
    <td>${nextStep(shop, order, back)}</td>
  </tr>`;
}

/** Paid, refunded or waiting, as a badge. */
export function payment(order: Order): Markup {
  const of = (kind: string) =>
    order.transactions
      .filter((each) => each.kind === kind)
      .reduce((sum, { amount }) => sum + amount.presentment, 0);
  const refunded = of('refund');
  if (refunded > 0)
    return html`<span class="badge warn">${refunded >= of('sale') ? 'Refunded' : 'Partly refunded'}</span>`;
  if (of('sale') > 0 || order.totals.total.presentment === 0)
    return html`<span class="badge good">Paid</span>`;
  return raw('<span class="badge warn">Payment pending</span>');
}

function matches(shop: Shop, order: Order, query: string): boolean {
  if (!query) return true;
  const customer = customerOf(shop, order);
  const text = [
    order.name,
    order.email,
    customer && nameOf(customer),
    ...order.discounts.map(({ code }) => code),
  ].join(' ');
  return text.toLowerCase().includes(query);
}
