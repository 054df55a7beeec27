import type { Product } from '../../state/product.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { money } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';
import { notFound } from '../page.ts';
import { drawBlock } from '../../theme/blocks.ts';
import { addToCart } from './cart.ts';
import { rootOf, storePage } from './layout.ts';

/** The grid, one collection, one product, and the way of a product into the basket. */
export function shelfRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/store', handle: (request) => redirect(rootOf(shopHere(sandbox, request))) },
    { method: 'GET', path: '/store/:shop', handle: (request) => front(sandbox, request) },
    {
      method: 'GET',
      path: '/store/:shop/collections/:handle',
      handle: (request) => collection(sandbox, request),
    },
    {
      method: 'GET',
      path: '/store/:shop/products/:handle',
      handle: (request) => productPage(sandbox, request),
    },
    {
      method: 'POST',
      path: '/store/:shop/cart/add',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const form = request.form();
        addToCart(sandbox.visit(request), form.get('variant') ?? '', Number(form.get('quantity') ?? 1));
        return redirect(`${rootOf(shop)}/cart`);
      },
    },
  ];
}

function front(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const products = onSale(shop);
  const [first, second, third] = products;
  return storePage(sandbox, request, {
    title: 'Good things for the kitchen',
    shop,
    body: html`<section class="hero">
        <div>
          <h1>Good things for the kitchen, made to stay.</h1>
          <p>A dozen of them, no more. Each is in use in our own kitchen above the shop.</p>
          <a class="button primary" href="#shelves">See what there is</a>
        </div>
        <div class="hero-pictures" aria-hidden="true">
          ${[first, second, third].map((each) => each && html`<img src="${sandbox.urls.image(each.handle)}" alt="" width="260" height="260" />`)}
        </div>
      </section>
      ${products.length ? grid(sandbox, shop, products) : html`<p class="empty">The shelves are empty.</p>`}`,
  });
}

function collection(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const found = shop.collections.find(({ handle }) => handle === request.params.handle);
  if (!found) return notFound(sandbox, request, shop, 'store', 'The shop has no such shelf.');
  const products = onSale(shop).filter(({ collections }) => collections.includes(found.id));
  return storePage(sandbox, request, {
    title: found.title,
    shop,
    body: html`<h1 class="shelf-title">${found.title}</h1>
      ${products.length ? grid(sandbox, shop, products) : html`<p class="empty">Nothing on this shelf today.</p>`}`,
  });
}

async function productPage(sandbox: Sandbox, request: PageRequest): Promise<PageAnswer> {
  const shop = shopHere(sandbox, request);
  const product = onSale(shop).find(({ handle }) => handle === request.params.handle);
  if (!product) return notFound(sandbox, request, shop, 'store', 'The shop does not sell this (any more).');
  const others = onSale(shop).filter(
    (each) => each !== product && each.collections.some((id) => product.collections.includes(id)),
  );
  const blocks = await blocksOf(sandbox, request, shop, product);
  return storePage(sandbox, request, {
    title: product.title,
    shop,
    head: blocks.head,
    body: html`<article class="product">
        <img
          class="product-picture"
          src="${sandbox.urls.image(product.handle)}"
          alt="${product.title}"
          width="640"
          height="640"
        />
        <div>
          <p class="quiet">${product.productType}</p>
          <h1>${product.title}</h1>
          ${blocks.stars}
          <p class="lead">${product.description}</p>
          <form method="post" action="${rootOf(shop)}/cart/add">
            ${choice(product, shop)}
            <label for="quantity">How many</label>
            <input
              id="quantity"
              name="quantity"
              type="number"
              min="1"
              max="99"
              value="1"
              inputmode="numeric"
            />
            <button class="primary buy">Add to cart</button>
          </form>
          <ul class="promises">
            <li>
              ${
                shop.shipping.freeFrom === null
                  ? `Shipping ${money(shop.shipping.flat, shop.currency)}`
                  : `Free shipping from ${money(shop.shipping.freeFrom, shop.currency)}`
              }
            </li>
            <li>Thirty days to change your mind</li>
            <li>A care guide comes with the parcel’s arrival</li>
          </ul>
        </div>
      </article>
      ${blocks.below} ${others.length ? beside(sandbox, shop, others) : ''}`,
  });
}

const beside = (sandbox: Sandbox, shop: Shop, others: Product[]): Markup =>
  html`<section class="beside">
    <h2>Beside it on the shelf</h2>
    ${grid(sandbox, shop, others.slice(0, 4))}
  </section>`;

/** What a merchant has put on the product's page from the app; `?blocks=none`: nothing. */
async function blocksOf(sandbox: Sandbox, request: PageRequest, shop: Shop, product: Product) {
  if (request.query.get('blocks') === 'none') return { head: html``, stars: html``, below: html`` };
  const page = {
    shop,
    product,
    locale: sandbox.visit(request).locale ?? shop.locale,
    url: sandbox.urls.store(shop),
    path: `/products/${product.handle}`,
  };
  const draw = async (block: string) => raw(await drawBlock(block, page));
  return {
    head: html`<link rel="stylesheet" href="/theme-extension/everafter.css" />
      <script src="/theme-extension/everafter.js" defer></script>`,
    stars: html`${await draw('stars')}${await draw('answer-time')}`,
    below: html`${await draw('reviews')}${await draw('questions')}${await draw('stories')}${await draw('latest-reviews')}`,
  };
}

function choice(product: Product, shop: Shop): Markup {
  const [only] = product.variants;
  if (product.variants.length === 1 && only) {
    return html`<p class="price">${money(only.price, shop.currency)}</p>
      <input type="hidden" name="variant" value="${only.id}" />`;
  }
  return html`<fieldset class="choices">
    <legend>${product.options[0]}</legend>
    ${product.variants.map(
      (variant, index) =>
        html`<label
          ><input
            type="radio"
            name="variant"
            value="${variant.id}"
            ${index === 0 ? raw('checked') : ''}
          /><span>${variant.title} <b>${money(variant.price, shop.currency)}</b></span></label
        >`,
    )}
  </fieldset>`;
}

function grid(sandbox: Sandbox, shop: Shop, products: Product[]): Markup {
  return html`<ul id="shelves" class="grid">
    ${products.map(
      (product) =>
        html`<li>
          <a href="${rootOf(shop)}/products/${product.handle}">
            <img src="${sandbox.urls.image(product.handle)}" alt="" width="400" height="400" loading="lazy" />
            <strong>${product.title}</strong>
            <span>${price(product, shop)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
}

function price(product: Product, shop: Shop): string {
  const prices = product.variants.map((variant) => variant.price);
  const least = Math.min(...prices);
  return `${Math.max(...prices) > least ? 'from ' : ''}${money(least, shop.currency)}`;
}

function onSale(shop: Shop): Product[] {
  return shop.products.filter(({ status }) => status === 'ACTIVE');
}
