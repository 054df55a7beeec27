import type { Shop } from '../state/shop.ts';
import type { PageAnswer, PageRequest, Sandbox } from '../types.ts';
import { bar } from './bar.ts';
import { remember, type Door } from './here.ts';
import { html, type Markup, type Piece } from './html.ts';
import type { PixelEvent } from '../extension-host/pixel-protocol.ts';
import { pixels } from './store/pixels.ts';
import { tabIcon } from './drawings/marks.ts';

export interface PageParts {
  title: string;
  shop: Shop;
  /** Null on the home page. */
  door: Door | null;
  body: Piece;
  /** Marks the page for the style sheet. */
  kind: string;
  /** Script of this page, below /assets/. */
  scripts?: string[];
  /** Further elements of the head. */
  head?: Markup;
  status?: number;
  /** What happened here, beside that the page was looked at: for pixels. */
  happened?: readonly PixelEvent[];
}

/** A whole page: the bar on top, then what the page itself is about. */
export function page(sandbox: Sandbox, request: PageRequest, parts: PageParts): PageAnswer {
  const { title, shop, door, body, kind, scripts = [], head, status = 200, happened } = parts;
  remember(request, shop);
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="${tabIcon(shop.domain)}" />
        <link rel="stylesheet" href="/assets/sandbox.css" />
        <script src="/assets/bar.js" defer></script>
        ${scripts.map((name) => html`<script src="/assets/${name}" defer></script>`)} ${head}
      </head>
      <body class="${kind}">
        <a class="skip" href="#content">Skip to the page</a>
        ${bar(sandbox, request, shop, door)} ${body}
        ${door === 'store' && status === 200 ? pixels(sandbox, request, shop, happened) : null}
      </body>
    </html>`;
  return {
    status,
    type: 'text/html; charset=utf-8',
    headers: { 'cache-control': 'no-store' },
    body: document.text,
  };
}

/** A page for people who came to something that is not there (any more). */
export function notFound(
  sandbox: Sandbox,
  request: PageRequest,
  shop: Shop,
  door: Door,
  what: string,
): PageAnswer {
  return page(sandbox, request, {
    title: 'Not found',
    shop,
    door,
    kind: 'tool',
    status: 404,
    body: html`<main id="content" class="wrap empty">
      <h1>Not here</h1>
      <p>${what}</p>
      <p><a href="/">To the five doors</a></p>
    </main>`,
  });
}

/** A note above a form that was refused. */
export function problem(text: string | null | undefined): Markup | null {
  return text ? html`<p class="problem" role="alert">${text}</p>` : null;
}
