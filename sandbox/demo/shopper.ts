/** Shoppers of the demo shop use the app as real ones would: through its public pages and API, with real tokens. */

import type { RunningSandbox } from '../sandbox.ts';
import type { Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { Mail } from '../state/traffic.ts';
import { fillForm } from './forms.ts';
import type { AnswerInput, BlockQuestion, BlockView } from '../../app/feedback/block.ts';

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';

export interface Shopper {
  /** Answers on the thank-you page; gives the referral code when one is shown. */
  answer(order: Order, score: number, words: string | null): Promise<string | null>;
  /** Opens a friend's link in the store. */
  visitFriend(code: string): Promise<void>;
  /** Reads a mail: the pictures load, and sometimes a link is followed. */
  read(mail: Mail, follow: boolean): Promise<void>;
  /** Answers the question or writes the review that a mail asks for, if it asks for any. */
  respond(mail: Mail, score: number, words: string | null): Promise<void>;
}

export function createShopper(sandbox: RunningSandbox, shop: Shop, log: (line: string) => void): Shopper {
  const { appUrl } = sandbox;

  const ask = (order: Order, body?: string) => askApp(sandbox, shop, order, body, log);

  return {
    async answer(order, score, words) {
      const view = await ask(order);
      if (view?.state !== 'ask') return codeIn(view);
      // A shopper follows the rules as the block does: what was said decides what is asked next.
      const said = new Map<string, number | string>();
      const answers = view.questions.flatMap((question) => {
        const isAsked = question.when.every(({ question: key, is, values }) =>
          is === 'one-of' ? values.includes(said.get(key) ?? '') : said.has(key) === (is === 'answered'),
        );
        const given = isAsked ? sayTo(question, score, words) : [];
        for (const { question: key, value } of given) if (typeof value !== 'object') said.set(key, value);
        return given;
      });
      const input: AnswerInput = {
        page: 'thank-you',
        order: order.id,
        checkoutToken: order.checkoutToken,
        locale: order.customerLocale,
        country: order.shippingAddress?.country ?? null,
        survey: view.survey,
        operationId: uuidOf(order.token),
        answers,
      };
      return codeIn(await ask(order, JSON.stringify(input)));
    },

    async visitFriend(code) {
      const path = sandbox.app.proxy
        ? `/${sandbox.app.proxy.prefix}/${sandbox.app.proxy.subpath}/`
        : '/discount/';
      await fetch(`${sandbox.urls.store(shop)}${path}${encodeURIComponent(code)}`, {
        headers: { 'user-agent': BROWSER },
        redirect: 'manual',
      }).then((answer) => answer.text());
    },

    respond: (mail, score, words) => respond(appUrl, mail, score, words),

    async read(mail, follow) {
      const own = linksTo(appUrl, mail);
      const pixel = own.find((link) => new URL(link).pathname.startsWith('/o/'));
      const click = own.find((link) => new URL(link).pathname.startsWith('/c/'));
      for (const link of [pixel, ...(follow ? [click] : [])]) {
        if (!link) continue;
        await fetch(link, { headers: { 'user-agent': BROWSER }, redirect: 'manual' }).then((answer) =>
          answer.arrayBuffer(),
        );
      }
    },
  };
}

function linksTo(appUrl: string, mail: Mail): string[] {
  const links = [...mail.html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  return links.filter((link) => link.startsWith(appUrl));
}

async function respond(appUrl: string, mail: Mail, score: number, words: string | null): Promise<void> {
  const links = linksTo(appUrl, mail).filter((link) => /^\/[ar]\//.test(new URL(link).pathname));
  // A mail with a scale has one link for each step of it.
  const link = links.find((l) => new URL(l).searchParams.get('v') === String(score)) ?? links[0];
  if (!link) return;
  const headers = { 'user-agent': BROWSER };
  const page = await fetch(link, { headers });
  const form = page.ok ? fillForm(await page.text(), score, words) : null;
  if (!form) return;
  await fetch(link, { method: 'POST', headers, body: form, redirect: 'manual' }).then((answer) =>
    answer.arrayBuffer(),
  );
}

/** GET without a body, POST with one; null when the app refuses. */
async function askApp(
  sandbox: RunningSandbox,
  shop: Shop,
  order: Order,
  body: string | undefined,
  log: (line: string) => void,
): Promise<BlockView | null> {
  const url = new URL('/api/block', sandbox.appUrl);
  const country = order.shippingAddress?.country ?? shop.address.country;
  const where = {
    page: 'thank-you',
    order: order.id,
    checkout: order.checkoutToken,
    locale: order.customerLocale,
    country,
  };
  if (body === undefined) url.search = new URLSearchParams(where).toString();
  const method = body === undefined ? 'GET' : 'POST';
  const headers = {
    authorization: `Bearer ${sandbox.tokens.buyer(shop)}`,
    'content-type': 'application/json',
    'user-agent': BROWSER,
    origin: 'https://extensions.shopifycdn.com',
  };
  const answer = await fetch(url, { method, headers, body: body ?? null });
  if (answer.ok) return (await answer.json()) as BlockView;
  log(`${method} ${url.pathname} for ${order.name}: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
  return null;
}

function codeIn(view: BlockView | null): string | null {
  return view?.state === 'thanks' ? (view.referral?.code ?? null) : null;
}

/** What a shopper with this score says to a question; nothing where they need not. */
function sayTo(question: BlockQuestion, score: number, words: string | null): AnswerInput['answers'] {
  switch (question.kind) {
    case 'scale': {
      const { value } = question.options[Math.round(((score - 1) * (question.options.length - 1)) / 4)]!;
      return [{ question: question.key, value }];
    }
    case 'choice': {
      const first = question.options[score % question.options.length]?.value;
      return first === undefined
        ? []
        : [{ question: question.key, value: question.multiple ? [first] : first }];
    }
    case 'text':
      return words || question.required
        ? [{ question: question.key, value: (words ?? '…').slice(0, question.maxLength) }]
        : [];
    case 'ranking':
      return [{ question: question.key, value: question.options.map(({ value }) => value) }];
    case 'matrix': {
      const rows = question.rows.map(
        ({ value }) => [value, Math.min(score, question.columns.length)] as const,
      );
      return [{ question: question.key, value: Object.fromEntries(rows) }];
    }
    case 'date':
    case 'contact':
      return [];
  }
}

/** The same in every run: a UUID made of an order's token. */
function uuidOf(token: string): string {
  const t = token.padEnd(32, '0');
  return `${t.slice(0, 8)}-${t.slice(8, 12)}-4${t.slice(13, 16)}-8${t.slice(17, 20)}-${t.slice(20, 32)}`;
}
