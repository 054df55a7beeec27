/**
 * Pages for shoppers on the app's own origin and behind the app proxy: plain HTML with one small style sheet, no Remix in
 * the browser, whole without script. The shop's name, logo and colour, none of ours.
 */
import { inkOn, readableOnWhite } from './contrast.ts';
import { HOSTED_STYLES } from './hostedStyles.ts';

/** HTML that may be put into a page as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | bigint | null | undefined | false | Markup | readonly Part[];

/** HTML with everything that is filled in escaped, for text and for quoted attributes; nothing for null and false. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(pieces.reduce((text, piece, i) => text + written(parts[i - 1]) + piece));
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(written).join('');
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface HostedPage {
  shop: {
    name: string;
    url: string | null;
    domain: string;
    settings: { brand: { logoUrl: string; color: string } };
  };
  /** BCP 47 */
  language: string;
  title: string;
  body: Markup;
  /** Only makes quicker what works without it. Runs once the page stands. */
  script?: string;
  status?: number;
  headers?: Record<string, string>;
}

/** The whole answer. Nothing of it is indexed, framed, stored or told to other sites. */
export function hostedPage(page: HostedPage): Response {
  const nonce = crypto.randomUUID();
  return new Response(documentOf(page, nonce), {
    status: page.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'nonce-${nonce}'`,
        page.script ? `script-src 'nonce-${nonce}'; connect-src 'self'` : "script-src 'none'",
        'img-src https: http: data:',
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      ...page.headers,
    },
  });
}

function documentOf({ shop, language, title, body, script }: HostedPage, nonce: string): string {
  const { color, logoUrl } = shop.settings.brand;
  const colors = `--brand:${color};--ink:${inkOn(color)};--link:${readableOnWhite(color)}`;
  const name = shop.name || shop.domain;
  const logo = logoUrl
    ? html`<img src="${logoUrl}" alt="${name}" height="40" />`
    : html`<span>${name}</span>`;
  return html`<!doctype html>
    <html lang="${language}" dir="${isRightToLeft(language) ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title} · ${name}</title>
        <style nonce="${nonce}">
          :root{${new Markup(colors)}}${new Markup(HOSTED_STYLES)}
        </style>
      </head>
      <body>
        <header>${shop.url ? html`<a href="${shop.url}">${logo}</a>` : logo}</header>
        <main>${body}</main>
        ${
          script
            ? html`<script nonce="${nonce}">
                ${new Markup(script)};
              </script>`
            : null
        }
      </body>
    </html>`.text;
}

const isRightToLeft = (language: string) => /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/i.test(language);
