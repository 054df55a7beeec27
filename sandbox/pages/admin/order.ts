import { BadInput } from '../../bad-input.ts';
import { decimal } from '../../state/money.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { LineInput, PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { idOf, moment, money } from '../format.ts';
import { ownPath, redirect, shopHere } from '../here.ts';
import { html, type Markup } from '../html.ts';
import { notFound, problem } from '../page.ts';
import { nameOf } from '../store/layout.ts';
import { block } from '../store/blocks.ts';
import { addressLines, customerOf, progress, shipments } from '../store/order-view.ts';
import { adminPage } from './layout.ts';
import { merchantActions, possible } from './merchant.ts';
import { payment } from './orders.ts';

type Verb = (shop: Shop, order: Order, form: URLSearchParams) => unknown;

/** One order, and the verbs a merchant has for it. */
export function orderRoutes(sandbox: Sandbox): Route[] {
  const { store } = sandbox;
  const verbs: Record<string, Verb> = {
    pay: (shop, order) => store.markPaid(shop, order),
    fulfil: (shop, order, form) =>
      store.fulfil(shop, order, { lines: chosenLines(form), carrier: form.get('carrier') || undefined }),
    deliver: (shop, order) => store.deliver(shop, order),
    'fail-delivery': (shop, order) => store.deliver(shop, order, { status: 'failure' }),
    cancel: (shop, order) => store.cancel(shop, order, { reason: 'customer', refund: true }),
    refund: (shop, order, form) =>
      store.refund(shop, order, {
        amount: form.get('amount')?.trim() || undefined,
        lines: chosenLines(form),
      }),
    return: (shop, order) => store.startReturn(shop, order, { reason: 'OTHER' }),
  };
  return [
    { method: 'GET', path: '/admin/orders/:id', handle: (request) => show(sandbox, request) },
    ...Object.entries(verbs).map(([name, verb]): Route => ({
      method: 'POST',
      path: `/admin/orders/:id/${name}`,
      handle: (request) => act(sandbox, request, verb),
    })),
  ];
}

/** Quantities of a form with fields `line:ID`; undefined when it has none, which means all that is left. */
function chosenLines(form: URLSearchParams): LineInput[] | undefined {
  const fields = [...form].filter(([name]) => name.startsWith('line:'));
  if (fields.length === 0) return undefined;
  const lines = fields.map(([name, quantity]) => ({ id: name.slice(5), quantity: Number(quantity) }));
  return lines.filter(({ quantity }) => quantity > 0);
}

function act(sandbox: Sandbox, request: PageRequest, verb: Verb): PageAnswer {
  const shop = shopHere(sandbox, request);
  const order = find(shop, request);
  if (!order) return notFound(sandbox, request, shop, 'admin', 'The shop has no such order.');
  const form = request.form();
  try {
    verb(shop, order, form);
  } catch (error) {
    if (error instanceof BadInput) return show(sandbox, request, error.message);
    throw error;
  }
  return redirect(ownPath(form.get('back'), `/admin/orders/${idOf(order.id)}`));
}

function find(shop: Shop, request: PageRequest): Order | undefined {
  return shop.orders.find(({ id }) => idOf(id) === request.params.id);
}

function show(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  const order = find(shop, request);
  if (!order) return notFound(sandbox, request, shop, 'admin', 'The shop has no such order.');
  const { word, tone } = progress(order);
  const here = `/admin/orders/${idOf(order.id)}`;
  return adminPage(sandbox, request, {
    title: order.name,
    shop,
    place: 'orders',
    content: html`<main id="content" class="admin-page">
      <h1>
        <a href="/admin/orders" aria-label="Back to orders">←</a> ${order.name} ${payment(order)}
        <span class="badge ${tone}">${word}</span>
      </h1>
      <p class="quiet">${moment(order.createdAt, shop.timezone)} · from ${order.source}</p>
      ${problem(refused)}
      <div class="card">${merchantActions(shop, order, here)}</div>
      <div class="admin-columns">
        <div>
          <section class="card">
            <h2>What was bought</h2>
            ${order.lines.map((line) => lineItem(sandbox, order, line))} ${sums(order)}
          </section>
          <section class="card">
            <h2>Shipments</h2>
            ${shipments(order, shop.timezone)} ${partly(shop, order, here)}
          </section>
        </div>
        <div>
          ${block(shop, { target: 'admin.order-details.block.render', selected: [order.id], locale: 'en' })}
          ${aside(sandbox, shop, order)}
        </div>
      </div>
    </main>`,
  });
}

function aside(sandbox: Sandbox, shop: Shop, order: Order): Markup {
  const customer = customerOf(shop, order);
  return html`<section class="card">
      <h2>Customer</h2>
      ${
        customer
          ? html`<p>
                <a href="/admin/customers/${idOf(customer.id)}">${nameOf(customer)}</a><br />${customer.email}
              </p>
              <p>
                <a href="/mailbox?to=${encodeURIComponent(customer.email ?? '')}">Mails to them</a>
              </p>`
          : html`<p class="quiet">Nobody is named.</p>`
      }
      <h2>Shipping address</h2>
      ${addressLines(order.shippingAddress)}
    </section>
    <section class="card">
      <h2>Pages of the buyer</h2>
      <p><a href="${sandbox.urls.thankYou(shop, order)}">Thank-you page</a></p>
      <p><a href="${sandbox.urls.orderStatus(shop, order)}">Order-status page</a></p>
    </section>
    ${
      order.tags.length
        ? html`<section class="card">
            <h2>Tags</h2>
            <p>${order.tags.map((tag) => html`<span class="badge">${tag}</span> `)}</p>
          </section>`
        : ''
    }`;
}

function lineItem(sandbox: Sandbox, order: Order, line: Order['lines'][number]): Markup {
  const gone = line.quantity - line.currentQuantity;
  return html`<div class="line-item">
    <img src="${sandbox.urls.image(line.handle)}" alt="" />
    <span
      >${line.title}<br /><small class="quiet"
        >${line.variantTitle === 'Default Title' ? '' : line.variantTitle}
        ${gone > 0 ? `${gone} removed or refunded` : ''}</small
      ></span
    >
    <span>${line.quantity} × ${money(line.price.presentment, order.presentmentCurrency)}</span>
    <span class="right">${money(line.price.presentment * line.quantity, order.presentmentCurrency)}</span>
  </div>`;
}

function sums(order: Order): Markup {
  const { totals, presentmentCurrency: currency } = order;
  const row = (label: string, minor: number) =>
    html`<tr>
      <td>${label}</td>
      <td class="right">${money(minor, currency)}</td>
    </tr>`;
  return html`<table>
    <tbody>
      ${order.discounts.map(({ code, amount }) => row(`Discount ${code}`, -amount.presentment))}
      ${row('Shipping', totals.shipping.presentment)}
      ${row(`${order.taxTitle}${order.taxesIncluded ? ' (included)' : ''}`, totals.tax.presentment)}
      ${row('Total', totals.total.presentment)}
      ${order.refunds.map(({ total }) => row('Refunded', -total.presentment))}
    </tbody>
  </table>`;
}

/** Parts: a parcel with some of the things, or some of the money back. */
function partly(shop: Shop, order: Order, here: string): Markup {
  const { canFulfil, canRefund } = possible(order);
  const open = order.lines.filter(
    (line) => line.requiresShipping && line.currentQuantity > line.fulfilledQuantity,
  );
  const to = (verb: string) => `${here}/${verb}?shop=${shop.domain}`;
  return html`${
    canFulfil
      ? html`<details>
          <summary>Fulfil a part</summary>
          <form method="post" action="${to('fulfil')}">
            ${open.map(
              ({ id, title, currentQuantity, fulfilledQuantity }, index) =>
                html`<label for="line-${index}">${title}</label>
                  <input
                    id="line-${index}"
                    type="number"
                    name="line:${id}"
                    min="0"
                    max="${currentQuantity - fulfilledQuantity}"
                    value="0"
                  />`,
            )}
            <label for="carrier">Carrier</label>
            <input id="carrier" name="carrier" placeholder="An Post" />
            <p><button>Fulfil these</button></p>
          </form>
        </details>`
      : ''
  }
  ${
    canRefund
      ? html`<details>
          <summary>Refund an amount</summary>
          <form method="post" action="${to('refund')}">
            <label for="amount">Amount in ${order.presentmentCurrency}</label>
            <input
              id="amount"
              name="amount"
              inputmode="decimal"
              placeholder="${decimal(Math.round(order.totals.total.presentment / 4), order.presentmentCurrency)}"
              required
            />
            <p><button>Refund</button></p>
          </form>
          <form method="post" action="${to('return')}"><button>The customer wants to return it</button></form>
        </details>`
      : ''
  }`;
}
