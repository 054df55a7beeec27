import type { Customer } from '../../state/customer.ts';
import { countryOf } from '../../state/countries.ts';
import type { Shop } from '../../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { count, day, idOf, money } from '../format.ts';
import { redirect, shopHere } from '../here.ts';
import { html, type Markup } from '../html.ts';
import { notFound } from '../page.ts';
import { nameOf, rootOf } from '../store/layout.ts';
import { addressLines } from '../store/order-view.ts';
import { block } from '../store/blocks.ts';
import { adminPage } from './layout.ts';
import { pageOf, pager, searchBar } from './list.ts';

/** The shop's customers, and what one of them may change about the news they get. */
export function customerRoutes(sandbox: Sandbox): Route[] {
  return [
    { method: 'GET', path: '/admin/customers', handle: (request) => list(sandbox, request) },
    { method: 'GET', path: '/admin/customers/:id', handle: (request) => show(sandbox, request) },
    {
      method: 'POST',
      path: '/admin/customers/:id/consent',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const customer = find(shop, request);
        const form = request.form();
        const channel = form.get('channel') === 'sms' ? 'sms' : 'email';
        if (customer)
          sandbox.store.setConsent(
            shop,
            customer,
            channel,
            form.has('subscribe') ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
          );
        return redirect(`/admin/customers/${request.params.id}`);
      },
    },
  ];
}

function find(shop: Shop, request: PageRequest): Customer | undefined {
  return shop.customers.find(({ id }) => idOf(id) === request.params.id);
}

function list(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const query = (request.query.get('query') ?? '').trim().toLowerCase();
  const orders = new Map<string | null, number>();
  for (const { customer } of shop.orders) orders.set(customer, (orders.get(customer) ?? 0) + 1);
  const found = [...shop.customers]
    .reverse()
    .filter((each) => `${nameOf(each)} ${each.email} ${each.phone}`.toLowerCase().includes(query));
  const { rows, ...place } = pageOf(found, request);
  return adminPage(sandbox, request, {
    title: 'Customers',
    shop,
    place: 'customers',
    content: html`<main id="content" class="admin-page">
      <h1>Customers</h1>
      <div class="card flush">
        ${searchBar('Search customers by name, e-mail or phone', request)}
        ${
          rows.length === 0
            ? html`<p class="empty">${query ? 'Nobody fits.' : 'Nobody has bought anything yet.'}</p>`
            : html`<div class="scroll">
                <table class="rows">
                  <thead>
                    <tr>
                      <th>Customer</th>
                      <th>News by mail</th>
                      <th>Country</th>
                      <th class="right">Orders</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${rows.map(
                      (each) =>
                        html`<tr>
                          <td>
                            <a href="/admin/customers/${idOf(each.id)}"><strong>${nameOf(each)}</strong></a
                            ><br /><small class="quiet">${each.email ?? each.phone}</small>
                          </td>
                          <td>${consentBadge(each.emailConsent.state)}</td>
                          <td>${each.addresses[0] ? countryOf(each.addresses[0].country).name : ''}</td>
                          <td class="right">${count(orders.get(each.id) ?? 0, 'order')}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>`
        }
        ${pager(place, request)}
      </div>
    </main>`,
  });
}

function show(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  const customer = find(shop, request);
  if (!customer) return notFound(sandbox, request, shop, 'admin', 'The shop has no such customer.');
  const orders = shop.orders.filter((order) => order.customer === customer.id).reverse();
  const fields = shop.metafields.filter(({ owner }) => owner === customer.id);
  return adminPage(sandbox, request, {
    title: nameOf(customer),
    shop,
    place: 'customers',
    content: html`<main id="content" class="admin-page">
      <h1><a href="/admin/customers" aria-label="Back to customers">←</a> ${nameOf(customer)}</h1>
      <p class="quiet">
        Customer since ${day(customer.createdAt, shop.timezone)} · speaks ${customer.locale}
      </p>
      <div class="admin-columns">
        <section class="card">
          <h2>${count(orders.length, 'order')}</h2>
          ${orders.map(
            (order) =>
              html`<p>
                <a href="/admin/orders/${idOf(order.id)}">${order.name}</a> ·
                ${day(order.createdAt, shop.timezone)} ·
                ${money(order.totals.total.presentment, order.presentmentCurrency)}
              </p>`,
          )}
        </section>
        <div>
          ${block(shop, { target: 'admin.customer-details.block.render', selected: [customer.id], locale: 'en' })}
          <section class="card">
            <h2>Contact</h2>
            <p>${customer.email}<br />${customer.phone}</p>
            ${addressLines(customer.addresses[0] ?? null)}
            <p>
              <a href="/mailbox?to=${encodeURIComponent(customer.email ?? '')}">Mails to them</a>
            </p>
            <form method="post" action="${rootOf(shop)}/account/enter">
              <input type="hidden" name="customer" value="${customer.id}" />
              <button>Be them in the store</button>
            </form>
          </section>
          <section class="card">
            <h2>News and offers</h2>
            ${consent(customer, 'email', 'By mail')} ${consent(customer, 'sms', 'By text')}
          </section>
          <section class="card">
            <h2>Tags</h2>
            <p>
              ${customer.tags.length ? customer.tags.map((tag) => html`<span class="badge">${tag}</span> `) : html`<span class="quiet">none</span>`}
            </p>
            ${fields.map(({ namespace, key, value }) => html`<p><small class="quiet">${namespace}.${key}</small><br />${value}</p>`)}
          </section>
        </div>
      </div>
    </main>`,
  });
}

function consent(customer: Customer, channel: 'email' | 'sms', label: string): Markup {
  const { state } = channel === 'email' ? customer.emailConsent : customer.smsConsent;
  const subscribed = state === 'SUBSCRIBED';
  return html`<form method="post" action="/admin/customers/${idOf(customer.id)}/consent" class="actions">
    <input type="hidden" name="channel" value="${channel}" />
    <span>${label}</span> ${consentBadge(state)}
    <button ${subscribed ? '' : html`name="subscribe" value="1"`}>
      ${subscribed ? 'Unsubscribe' : 'Subscribe'}
    </button>
  </form>`;
}

function consentBadge(state: string): Markup {
  const words = state.toLowerCase().replaceAll('_', ' ');
  return html`<span class="badge ${state === 'SUBSCRIBED' ? 'good' : ''}">${words}</span>`;
}
