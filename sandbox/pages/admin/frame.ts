import type { PageAnswer, PageRequest, Route, Sandbox } from '../../types.ts';
import { appMark } from '../drawings/marks.ts';
import { redirect, remember, shopHere } from '../here.ts';
import { html, json, raw } from '../html.ts';
import { adminPage, APP_NAME, APP_PREFIX } from './layout.ts';

/** The app in its frame; the rest of the path is the app's own, so that a reload keeps the place. */
export function frameRoutes(sandbox: Sandbox): Route[] {
  const show = (request: PageRequest) => frame(sandbox, request);
  return [
    { method: 'GET', path: '/admin', handle: () => redirect(APP_PREFIX) },
    { method: 'GET', path: APP_PREFIX, handle: show },
    { method: 'GET', path: `${APP_PREFIX}/*`, handle: show },
    {
      // Addresses of the real admin, as mails and the app's own redirects write them.
      method: 'GET',
      path: '/store/:shop/apps/:app/*',
      handle(request) {
        const shop = shopHere(sandbox, request);
        remember(request, shop);
        return redirect(`${APP_PREFIX}/${request.params['*'] ?? ''}${request.url.search}`);
      },
    },
  ];
}

function frame(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  if (!shop.installation) return notInstalled(sandbox, request);
  const query = new URLSearchParams(request.query);
  query.delete('shop');
  const rest = request.params['*'] ?? '';
  const path = `/${rest || 'app'}${query.size ? `?${query}` : ''}`;
  const [, numericId = '1'] = /(\d+)$/.exec(shop.id) ?? [];
  const settings = {
    shop: shop.domain,
    shopHandle: shop.handle,
    prefix: APP_PREFIX,
    appName: APP_NAME,
    user: { id: Number(numericId.slice(-9)), name: shop.ownerName, email: shop.email, accountAccess: 'full' },
  };
  return adminPage(sandbox, request, {
    title: APP_NAME,
    shop,
    place: 'app',
    scripts: ['admin.js'],
    overlays: html`<div id="save-bar" class="save-bar" role="region" aria-label="Unsaved changes" hidden>
      <span>Unsaved changes</span>
      <div id="save-bar-actions"></div>
    </div>`,
    content: html`<main id="content" class="app-place">
      <div id="progress" class="progress" role="progressbar" aria-label="Loading" hidden></div>
      <div class="app-head">
        <span class="app-name">${raw(appMark())}<strong>${APP_NAME}</strong></span>
        <span id="app-title" class="app-title"></span>
        <div id="app-actions" class="app-actions"></div>
        <button type="button" id="support" class="plain" hidden>Support</button>
      </div>
      <iframe
        id="app-frame"
        name="app-iframe"
        title="${APP_NAME}"
        data-src="${sandbox.appFrameUrl(shop, path)}"
        allow="clipboard-write; clipboard-read"
      ></iframe>
      <div id="toasts" class="toasts" role="status" aria-live="polite"></div>
      <script type="application/json" id="admin-settings">
        ${json(settings)}
      </script>
    </main>`,
  });
}

function notInstalled(sandbox: Sandbox, request: PageRequest): PageAnswer {
  const shop = shopHere(sandbox, request);
  return adminPage(sandbox, request, {
    title: APP_NAME,
    shop,
    place: 'app',
    content: html`<main id="content" class="admin-page narrow">
      <section class="card install">
        ${raw(appMark())}
        <h1>${APP_NAME} is not installed</h1>
        <p>${shop.name} has uninstalled the app, or has never had it.</p>
        <form method="post" action="/admin/settings/install">
          <button class="primary">Install app</button>
        </form>
      </section>
    </main>`,
  });
}
