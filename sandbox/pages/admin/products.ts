import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { idOf, money } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html } from '../html.ts';
import { searchBar } from './list.ts';
import { adminPage } from './layout.ts';

/** What the shop sells; tags can be changed, because care guides hang on them. */
export function productRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/admin/products', handle: (request) => list(sandbox, request) },
    {
      // `shopify://admin/products/123` of the app.
      method: 'GET',
      path: '/admin/products/:id',
      handle: (request) => redirect(`/admin/products#p${request.params.id}`),
    },
    {
      method: 'POST',
      path: '/admin/products/:id/tags',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const product = shop.products.find(({ id }) => idOf(id) === request.params.id);
        const tags = (request.form().get('tags') ?? '').split(',').map((tag) => tag.trim());
        if (product) sandbox.store.updateProduct(shop, product, { tags: tags.filter(Boolean) });
        return redirect('/admin/products');
      },
    },
  ];
}

function list(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const query = (request.query.get('query') ?? '').trim().toLowerCase();
  const products = shop.products.filter((product) =>
    `${product.title} ${product.tags.join(' ')}`.toLowerCase().includes(query),
  );
  return adminPage(sandbox, request, {
    title: 'Products',
    shop,
    place: 'products',
    content: html`<main id="content" class="admin-page">
      <h1>Products</h1>
      <div class="card flush">
        ${searchBar('Search products', request)}
        ${products.length === 0 ? html`<p class="empty">No product fits.</p>` : ''}
        <div class="scroll">
          <table class="rows">
            <tbody>
              ${products.map(
                (product) =>
                  html`<tr id="p${idOf(product.id)}">
                    <td><img src="${sandbox.urls.image(product.handle)}" alt="" /></td>
                    <td>
                      <a href="${sandbox.urls.product(shop, product)}"><strong>${product.title}</strong></a
                      ><br />
                      <small class="quiet">${product.productType}</small>
                      ${product.status === 'ACTIVE' ? '' : html`<span class="badge">${product.status.toLowerCase()}</span>`}
                    </td>
                    <td>
                      ${product.variants.map(({ title, price }) => html`${title === 'Default Title' ? '' : `${title} `}${money(price, shop.currency)}<br />`)}
                    </td>
                    <td>
                      <form method="post" action="/admin/products/${idOf(product.id)}/tags" class="tags-form">
                        <label class="hidden" for="tags-${idOf(product.id)}">Tags of ${product.title}</label>
                        <input id="tags-${idOf(product.id)}" name="tags" value="${product.tags.join(', ')}" />
                        <button>Save tags</button>
                      </form>
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </div>
    </main>`,
  });
}
