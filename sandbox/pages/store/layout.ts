import type { Customer } from '../../state/customer.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Sandbox } from '../../types.ts';
import { icon, shopMark } from '../drawings/marks.ts';
import { html, raw, type Markup, type Piece } from '../html.ts';
import { page } from '../page.ts';
import { arrive } from '../../visits.ts';
import { cartCount } from './cart.ts';

export interface StoreParts {
  title: string;
  shop: Shop;
  body: Piece;
  kind?: string;
  scripts?: string[];
  status?: number;
  /** Further elements of the head. */
  head?: Markup;
}

/** A page of the storefront: its head, what it is about, its foot. */
export function storePage(sandbox: Sandbox, request: PageRequest, parts: StoreParts): PageAnswer {
  const { title, shop, body, kind = '', scripts, status, head } = parts;
  const visit = sandbox.visit(request);
  visit.shop = shop.domain;
  const path = request.url.pathname.slice(rootOf(shop).length) || '/';
  arrive(visit, path + request.url.search, sandbox.clock.now());
  const items = cartCount(shop, visit);
  const customer = loggedIn(sandbox, request, shop);
  const root = rootOf(shop);
  return page(sandbox, request, {
    title: `${title} · ${shop.name}`,
    shop,
    door: 'store',
    kind: `store ${kind}`,
    scripts,
    status,
    head,
    body: html`<header class="store-head">
        <a class="store-brand" href="${root}">${raw(shopMark(shop.domain))}<span>${shop.name}</span></a>
        <nav aria-label="Shop">
          ${shop.collections.map(({ handle, title: name }) => html`<a href="${root}/collections/${handle}">${name}</a>`)}
        </nav>
        <div class="store-own">
          <a href="${root}/account" aria-label="${customer ? `Account of ${nameOf(customer)}` : 'Log in'}"
            >${raw(icon('customers'))}<span
              >${customer ? (customer.firstName ?? 'Account') : 'Log in'}</span
            ></a
          >
          <a href="${root}/cart" aria-label="Cart, ${items} ${items === 1 ? 'item' : 'items'}"
            >${raw(icon('cart'))}<span>Cart</span>${items > 0 ? html`<b>${items}</b>` : ''}</a
          >
        </div>
      </header>
      <main id="content">${body}</main>
      ${foot(sandbox, request, shop)}`,
  });
}

function foot(sandbox: Sandbox, request: PageRequest, shop: Shop): Markup {
  const { locale } = sandbox.visit(request);
  const chosen = locale ?? shop.locale;
  return html`<footer class="store-foot">
    <p>${shop.name} · ${shop.address.line1}, ${shop.address.city} · ${shop.phone}</p>
    <form method="post" action="${rootOf(shop)}/language">
      <input type="hidden" name="back" value="${request.url.pathname}" />
      <label for="language">Language at checkout</label>
      <select id="language" name="locale">
        ${shop.locales.map(
          (each) =>
            html`<option value="${each}" ${each === chosen ? raw('selected') : ''}>
              ${languageName(each)}
            </option>`,
        )}
      </select>
      <button>Set</button>
    </form>
  </footer>`;
}

export function rootOf(shop: Shop): string {
  return `/store/${shop.handle}`;
}

/** The customer of this shop who is logged in with this browser. */
export function loggedIn(sandbox: Sandbox, request: PageRequest, shop: Shop): Customer | null {
  const { customer } = sandbox.visit(request);
  return shop.customers.find(({ id }) => id === customer) ?? null;
}

export function nameOf(customer: Customer): string {
  return (
    [customer.firstName, customer.lastName].filter(Boolean).join(' ') || (customer.email ?? 'A customer')
  );
}

function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1);
}
