import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { merchantPanel } from '../admin/merchant.ts';
import { day } from '../format.ts';
import { shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { notFound } from '../page.ts';
import { block, knownTo, localeTag, orderTo } from './blocks.ts';
import { loggedIn, rootOf } from './layout.ts';
import { checkoutCompleted } from './pixels.ts';
import { customerOf, orderDetails, orderPage, progress, shipments } from './order-view.ts';

/** Where a buyer lands after paying, and where they come back to; addresses are those of `sandbox.urls`. */
export function orderRoutes(sandbox: Sandbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/store/:shop/checkouts/:token/thank-you',
      handle: (request) => thankYou(sandbox, request),
    },
    {
      method: 'GET',
      path: '/store/:shop/:number/orders/:token/authenticate',
      handle: (request) => orderStatus(sandbox, request),
    },
  ];
}

function thankYou(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const order = shop.orders.find(({ checkoutToken }) => checkoutToken === request.params.token);
  if (!order) return notFound(sandbox, request, shop, 'store', 'The shop knows no such checkout.');
  const customer = loggedIn(sandbox, request, shop);
  const buyer = customerOf(shop, order);
  const name = order.shippingAddress?.firstName ?? buyer?.firstName;
  return orderPage(sandbox, request, {
    title: 'Thank you',
    shop,
    order,
    happened: [checkoutCompleted(sandbox, order)],
    body: html`<header class="thanks">
        ${tick()}
        <div>
          <p class="quiet">Confirmation #${order.confirmationNumber}</p>
          <h1>Thank you${name ? `, ${name}` : ''}!</h1>
        </div>
      </header>
      <section class="card">
        <h2>Your order is confirmed</h2>
        <p>You’ll get a mail at ${order.email ?? 'the address you gave'} when it is on its way.</p>
      </section>
      ${block(shop, {
        target: 'purchase.thank-you.block.render',
        ...known(order, shop),
        customer: knownTo(customer && customer.id === order.customer ? customer : null),
      })}
      ${orderDetails(order)}
      <p class="checkout-foot">
        <a href="${sandbox.urls.orderStatus(shop, order)}">The order’s own page</a>
        <a class="button primary" href="${rootOf(shop)}">Continue shopping</a>
      </p>
      ${merchantPanel(shop, order, request.url.pathname + request.url.search)}`,
  });
}

function orderStatus(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const order = shop.orders.find(({ token }) => token === request.params.token);
  if (!order) return notFound(sandbox, request, shop, 'store', 'The shop knows no such order.');
  const customer = loggedIn(sandbox, request, shop);
  const owner = customerOf(shop, order);
  const { word, tone } = progress(order);
  const zone = shop.timezone;
  return orderPage(sandbox, request, {
    title: `Order ${order.name}`,
    shop,
    order,
    body: html`<header class="status-head">
        <p class="quiet"><a href="${rootOf(shop)}/account">Orders</a></p>
        <h1>Order ${order.name} <span class="badge ${tone}">${word}</span></h1>
        <p class="quiet">
          Confirmed ${day(order.processedAt, zone)} · Confirmation #${order.confirmationNumber}
        </p>
      </header>
      ${owner ? loginLine(shop, order, customer?.id === owner.id, owner.firstName ?? owner.email ?? 'the customer', request.url.pathname + request.url.search) : ''}
      <section class="card">
        <h2>${order.cancelledAt ? `Cancelled on ${day(order.cancelledAt, zone)}` : 'Where it is'}</h2>
        ${order.cancelledAt ? '' : shipments(order, zone)}
      </section>
      ${block(shop, {
        target: 'customer-account.order-status.block.render',
        ...known(order, shop),
        customer: knownTo(customer && customer.id === order.customer ? customer : null),
      })}
      ${orderDetails(order)} ${merchantPanel(shop, order, request.url.pathname + request.url.search)}`,
  });
}

/** What an extension may know of an order. */
function known(order: Order, shop: Shop) {
  const country = order.shippingAddress?.country ?? shop.address.country;
  return {
    order: orderTo(order),
    checkoutToken: order.checkoutToken,
    locale: localeTag(order.customerLocale, country),
    country,
    currency: order.presentmentCurrency,
    discountCodes: order.discounts.map(({ code }) => code),
  };
}

/** A toy's log in: no password, one button. */
function loginLine(shop: Shop, order: Order, isOwner: boolean, name: string, back: string): Markup {
  return html`<form class="toy" method="post" action="${rootOf(shop)}/account/${isOwner ? 'leave' : 'enter'}">
    <input type="hidden" name="back" value="${back}" />
    <input type="hidden" name="customer" value="${order.customer}" />
    <span>Sandbox: ${isOwner ? `logged in as ${name}` : 'not logged in, as from a mail’s link'}</span>
    <button>${isOwner ? 'Log out' : `Log in as ${name}`}</button>
  </form>`;
}

function tick(): Markup {
  return raw(
    '<svg viewBox="0 0 48 48" width="48" height="48" fill="none" stroke="#2f5d3a" stroke-width="2.5" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="M15 25l6 6 12-13" stroke-linecap="round" stroke-linejoin="round"/></svg>',
  );
}
