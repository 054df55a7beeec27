import type { Shop } from '../state/shop.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from '../types.ts';
import { drawing } from './drawings/drawings.ts';
import { icon, shopMark } from './drawings/marks.ts';
import { count } from './format.ts';
import { shopHere } from './here.ts';
import { html, raw } from './html.ts';
import { page } from './page.ts';

/** The first page: five doors. */
export function homeRoutes(sandbox: Sandbox): Route[] {
  return [{ method: 'GET', path: '/', handle: (request) => home(sandbox, request) }];
}

function home(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  return page(sandbox, request, {
    title: `Sandbox · ${shop.name}`,
    shop,
    door: null,
    kind: 'home',
    body: html`<main id="content" class="wrap">
      <header class="home-head">
        ${raw(shopMark(shop.domain))}
        <div>
          <h1>A Shopify on your own machine</h1>
          <p>
            ${shop.name} is a toy shop; everything behind it is real. Buy, let time pass, read the mails, and
            see the story in the admin.
          </p>
        </div>
      </header>
      <ul class="doors">
        ${doorsOf(sandbox, shop).map(
          (door) =>
            html`<li>
              <a href="${door.href}">
                <span class="door-picture">${raw(icon(door.picture))}</span>
                <strong>${door.name}</strong>
                <span>${door.text}</span>
                <small>${door.now}</small>
              </a>
            </li>`,
        )}
      </ul>
      <div class="home-shelf" aria-hidden="true">
        ${shop.products.slice(0, 6).map(({ handle }) => html`<img src="${sandbox.urls.image(handle)}" alt="" width="160" height="160" loading="lazy" />`)}
      </div>
    </main>`,
  });
}

interface DoorSign {
  href: string;
  picture: Parameters<typeof icon>[0];
  name: string;
  text: string;
  now: string;
}

function doorsOf(sandbox: Sandbox, shop: Shop): DoorSign[] {
  const { mails } = sandbox.state;
  const faults = sandbox.faults.list().length;
  return [
    {
      href: `/store/${shop.handle}`,
      picture: 'store',
      name: 'Store',
      text: 'Buy something. Answer the question on the thank-you page.',
      now: count(shop.products.length, 'product'),
    },
    {
      href: '/admin',
      picture: 'admin',
      name: 'Admin',
      text: 'The app as the merchant sees it, and the orders to fulfil.',
      now: count(shop.orders.length, 'order'),
    },
    {
      href: '/mailbox',
      picture: 'mail',
      name: 'Mailbox',
      text: 'Every mail and text the app has sent, as it arrived.',
      now: count(mails.length, 'mail'),
    },
    {
      href: '/clock',
      picture: 'clock',
      name: 'Clock',
      text: 'Let a day pass, or wait for the next thing to happen.',
      now: 'an hour, a day, a week',
    },
    {
      href: '/faults',
      picture: 'faults',
      name: 'Faults',
      text: 'Make Shopify, the mail server or the text provider fail.',
      now: faults ? `${faults} in force` : 'all is well',
    },
  ];
}

/** Pictures of the products, drawn on request. */
export function imageRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: '/images/products/:name',
      handle({ params: { name = '' } }) {
        const handle = name.replace(/\.svg$/, '');
        return {
          type: 'image/svg+xml',
          headers: { 'cache-control': 'max-age=86400' },
          body: drawing(handle, handle.replaceAll('-', ' ')),
        };
      },
    },
  ];
}
