import type { Discount } from '../../state/discount.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { count, money } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html } from '../html.ts';
import { adminPage } from './layout.ts';
import { searchBar } from './list.ts';

const MOST = 200;

/** Codes of the shop, most of them made by the app, with how often each was used. */
export function discountRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/admin/discounts', handle: (request) => list(sandbox, request) },
    { method: 'GET', path: '/admin/discounts/*', handle: () => redirect('/admin/discounts') },
  ];
}

function list(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const query = (request.query.get('query') ?? '').trim().toUpperCase();
  const all = shop.discounts.flatMap((discount) => discount.codes.map((code) => ({ discount, code })));
  const found = all.filter(({ discount, code }) =>
    `${code.code} ${discount.title}`.toUpperCase().includes(query),
  );
  found.sort((a, b) => b.code.uses.length - a.code.uses.length);
  const now = sandbox.clock.iso();
  return adminPage(sandbox, request, {
    title: 'Discounts',
    shop,
    place: 'discounts',
    content: html`<main id="content" class="admin-page">
      <h1>Discounts</h1>
      <div class="card flush">
        ${searchBar('Search codes', request)}
        ${
          found.length === 0
            ? html`<p class="empty">${query ? 'No code fits.' : 'No codes yet. The app makes them.'}</p>`
            : html`<div class="scroll">
                <table>
                  <thead>
                    <tr>
                      <th>Code</th>
                      <th>Belongs to</th>
                      <th>Worth</th>
                      <th class="right">Used</th>
                      <th>State</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${found.slice(0, MOST).map(
                      ({ discount, code }) =>
                        html`<tr>
                          <td>
                            <strong>${code.code}</strong>
                            <a href="${sandbox.urls.discount(shop, code.code)}">try it</a>
                          </td>
                          <td>${discount.title}</td>
                          <td>${worth(discount, shop.currency)}</td>
                          <td class="right">
                            ${code.uses.length}${discount.usageLimit === null ? '' : ` of ${discount.usageLimit}`}
                          </td>
                          <td>${stateOf(discount, now)}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>`
        }
        ${found.length > MOST ? html`<p class="toolbar quiet">${count(found.length - MOST, 'more code')}: search to find them.</p>` : ''}
      </div>
    </main>`,
  });
}

function worth({ value, kind }: Discount, currency: string): string {
  if (kind === 'free-shipping') return 'Free shipping';
  if (value === null) return 'Decided by the app';
  if ('percentage' in value) return `${Math.round(value.percentage * 1000) / 10} % off`;
  return `${money(value.amount, currency)} off`;
}

function stateOf({ startsAt, endsAt }: Discount, now: string) {
  if (endsAt !== null && Date.parse(endsAt) <= Date.parse(now))
    return html`<span class="badge">expired</span>`;
  if (Date.parse(startsAt) > Date.parse(now)) return html`<span class="badge warn">scheduled</span>`;
  return html`<span class="badge good">active</span>`;
}
