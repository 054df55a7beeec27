import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Sandbox } from '../../types.ts';
import { appMark, icon, shopMark } from '../drawings/marks.ts';
import { html, raw, type Markup, type Piece } from '../html.ts';
import { page } from '../page.ts';

type AdminPlace = 'orders' | 'products' | 'customers' | 'discounts' | 'settings' | 'app';

/** Path under which the app's own paths stand, as `/store/…/apps/…` does at Shopify. */
export const APP_PREFIX = '/admin/apps/everafter';
export const APP_NAME = 'Everafter';

const MENU: { place: AdminPlace; label: string; picture: Parameters<typeof icon>[0] }[] = [
  { place: 'orders', label: 'Orders', picture: 'orders' },
  { place: 'products', label: 'Products', picture: 'products' },
  { place: 'customers', label: 'Customers', picture: 'customers' },
  { place: 'discounts', label: 'Discounts', picture: 'discounts' },
];

export interface AdminParts {
  title: string;
  shop: Shop;
  place: AdminPlace;
  content: Piece;
  scripts?: string[];
  /** Above everything: what the app may put over the page. */
  overlays?: Markup;
}

/** The admin around a page of its own or around the app. */
export function adminPage(sandbox: Sandbox, request: PageRequest, parts: AdminParts): PageAnswer {
  const { title, shop, place, content, scripts = [], overlays } = parts;
  const here = (each: AdminPlace) => (each === place ? raw('aria-current="page"') : '');
  return page(sandbox, request, {
    title: `${title} · ${shop.name} · Admin`,
    shop,
    door: 'admin',
    kind: place === 'app' ? 'admin with-app' : 'admin',
    scripts: ['menu.js', ...scripts],
    body: html`<div class="admin-top">
        <button
          type="button"
          id="nav-toggle"
          class="plain"
          aria-expanded="false"
          aria-controls="admin-nav"
          aria-label="Menu"
        >
          ${raw(icon('menu'))}
        </button>
        <a class="admin-brand" href="/admin/orders">${raw(shopMark(shop.domain))}<span>${shop.name}</span></a>
        ${overlays}
        <span class="admin-user" title="${shop.ownerName}, owner">${initials(shop.ownerName)}</span>
      </div>
      <div class="admin-body">
        <nav id="admin-nav" class="admin-nav" aria-label="Admin">
          <ul>
            ${MENU.map(
              (entry) =>
                html`<li>
                  <a href="/admin/${entry.place}" ${here(entry.place)}
                    >${raw(icon(entry.picture))}${entry.label}</a
                  >
                </li>`,
            )}
          </ul>
          <h2>Apps</h2>
          <ul>
            <li>
              <a id="app-home" href="${APP_PREFIX}" ${here('app')}>${raw(appMark())}${APP_NAME}</a>
              <ul id="app-nav"></ul>
            </li>
          </ul>
          <ul class="admin-foot">
            <li><a href="/admin/settings" ${here('settings')}>${raw(icon('settings'))}Settings</a></li>
          </ul>
        </nav>
        ${content}
      </div>`,
  });
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
}
