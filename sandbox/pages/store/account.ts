import type { Customer } from '../../state/customer.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { day, money } from '../format.ts';
import { ownPath, redirect, shopHere } from '../here.ts';
import { html, type Markup } from '../html.ts';
import { block, knownTo, localeTag, placements } from './blocks.ts';
import { loggedIn, nameOf, rootOf, storePage } from './layout.ts';
import { addressLines, progress } from './order-view.ts';

const FRIENDS = 'customer-account.page.render';
const isPlaced = (shop: Shop) => placements(shop).some(({ target, placed }) => target === FRIENDS && placed);

/** A customer account without passwords: anybody may be anybody, it is a toy. */
export function accountRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/store/:shop/account', handle: (request) => account(sandbox, request) },
    { method: 'GET', path: '/store/:shop/account/friends', handle: (request) => friends(sandbox, request) },
    {
      method: 'POST',
      path: '/store/:shop/account/enter',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const form = request.form();
        const found = shop.customers.find(({ id }) => id === form.get('customer'));
        sandbox.visit(request).customer = found?.id ?? null;
        return redirect(ownPath(form.get('back'), `${rootOf(shop)}/account`));
      },
    },
    {
      method: 'POST',
      path: '/store/:shop/account/leave',
      handle(request) {
        const shop = shopHere(sandbox, request);
        sandbox.visit(request).customer = null;
        return redirect(ownPath(request.form().get('back'), `${rootOf(shop)}/account`));
      },
    },
  ];
}

function account(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const customer = loggedIn(sandbox, request, shop);
  return storePage(sandbox, request, {
    title: 'Account',
    shop,
    body: customer ? own(sandbox, shop, customer) : entrance(shop),
  });
}

/** A page of the app's own in the account, under its own address. */
function friends(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const customer = loggedIn(sandbox, request, shop);
  if (!customer) return redirect(`${rootOf(shop)}/account`);
  const country = customer.addresses[0]?.country ?? shop.address.country;
  return storePage(sandbox, request, {
    title: 'Friends',
    shop,
    body: html`<section class="account">
      <p class="quiet"><a href="${rootOf(shop)}/account">Account</a></p>
      ${block(shop, {
        target: FRIENDS,
        customer: knownTo(customer),
        locale: localeTag(customer.locale, country),
        country,
        currency: shop.currency,
      })}
    </section>`,
  });
}

function entrance(shop: Shop): Markup {
  return html`<section class="account">
    <h1>Log in</h1>
    ${
      shop.customers.length === 0
        ? html`<p>Nobody has bought anything yet. The first order makes the first customer.</p>`
        : html`<p>This is a toy: choose who you are.</p>
            <ul class="people">
              ${shop.customers.map(
                (each) =>
                  html`<li>
                    <form method="post" action="${rootOf(shop)}/account/enter">
                      <input type="hidden" name="customer" value="${each.id}" />
                      <button>
                        <strong>${nameOf(each)}</strong><span>${each.email ?? each.phone}</span>
                      </button>
                    </form>
                  </li>`,
              )}
            </ul>`
    }
  </section>`;
}

function own(sandbox: Sandbox, shop: Shop, customer: Customer): Markup {
  const orders = shop.orders.filter((order) => order.customer === customer.id).reverse();
  return html`<section class="account">
    <h1>Hello, ${customer.firstName ?? nameOf(customer)}</h1>
    <form method="post" action="${rootOf(shop)}/account/leave"><button>Log out</button></form>
    ${isPlaced(shop) ? html`<p><a href="${rootOf(shop)}/account/friends">Friends</a></p>` : ''}
    <h2>Orders</h2>
    ${orders.length === 0 ? html`<p class="quiet">None yet.</p>` : ''}
    <ul class="own-orders">
      ${orders.map((order) => {
        const { word, tone } = progress(order);
        return html`<li>
          <a href="${sandbox.urls.orderStatus(shop, order)}">
            <span class="own-pictures"
              >${order.lines.slice(0, 3).map(({ handle }) => html`<img src="${sandbox.urls.image(handle)}" alt="" width="52" height="52" />`)}</span
            >
            <span><strong>${order.name}</strong><small>${day(order.processedAt, shop.timezone)}</small></span>
            <span class="badge ${tone}">${word}</span>
            <span>${money(order.totals.total.presentment, order.presentmentCurrency)}</span>
          </a>
        </li>`;
      })}
    </ul>
    <h2>Address</h2>
    ${addressLines(customer.addresses[0] ?? null)}
  </section>`;
}
