/**
 * E24, short form: mail scanners follow every link of every mail, by GET and by HEAD, again and again. Nobody is
 * unsubscribed, nothing is answered, no wish is changed by it; a page that unsubscribes who only looks must be caught. Then
 * people press the buttons, and each press counts once.
 */
import { beforeAll, expect, test } from 'vitest';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import {
  aMessage,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  noon,
  RememberingMail,
} from '../messages.ts';
import { everyBlock, textOf } from '../unit/messages/every-block.ts';

const t = testDb();

type Handler = (args: { request: Request; params: object; context: object }) => Promise<Response> | Response;
interface RouteModule {
  loader: Handler;
  action: Handler;
}

const READER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const MAILS = 200;
const SCANNERS = 5;
type Pages = Record<string, RouteModule>;
type Mails = RememberingMail['accepted'];
let pages: Pages = {};
let appUrl = '';
let mails: Mails = [];

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  const { app } = await import('../../app/wiring.server.ts');
  appUrl = app().config.SHOPIFY_APP_URL;
  const load = async (name: string) =>
    (await import(`../../app/routes/${name}.$token.tsx`)) as unknown as RouteModule;
  pages = Object.fromEntries(
    await Promise.all(['a', 'c', 'o', 'p', 'r', 'u'].map(async (name) => [name, await load(name)] as const)),
  );
  mails = await sendMails(MAILS);
});

/** Mails of a new shop with every kind of block, as the real wiring makes their links. */
async function sendMails(count: number): Promise<Mails> {
  const mail = new RememberingMail();
  const { app } = await import('../../app/wiring.server.ts');
  const { makeContents } = await import('../../app/messages/messages.server.ts');
  const { source, links, key } = app();
  const shop = await aShop(t.db);
  const { installDefaults } = await import('../../app/feedback/feedback.server.ts');
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop, noon));
  const blocks = everyBlock.filter(
    (block) => !['code', 'referral', 'care-guides', 'products', 'button'].includes(block.kind),
  );
  await aTextOf(t.db, shop, textOf([...blocks, { kind: 'button', label: 'Go', url: '{{ shop.url }}' }]));
  for (let i = 0; i < count; i++) {
    const customer = await aRecipient(t.db, shop, { country: 'US' });
    await aMessage(t.db, shop, customer, { data: { surveyKey: 'post-purchase' } });
  }
  const deps = handOverDeps(t.db, mail, {
    contents: makeContents({ source, links, appUrl }),
    facts: { hashKey: key('suppression'), texts: false },
    mail: { from: 'hello@everafter.test', unsubscribeUrl: links.unsubscribe },
  });
  await handOverAll(deps, noon);
  return mail.accepted;
}

/** Everything that leads to us: in the page, its pictures, and the header for mail clients. */
function linksOf({ html, headers }: { html: string; headers: Record<string, string> }): string[] {
  const inHtml = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) =>
    match[1]!.replaceAll('&#38;', '&'),
  );
  const inHeader = /<([^>]+)>/.exec(headers['List-Unsubscribe'] ?? '')?.[1];
  return [...inHtml, inHeader ?? ''].filter((url) => url.startsWith(appUrl));
}

async function visit(url: string, method: string, body?: string, at: Pages = pages): Promise<Response> {
  const [, name = '', token = ''] = new URL(url).pathname.split('/');
  const page = at[name]!;
  const headers = {
    'user-agent': 'LinkScanner/1.0',
    purpose: 'prefetch',
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const handler = method === 'GET' || method === 'HEAD' ? page.loader : page.action;
  return handler({ request, params: { token }, context: {} });
}

/** What customers want and have said: everything of one kind in one text. */
async function will(): Promise<Map<string, string>> {
  const rows = await t.db.sqlAcrossShops<{ what: string; all: string }>(`
    select what, string_agg(it::text, '|' order by it) as all from (
      select 'consent' as what, to_jsonb(c) as it from consent c
      union all select 'preference', to_jsonb(p) from preference p
      union all select 'suppression', to_jsonb(s) from suppression s
      union all select 'answer', to_jsonb(a) from answer a
      union all select 'review', to_jsonb(r) from review r
      union all select 'customer', to_jsonb(c) from customer c
      union all select 'message', jsonb_build_object('id', id, 'state', state, 'due_at', due_at) from message
      -- That a link was followed is what was seen, not what anybody said.
      union all select 'event', to_jsonb(e) from event e where kind not in ('message.opened', 'message.clicked')) everything
    group by what`);
  return new Map(rows.map((row) => [row.what, row.all]));
}

/** The judge: scanners follow every link, by HEAD and by GET; which kinds of a customer's will are not what they were. */
async function changedByScanners(found: Mails, at: Pages = pages): Promise<string[]> {
  const before = await will();
  for (const one of found) await Promise.all(linksOf(one).map((url) => visit(url, 'HEAD', undefined, at)));
  for (let scanner = 0; scanner < SCANNERS; scanner++) {
    for (const one of found.slice(0, 40))
      await Promise.all(linksOf(one).map((url) => visit(url, 'GET', undefined, at)));
  }
  const after = await will();
  const kinds = [...new Set([...before.keys(), ...after.keys()])].sort();
  return kinds.filter((kind) => before.get(kind) !== after.get(kind));
}

const countUnsubscribed = async () => {
  const [row] = await t.db.sqlAcrossShops<{ people: number; events: number }>(`
    select (select count(*)::int from consent where state = 'unsubscribed') as people,
      (select count(*)::int from event where kind = 'customer.unsubscribed') as events`);
  return row!;
};

test('following every link of every mail changes nothing that anybody wants', async () => {
  expect(mails).toHaveLength(MAILS);
  const kinds = new Set<string>();
  for (const one of mails) {
    const links = linksOf(one);
    expect(links.length).toBeGreaterThanOrEqual(8);
    for (const url of links) kinds.add(new URL(url).pathname.split('/')[1]!);
  }
  expect([...kinds].sort()).toEqual(['a', 'c', 'o', 'p', 'u']);
  expect(await changedByScanners(mails)).toEqual([]);
});

test('no scanner’s click counts as a customer’s, and a reader’s does, once', async () => {
  const counted = async () => {
    const [row] = await t.db.sqlAcrossShops<{ clicked: number; scanned: number }>(`
      select (select count(*)::int from message where clicked_at is not null) as clicked,
        (select count(*)::int from message_event where kind = 'scanned') as scanned`);
    return row!;
  };
  expect(await counted()).toEqual({ clicked: 0, scanned: MAILS });
  const click = linksOf(mails[0]!).find((url) => new URL(url).pathname.startsWith('/c/'))!;
  const token = new URL(click).pathname.split('/')[2]!;
  for (let press = 0; press < 2; press++) {
    const request = new Request(click, { headers: { 'user-agent': READER } });
    expect((await pages['c']!.loader({ request, params: { token }, context: {} })).status).toBe(302);
  }
  expect(await counted()).toEqual({ clicked: 1, scanned: MAILS });
});

test('the judge catches a page that unsubscribes who only looks', async () => {
  const page = pages['u']!;
  const pressed: Handler = (args) =>
    page.action({ ...args, request: new Request(args.request.url, { method: 'POST' }) });
  const hasty = { ...pages, u: { ...page, loader: pressed } };
  expect(await changedByScanners(await sendMails(5), hasty)).toEqual(['consent', 'event', 'suppression']);
});

test("a mail client's one click unsubscribes everybody who makes it, and twice is once", async () => {
  const before = await countUnsubscribed();
  for (const one of mails) {
    const url = /<([^>]+)>/.exec(one.headers['List-Unsubscribe']!)![1]!;
    for (let click = 0; click < 2; click++) {
      const answer = await visit(url, 'POST', 'List-Unsubscribe=One-Click');
      expect(answer.status).toBe(200);
    }
  }
  const after = await countUnsubscribed();
  expect(after.people - before.people).toBe(MAILS);
  expect(after.events - before.events).toBe(MAILS);
});

test('a token with one letter changed opens nothing', async () => {
  for (const url of linksOf(mails[0]!)) {
    const { pathname } = new URL(url);
    const at = pathname.length - 8;
    const forged = new URL(url);
    forged.pathname = `${pathname.slice(0, at)}${pathname[at] === 'A' ? 'B' : 'A'}${pathname.slice(at + 1)}`;
    const isPixel = pathname.startsWith('/o/');
    expect((await visit(forged.href, 'GET')).status).toBe(isPixel ? 200 : 404);
  }
});

test('a link leads only where the mail says: the page does not take another address', async () => {
  const click = linksOf(mails[0]!).find((url) => new URL(url).pathname.startsWith('/c/'))!;
  const answer = await visit(`${click}?u=https://evil.example&url=https://evil.example`, 'GET');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).not.toContain('evil');
});

test('pages are small, whole without script, and neither stored, framed nor indexed', async () => {
  for (const name of ['p', 'u']) {
    const url = linksOf(mails[0]!).find((one) => new URL(one).pathname.startsWith(`/${name}/`))!;
    const answer = await visit(url, 'GET');
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(Buffer.byteLength(html)).toBeLessThan(60 * 1024);
    expect(html).not.toContain('<script');
    expect(html).toContain('<form method="post"');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  }
});
