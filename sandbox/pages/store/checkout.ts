import { randomBytes } from 'node:crypto';
import { BadInput } from '../../bad-input.ts';
import type { Customer } from '../../state/customer.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, PricedCart, Route, Sandbox, Visit } from '../../types.ts';
import { shopMark } from '../drawings/marks.ts';
import { money } from '../format.ts';
import { fragment, redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { page } from '../page.ts';
import { block, knownTo, localeTag } from './blocks.ts';
import { cartLines, dropCode, keepCode } from './cart.ts';
import { checkoutFields, payForm } from './checkout-fields.ts';
import { cartOf, draftOf, forgetDraft, keepDraft, missing, orderOf, type Draft } from './draft.ts';
import { loggedIn, rootOf } from './layout.ts';
import { drawSummary, summaryOfCart } from './summary.ts';

/** The checkout: who, where to, codes, and the button that pays. */
export function checkoutRoutes(sandbox: Sandbox): Route[] {
  const at = (path: string) => `/store/:shop/checkout${path}`;
  return [
    { method: 'GET', path: at(''), handle: (request) => show(sandbox, request) },
    { method: 'POST', path: at(''), handle: (request) => pay(sandbox, request) },
    { method: 'POST', path: at('/summary'), handle: (request) => refresh(sandbox, request) },
    { method: 'POST', path: at('/codes'), handle: (request) => changeCodes(sandbox, request) },
    { method: 'POST', path: at('/buyer'), handle: (request) => chooseBuyer(sandbox, request) },
  ];
}

interface Checkout {
  shop: Shop;
  visit: Visit;
  customer: Customer | null;
  draft: Draft;
  priced: PricedCart;
}

function open(sandbox: Sandbox, request: PageRequest): Checkout {
  const shop = shopHere(sandbox, request);
  const visit = sandbox.visit(request);
  const customer = loggedIn(sandbox, request, shop);
  const draft = draftOf(visit, shop, customer);
  return {
    shop,
    visit,
    customer,
    draft,
    priced: sandbox.store.price(shop, cartOf(visit, shop, draft, customer)),
  };
}

function show(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  if (cartLines(shop, sandbox.visit(request)).length === 0) return redirect(`${rootOf(shop)}/cart`);
  const checkout = open(sandbox, request);
  const { visit, customer, draft, priced } = checkout;
  return page(sandbox, request, {
    title: `Checkout · ${shop.name}`,
    shop,
    door: 'store',
    kind: 'checkout',
    scripts: ['checkout.js'],
    status: refused ? 422 : 200,
    body: html`<div class="checkout-columns" data-root="${rootOf(shop)}/checkout">
      <main id="content" class="checkout-main">
        <a class="checkout-brand" href="${rootOf(shop)}"
          >${raw(shopMark(shop.domain))}<span>${shop.name}</span></a
        >
        <h1 class="hidden">Checkout</h1>
        ${buyers(shop, customer)}
        <form id="checkout-form" method="post" action="${rootOf(shop)}/checkout" novalidate>
          ${checkoutFields(draft, customer, refused)}
          ${block(shop, {
            target: 'purchase.checkout.block.render',
            order: null,
            checkoutToken: visit.checkoutToken,
            customer: knownTo(customer),
            locale: localeTag(visit.locale ?? customer?.locale ?? shop.locale, draft.country),
            country: draft.country,
            currency: priced.presentmentCurrency,
            discountCodes: visit.discountCodes,
            discountUrl: `${rootOf(shop)}/checkout/codes`,
          })}
          ${payForm(money(priced.totals.total.presentment, priced.presentmentCurrency))}
        </form>
      </main>
      <div id="summary">${sideOf(sandbox, checkout)}</div>
    </div>`,
  });
}

/** A toy's privilege: buy as somebody who was here before. */
function buyers(shop: Shop, chosen: Customer | null): Markup {
  return html`<form class="toy" method="post" action="${rootOf(shop)}/checkout/buyer">
    <label for="buyer">Sandbox: buy as</label>
    <select id="buyer" name="customer">
      <option value="">Somebody new (a guest)</option>
      ${shop.customers.map(
        (each) =>
          html`<option value="${each.id}" ${each === chosen ? raw('selected') : ''}>
            ${[each.firstName, each.lastName].filter(Boolean).join(' ')} ·
            ${each.email ?? each.phone ?? 'no address'} · ${each.addresses[0]?.country}
          </option>`,
      )}
    </select>
    <button>Choose</button>
  </form>`;
}

function sideOf(sandbox: Sandbox, { shop, priced, visit }: Checkout, refused?: string): Markup {
  const problems = priced.codes.filter(({ accepted }) => !accepted);
  const note =
    refused ??
    problems
      .map(({ code, problem }) => problem ?? `${code} isn’t valid for the items in your cart`)
      .join(' ');
  const codes = html`<form class="codes" method="post" action="${rootOf(shop)}/checkout/codes">
      <label class="hidden" for="code">Discount code or gift card</label>
      <input
        id="code"
        name="code"
        placeholder="Discount code or gift card"
        autocomplete="off"
        ${note ? raw('aria-invalid="true" aria-describedby="code-problem"') : ''}
      />
      <button>Apply</button>
      ${note ? html`<p id="code-problem" class="field-problem" role="alert">${note}</p>` : ''}
    </form>
    ${visit.discountCodes.map(
      (code) =>
        html`<form class="code-tag" method="post" action="${rootOf(shop)}/checkout/codes">
          <span class="badge">${code}</span>
          <button class="plain" name="remove" value="${code}" aria-label="Remove code ${code}">✕</button>
        </form>`,
    )}`;
  return drawSummary(sandbox, shop, summaryOfCart(priced), codes);
}

function refresh(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  keepDraft(sandbox.visit(request), shop, request.form());
  const checkout = open(sandbox, request);
  const { priced } = checkout;
  const answer = fragment(sideOf(sandbox, checkout));
  const pays = money(priced.totals.total.presentment, priced.presentmentCurrency);
  return { ...answer, headers: { 'x-total': encodeURIComponent(pays) } };
}

/** The page's own field posts a form, the extension posts JSON; a code that the shop does not take is not kept. */
function changeCodes(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const visit = sandbox.visit(request);
  const byExtension = (request.headers['content-type'] ?? '').includes('json');
  const { add, remove } = byExtension ? asked(request.json()) : written(request.form());
  if (remove) dropCode(visit, remove);
  if (add) keepCode(visit, add);
  const checkout = open(sandbox, request);
  const told = checkout.priced.codes.find(({ code }) => code.toUpperCase() === add?.trim().toUpperCase());
  const refused = add && !told?.accepted ? (told?.problem ?? 'Enter a valid discount code') : undefined;
  if (add && refused) dropCode(visit, add);
  if (byExtension)
    return refused
      ? { status: 422, body: { error: refused } }
      : { body: { discountCodes: visit.discountCodes } };
  if (request.headers['x-fragment'])
    return fragment(sideOf(sandbox, refused ? open(sandbox, request) : checkout, refused));
  return redirect(`${rootOf(shop)}/checkout`);
}

function asked(body: unknown): { add?: string; remove?: string } {
  const { type, code } = (body ?? {}) as { type?: unknown; code?: unknown };
  if (typeof code !== 'string') throw new BadInput('code: a text is needed');
  if (type === 'addDiscountCode') return { add: code };
  if (type === 'removeDiscountCode') return { remove: code };
  throw new BadInput(`type: addDiscountCode or removeDiscountCode, not ${String(type)}`);
}

function written(form: URLSearchParams): { add?: string; remove?: string } {
  return { add: form.get('code')?.trim() || undefined, remove: form.get('remove') ?? undefined };
}

function chooseBuyer(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const visit = sandbox.visit(request);
  const id = request.form().get('customer');
  visit.customer = shop.customers.find((customer) => customer.id === id)?.id ?? null;
  forgetDraft(visit, shop);
  return redirect(`${rootOf(shop)}/checkout`);
}

function pay(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const visit = sandbox.visit(request);
  if (cartLines(shop, visit).length === 0) return redirect(`${rootOf(shop)}/cart`);
  const draft = keepDraft(visit, shop, request.form());
  const refused = missing(draft);
  if (refused) return show(sandbox, request, refused);
  try {
    const order = sandbox.store.placeOrder(
      shop,
      orderOf(visit, shop, draft, loggedIn(sandbox, request, shop)),
    );
    visit.cart = [];
    visit.discountCodes = [];
    visit.checkoutToken = randomBytes(16).toString('hex');
    forgetDraft(visit, shop);
    return redirect(sandbox.urls.thankYou(shop, order));
  } catch (error) {
    if (error instanceof BadInput) return show(sandbox, request, error.message);
    throw error;
  }
}
