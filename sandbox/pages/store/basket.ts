import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { count, money } from '../format.ts';
import { ownPath, pressed, redirect, shopHere } from '../here.ts';
import { html, type Markup } from '../html.ts';
import { cartCount, cartLines, setQuantity, type CartLine } from './cart.ts';
import { rootOf, storePage } from './layout.ts';

/** The basket, links that carry a discount code, and the language of the checkout. */
export function basketRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/store/:shop/cart', handle: (request) => basket(sandbox, request) },
    {
      method: 'POST',
      path: '/store/:shop/cart',
      handle(request) {
        const form = request.form();
        setQuantity(
          sandbox.visit(request),
          form.get('variant') ?? '',
          Number(pressed(form, 'quantity') ?? 0),
        );
        return redirect(`${rootOf(shopHere(sandbox, request))}/cart`);
      },
    },
    { method: 'GET', path: '/discount/:code', handle: (request) => bringCode(sandbox, request) },
    {
      method: 'POST',
      path: '/store/:shop/language',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const form = request.form();
        const locale = form.get('locale') ?? '';
        if (shop.locales.includes(locale)) sandbox.visit(request).locale = locale;
        return redirect(ownPath(form.get('back'), rootOf(shop)));
      },
    },
  ];
}

/** `/discount/CODE?redirect=/products/x` without a shop: the same link of the shop that was looked at last. */
function bringCode(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  return redirect(sandbox.urls.discount(shop, request.params.code ?? '') + request.url.search);
}

function basket(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const visit = sandbox.visit(request);
  const lines = cartLines(shop, visit);
  const subtotal = lines.reduce((sum, { variant, quantity }) => sum + variant.price * quantity, 0);
  return storePage(sandbox, request, {
    title: 'Cart',
    shop,
    scripts: ['quantity.js'],
    body: lines.length
      ? html`<section class="basket">
          <h1>Your cart</h1>
          <ul>
            ${lines.map((line) => lineItem(sandbox, shop, line))}
          </ul>
          <div class="basket-sum">
            <p>
              <span>${count(cartCount(shop, visit), 'item')}</span
              ><strong>${money(subtotal, shop.currency)}</strong>
            </p>
            ${
              visit.discountCodes.length
                ? html`<p class="note">Code ${visit.discountCodes.join(', ')} will be used at checkout.</p>`
                : ''
            }
            <p class="quiet">Shipping and discounts come at checkout.</p>
            <a class="button primary buy" href="${rootOf(shop)}/checkout">Check out</a>
          </div>
        </section>`
      : html`<section class="empty">
          <h1>Your cart is empty</h1>
          <p>The kettle is a good place to begin.</p>
          <a class="button primary" href="${rootOf(shop)}">To the shelves</a>
        </section>`,
  });
}

function lineItem(sandbox: Sandbox, shop: Shop, { product, variant, quantity }: CartLine): Markup {
  const root = rootOf(shop);
  return html`<li>
    <a href="${root}/products/${product.handle}"
      ><img src="${sandbox.urls.image(product.handle)}" alt="" width="96" height="96"
    /></a>
    <div>
      <a href="${root}/products/${product.handle}"><strong>${product.title}</strong></a>
      <p class="quiet">${variant.title === 'Default Title' ? '' : variant.title}</p>
    </div>
    <form method="post" action="${root}/cart" class="quantity">
      <input type="hidden" name="variant" value="${variant.id}" />
      <label class="hidden" for="q-${variant.sku}">How many of ${product.title}</label>
      <input
        id="q-${variant.sku}"
        name="quantity"
        type="number"
        min="0"
        max="99"
        value="${quantity}"
        inputmode="numeric"
      />
      <button>Update</button>
      <button class="link" name="quantity" value="0" formnovalidate>Remove</button>
    </form>
    <span class="right">${money(variant.price * quantity, shop.currency)}</span>
  </li>`;
}
