import type { Shop } from '../../state/shop.ts';
import type { Delivery } from '../../state/traffic.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { day, distance } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html, type Markup } from '../html.ts';
import { problem } from '../page.ts';
import { place, placements } from '../store/blocks.ts';
import { adminPage, APP_NAME, APP_PREFIX } from './layout.ts';

const DELIVERIES = 40;
const PLACES: Record<string, string> = {
  'purchase.thank-you.block.render': 'Thank-you page',
  'customer-account.order-status.block.render': 'Order-status page',
  'purchase.checkout.block.render': 'Checkout',
  'customer-account.page.render': 'Customer account, a page of its own',
};

/** What a merchant does around the app: install it, remove it, place its blocks; and what was sent to it. */
export function settingsRoutes(sandbox: Sandbox): Route[] {
  const post = (
    name: string,
    act: (shop: Shop, form: URLSearchParams) => void | Promise<void>,
    to: string,
  ): Route => ({
    method: 'POST',
    path: `/admin/settings/${name}`,
    async handle(request) {
      const shop = shopHere(sandbox, request);
      try {
        await act(shop, request.form());
      } catch (error) {
        return show(sandbox, request, error instanceof Error ? error.message : String(error));
      }
      return redirect(to);
    },
  });
  return [
    { method: 'GET', path: '/admin/settings', handle: (request) => show(sandbox, request) },
    { method: 'GET', path: '/admin/settings/*', handle: (request) => show(sandbox, request) },
    post('install', (shop) => sandbox.install(shop), APP_PREFIX),
    post('uninstall', (shop) => sandbox.uninstall(shop), '/admin/settings'),
    post(
      'block',
      (shop, form) => place(shop, form.get('target') ?? '', form.has('place')),
      '/admin/settings',
    ),
  ];
}

function show(sandbox: Sandbox, request: PageRequest, refused?: string): PageAnswer {
  const shop = shopHere(sandbox, request);
  return adminPage(sandbox, request, {
    title: 'Settings',
    shop,
    place: 'settings',
    content: html`<main id="content" class="admin-page">
      <h1>Settings</h1>
      ${problem(refused)} ${blocks(shop)} ${installation(shop)}
      ${deliveries(
        sandbox.state.deliveries.filter((each) => each.shop === shop.domain),
        sandbox.clock.now(),
      )}
    </main>`,
  });
}

function blocks(shop: Shop): Markup {
  const all = placements(shop);
  return html`<section class="card" id="checkout">
    <h2>Checkout and accounts</h2>
    <p class="quiet">
      Blocks of apps on the pages that Shopify owns. In a real shop they are placed in the checkout editor.
    </p>
    ${all.length === 0 ? html`<p>${APP_NAME} brings no blocks.</p>` : ''}
    ${all.map(
      ({ target, handle, placed }) =>
        html`<form method="post" action="/admin/settings/block" class="actions block-row">
          <input type="hidden" name="target" value="${target}" />
          <span><strong>${PLACES[target] ?? target}</strong> <small class="quiet">${handle}</small></span>
          <span class="badge ${placed ? 'good' : ''}">${placed ? 'placed' : 'not placed'}</span>
          ${placed ? html`<button>Remove</button>` : html`<button class="primary" name="place" value="1">Add block</button>`}
        </form>`,
    )}
  </section>`;
}

function installation(shop: Shop): Markup {
  const { installation: installed } = shop;
  return html`<section class="card">
    <h2>${APP_NAME}</h2>
    ${
      installed
        ? html`<p>
              Installed ${day(installed.installedAt, shop.timezone)}. It may:
              ${installed.scopes.map((scope) => html`<span class="badge">${scope}</span> `)}
            </p>
            <form method="post" action="/admin/settings/uninstall">
              <button class="critical">Uninstall</button>
            </form>`
        : html`<p>Not installed.</p>
            <form method="post" action="/admin/settings/install">
              <button class="primary">Install app</button>
            </form>`
    }
  </section>`;
}

function deliveries(all: Delivery[], now: number): Markup {
  const last = all.slice(-DELIVERIES).reverse();
  return html`<section class="card flush">
    <h2 class="toolbar">Webhooks to the app</h2>
    ${last.length === 0 ? html`<p class="empty">Nothing was sent yet.</p>` : ''}
    <div class="scroll">
      <table>
        <tbody>
          ${last.map(
            ({ topic, triggeredAt, state, attempts }) =>
              html`<tr>
                <td><strong>${topic}</strong></td>
                <td class="quiet">${distance(triggeredAt, now)}</td>
                <td>
                  <span
                    class="badge ${state === 'delivered' ? 'good' : state === 'failed' || state === 'lost' ? 'bad' : 'warn'}"
                    >${state}</span
                  >
                </td>
                <td class="quiet">
                  ${attempts.map(({ status, ms, error }) => `${status ?? error ?? '–'} in ${ms} ms`).join(', ')}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
