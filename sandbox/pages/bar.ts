import type { Shop } from '../state/shop.ts';
import type { PageRequest, Route, Sandbox, Upcoming } from '../types.ts';
import { icon } from './drawings/marks.ts';
import { cityOf, distance, moment } from './format.ts';
import { ownPath, redirect, remember, shopHere, type Door } from './here.ts';
import { html, raw, type Markup } from './html.ts';

const DOORS: {
  door: Door;
  label: string;
  href: (shop: Shop) => string;
  picture: Parameters<typeof icon>[0];
}[] = [
  { door: 'store', label: 'Store', href: (shop) => `/store/${shop.handle}`, picture: 'store' },
  { door: 'admin', label: 'Admin', href: () => '/admin', picture: 'admin' },
  { door: 'mailbox', label: 'Mailbox', href: () => '/mailbox', picture: 'mail' },
  { door: 'clock', label: 'Clock', href: () => '/clock', picture: 'clock' },
  { door: 'faults', label: 'Faults', href: () => '/faults', picture: 'faults' },
];

/** The slim dark bar: where you are, which shop, what time it is there, what will happen next. */
export function bar(sandbox: Sandbox, request: PageRequest, shop: Shop, here: Door | null): Markup {
  const faults = sandbox.faults.list().length;
  return html`<header class="bar">
    <a class="bar-home" href="/" title="The five doors">Sandbox</a>
    <nav aria-label="Sandbox">
      ${DOORS.map(
        ({ door, label, href, picture }) =>
          html`<a href="${href(shop)}" ${door === here ? raw('aria-current="page"') : ''}
            >${raw(icon(picture))}<span>${label}</span>${
              door === 'faults' && faults > 0
                ? html`<b class="bar-count" title="${faults} in force">${faults}</b>`
                : ''
            }</a
          >`,
      )}
    </nav>
    ${switcher(sandbox, request, shop)}
    <p class="bar-clock" data-shop="${shop.domain}">
      <a href="/clock"
        ><time id="bar-now">${barTime(sandbox.clock.now(), shop.timezone)}</time>
        <span class="bar-city">${cityOf(shop.timezone)}</span></a
      >
      <span id="bar-next" class="bar-next"></span>
    </p>
  </header>`;
}

function switcher(sandbox: Sandbox, request: PageRequest, shop: Shop): Markup {
  if (sandbox.state.shops.length < 2) return html`<p class="bar-shop">${shop.name}</p>`;
  const back = request.url.pathname.startsWith('/store/') ? '/store' : request.url.pathname;
  return html`<form class="bar-shop" method="get" action="/shop">
    <input type="hidden" name="back" value="${back}" />
    <label class="hidden" for="bar-shop">Shop</label>
    <select id="bar-shop" name="to">
      ${sandbox.state.shops.map(
        (each) =>
          html`<option value="${each.domain}" ${each === shop ? raw('selected') : ''}>${each.name}</option>`,
      )}
    </select>
    <noscript><button>Switch</button></noscript>
  </form>`;
}

/** What the bar asks for every few seconds, and the switch between shops. */
export function barRoutes(sandbox: Sandbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/bar',
      async handle(request) {
        const shop = shopHere(sandbox, request);
        const next = await sandbox.clock.upcoming(1).then(
          ([first]) => first,
          () => undefined,
        );
        const now = sandbox.clock.now();
        return {
          body: {
            now: barTime(now, shop.timezone),
            next: next ? nextWords(next, now) : 'nothing is waiting',
          },
        };
      },
    },
    {
      method: 'GET',
      path: '/shop',
      handle(request) {
        const shop = sandbox.shop(request.query.get('to'));
        const back = ownPath(request.query.get('back'), '/');
        const target = back === '/store' ? `/store/${shop.handle}` : back;
        remember(request, shop);
        return redirect(target);
      },
    },
  ];
}

/** "in 2 h: thank-you to Jo" */
function nextWords(next: Upcoming, now: number): string {
  return `${distance(next.at, now)}: ${next.what}`;
}

/** Without the year: the bar is slim. */
function barTime(now: number, zone: string): string {
  return moment(now, zone).replace(/ \d{4},/, ',');
}
