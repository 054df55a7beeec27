/**
 * The admin's side of the App Bridge stand-in: runs in the page around the app's frame, draws what the app asks for
 * and answers its questions.
 */
import {
  CHANNEL,
  isOurs,
  type Asked,
  type FromAdmin,
  type FromApp,
  type NavItem,
  type Told,
} from '../protocol.ts';
import { clearBars, drawNav, drawSaveBar, drawTitle, isDirty, mayLeave, shake } from './chrome.ts';
import { confirmed } from './dialog.ts';
import { draw, part } from './draw.ts';
import { pickItems, pickResources } from './picker.ts';
import { hideToast, showToast } from './toasts.ts';

/** What the server wrote into the page. */
interface Settings {
  shop: string;
  shopHandle: string;
  /** `/admin/apps/everafter`; the app's paths follow it. */
  prefix: string;
  appName: string;
  user: { id: number; name: string; email: string; accountAccess: string };
}

const settings = JSON.parse(part('admin-settings').textContent ?? '') as Settings;
const frame = part<HTMLIFrameElement>('app-frame');
const firstPage = new URL(frame.dataset.src ?? '');
const appOrigin = firstPage.origin;
let items: NavItem[] = [];
let here = firstPage.pathname;

const urlOf = (path: string) => `${settings.prefix}${path === '/' ? '' : path}`;
const send = (message: FromAdmin, to: Window | null = frame.contentWindow) =>
  to?.postMessage(message, appOrigin);
const press = (ref: string) => send({ channel: CHANNEL, type: 'press', ref });

addEventListener('message', (event) => {
  if (!isOurs<FromApp>(event.data) || event.origin !== appOrigin || !(event.source as Window | null)) return;
  const source = event.source as Window;
  const message = event.data;
  if ('told' in message) return hear(message.told);
  answer(message.asked).then(
    (value) => send({ channel: CHANNEL, type: 'answer', number: message.number, value }, source),
    (error: unknown) =>
      send({ channel: CHANNEL, type: 'answer', number: message.number, error: String(error) }, source),
  );
});

function hear(told: Told): void {
  switch (told.type) {
    case 'location':
      here = told.path;
      history.replaceState(null, '', urlOf(told.path));
      return drawNav(items, here, urlOf, (href) => void go(href));
    case 'nav':
      items = told.items;
      return drawNav(items, here, urlOf, (href) => void go(href));
    case 'title':
      document.title = [told.title, settings.appName].filter(Boolean).join(' · ');
      return drawTitle(told.title, told.buttons, press);
    case 'save-bar':
      return drawSaveBar(told, press);
    case 'shake':
      return shake();
    case 'toast': {
      const { ref } = told.toast;
      return showToast(told.toast, {
        press: () => press(ref),
        dismissed: () => send({ channel: CHANNEL, type: 'dismissed', ref }),
      });
    }
    case 'hide-toast':
      return hideToast(told.ref);
    case 'loading':
      part('progress').hidden = !told.on;
      return;
    case 'overlay':
      document.body.classList.toggle('dimmed', told.on);
      return;
    case 'support':
      part('support').hidden = !told.ready;
      return;
    case 'go':
      return void leave(told.href, told.newTab);
  }
}

function answer(asked: Asked): Promise<unknown> {
  const { shop } = settings;
  switch (asked.type) {
    case 'id-token':
      return get<{ token: string }>(`/control/token?${new URLSearchParams({ kind: 'admin', shop })}`).then(
        ({ token }) => token,
      );
    case 'user':
      return Promise.resolve(settings.user);
    case 'leave':
      return mayLeave();
    case 'extensions':
      return get(`/admin/data/extensions?${new URLSearchParams({ shop })}`);
    case 'scopes':
      return scopes(asked.verb, asked.scopes);
    case 'resource-picker':
      return pickResources(asked.options, shop);
    case 'picker':
      return pickItems(asked.options);
    case 'review':
      return Promise.resolve({
        success: false,
        code: 'cooldown-period',
        message: 'The sandbox asks nobody for a review',
      });
  }
}

async function scopes(verb: 'query' | 'request' | 'revoke', wanted: string[]): Promise<unknown> {
  const address = `/admin/data/scopes?${new URLSearchParams({ shop: settings.shop })}`;
  if (verb === 'query') return get(address);
  if (verb === 'request') {
    const list = draw('ul', {}, ...wanted.map((scope) => draw('li', {}, scope)));
    const text = draw(
      'div',
      {},
      draw('p', {}, `${settings.appName} needs permission to use more of your store’s data:`),
      list,
    );
    const agreed = await confirmed({
      heading: `Update permissions for ${settings.appName}`,
      text,
      yes: 'Update',
      no: 'Cancel',
    });
    if (!agreed) return { result: 'declined-all', detail: await get(address) };
  }
  const body = JSON.stringify({ [verb === 'request' ? 'grant' : 'revoke']: wanted });
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(((await response.json()) as { error: string }).error);
  const detail: unknown = await response.json();
  return verb === 'request' ? { result: 'granted-all', detail } : { detail };
}

/** To another place of the app, by the app's own router. */
async function go(href: string): Promise<void> {
  document.body.classList.remove('nav-open');
  if (!(await mayLeave())) return;
  clearBars();
  send({ channel: CHANNEL, type: 'navigate', href });
}

/** Out of the app: `shopify://admin/products`, a page of the real admin by its address, or anything else. */
async function leave(href: string, newTab: boolean): Promise<void> {
  const place = placeOf(href);
  if (newTab) return void window.open(place, '_blank', 'noopener');
  if (!(await mayLeave())) return;
  clearBars();
  location.assign(place);
}

function placeOf(href: string): string {
  const admin =
    /^shopify:\/*(?:admin)?(?<path>.*)$/.exec(href) ??
    /^https:\/\/admin\.shopify\.com\/store\/[\w-]+(?<path>.*)$/.exec(href);
  if (!admin) return href;
  const path = admin.groups?.path ?? '';
  return `/admin${path.replace(/^\/apps\/[\w-]+/, '/apps/everafter') || '/orders'}`;
}

async function get<Value>(address: string): Promise<Value> {
  const response = await fetch(address);
  const value = (await response.json()) as Value & { error?: string };
  if (!response.ok) throw new Error(value.error ?? `${address} answered ${response.status}`);
  return value;
}

part('app-home').addEventListener('click', (event) => {
  event.preventDefault();
  void go(items.find((item) => item.home)?.href ?? '/app');
});

// Every other link of this page leaves the app: the sandbox's bar, the admin's own pages.
addEventListener('click', (event) => {
  const link = (event.target as Element).closest('a[href]');
  if (!isDirty() || !(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  event.preventDefault();
  void leave(link.href, false);
});

addEventListener('beforeunload', (event) => {
  if (isDirty()) event.preventDefault();
});

part('support').addEventListener('click', () => send({ channel: CHANNEL, type: 'support' }));
frame.addEventListener('load', () => clearBars());

// Only now: what the app says while it loads must find somebody who listens.
frame.src = firstPage.href;
