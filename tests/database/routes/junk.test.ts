/**
 * Every route of the app, found by itself, is given what nobody means: ids that are none, cursors of another world,
 * forms without their fields, bodies that are no JSON. Each is answered; none fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Shop } from '../../../app/shops/shop.ts';
import { makeApiToken } from '../../../app/shops/shops.server.ts';
import { proxySignature } from '../../../sandbox/oauth/sign.ts';
import { testDb } from '../../database.ts';
import { aRecipient, anOrderOf } from '../../messages.ts';
import { BROWSER, testShopify } from '../../shopify.ts';
import { insertRowWithParents } from '../rows.ts';

vi.setConfig({ testTimeout: 90_000 });

const t = testDb();
const shopify = testShopify(t);

type Handler = (args: { request: Request; params: Record<string, string>; context: object }) => unknown;
interface RouteModule {
  loader?: Handler;
  action?: Handler;
}

/** What stands where an id, a cursor, a number or JSON is expected. */
const JUNK = [
  '',
  'x',
  '\0',
  'a\0b',
  '99999999999999999999',
  '9999999999999999999',
  'NaN',
  '2026-02-31T00:00:00.000Z_0190a0a0-0000-7000-8000-000000000000',
  '2026-01-01T00:00:00.000Z_nobody',
  '0190a0a0-0000-7000-8000-000000000000',
  'null',
  '{',
  '[]',
  '42',
  '"x"',
  '{"":null,"__proto__":{"a":1}}',
  '{"question-mark":{"days":"many"}}',
  '%',
  '\ud83d\ude00'.repeat(300),
  "'; drop table shop; --",
];

/** Names that the source does not show: they are read by the pages and schemas behind it. */
const OTHER_FIELDS: Record<string, string[]> = {
  'a.$token.tsx': ['score', 'comment'],
  'p.$token.tsx': ['frequency', 'hour', 'locale', 'channel', 'pause'],
  'r.$token.tsx': ['stars-9999999999999999999', 'stars-1', 'text-1'],
  'proxy.friends.ask.tsx': ['product', 'text', 'name', 'email', 'token', 'question'],
  'proxy.friends.questions.tsx': ['product', 'text', 'email'],
  'api.block.tsx': ['page', 'order', 'checkout', 'locale', 'country'],
};

const FOLDER = 'app/routes';
const PUBLIC = ['a', 'c', 'o', 'p', 'r', 'u', 'auth', '_index', 'health', 'webhooks'];
/** Signed over its body by a secret of the shop's: junk is turned away at the door. */
const SIGNED = ['api.mentions.tsx'];
const routes = readdirSync(FOLDER)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => {
    const source = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const all = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map((match) => match[1]!))];
    return {
      file,
      first: file.split('.', 1)[0]!,
      params: [...file.matchAll(/\$(\w*)/g)].map((match) => match[1] || '*'),
      fields: [
        ...all(/(?:get|getAll|field|text|json|all)\('([\w-]+)'\)/g),
        ...(OTHER_FIELDS[file] ?? []),
      ].filter((name) => name !== 'intent'),
      intents: file.startsWith('app.') ? ['', 'x', ...all(/(?:case|=== ) ?'([\w-]+)'/g)] : [''],
    };
  });
type Route = (typeof routes)[number];

let shop: Shop;
/** What is really there, so that the junk beside it is looked at. */
let real: Record<string, string> = {};
let templateKey = '';
let tokens: Record<string, string[]> = {};
/** Of a merchant's own program. */
let programToken = '';

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  const at = new Date();
  const { app } = await import('../../../app/wiring.server.ts');
  for (const name of ['sequences', 'feedback', 'referrals', 'rewards']) {
    const door = (await import(`../../../app/${name}/${name}.server.ts`)) as {
      installDefaults(tx: unknown, shop: unknown, now?: Date): Promise<void>;
    };
    await t.db.inShop(shop.id, (tx) =>
      name === 'rewards' ? door.installDefaults(tx, at) : door.installDefaults(tx, shop, at),
    );
  }
  const customerId = await aRecipient(t.db, shop);
  const orderId = await anOrderOf(t.db, shop, customerId);
  await insertRowWithParents(t.db, 'product', { shop_id: shop.id, id: 77n, title: 'A pan' });
  const [sequence] = await t.db.sqlAcrossShops<{ id: string }>('select id from sequence limit 1');
  const [template] = await t.db.sqlAcrossShops<{ key: string }>('select key from template limit 1');
  real = { 'app.customers': customerId, 'app.products': '77', 'app.sequences': sequence!.id };
  templateKey = template!.key;
  const owner = { shopId: shop.id, customerId, messageId: null };
  const made = await t.db.inShop(shop.id, (tx) =>
    makeApiToken(tx, { name: 'junk', scope: 'write', by: 1n }, at),
  );
  if (made.outcome === 'made') programToken = made.token;
  const tokenOf = (url: string) => new URL(url).pathname.split('/')[2]!;
  const { links, asks, reviewLinks } = app();
  tokens = {
    p: [tokenOf(links.preferences(owner))],
    u: [tokenOf(links.unsubscribe(owner, ['ask']))],
    o: [tokenOf(links.open(owner))],
    c: [tokenOf(links.click(owner, 'https://shop.example/'))],
    a: [tokenOf(asks.answer({ ...owner, orderId, surveyKey: 'post-purchase' }, 5))],
    q: [tokenOf(asks.survey({ shopId: shop.id, surveyKey: 'post-purchase' }))],
    k: [tokenOf(reviewLinks.question({ shopId: shop.id, questionId: customerId }))],
    r: [tokenOf(reviewLinks.review({ shopId: shop.id, customerId, orderId, productId: null }))],
  };
});

function tokenFor({ file, first }: Route): string | null {
  const { sandbox } = shopify;
  if (file.startsWith('api.sequences.')) return programToken;
  if (/^api\.(customer|order)\.tsx$/.test(file)) return sandbox.tokens.admin(sandbox.shop());
  if (first === 'api') return sandbox.tokens.buyer(sandbox.shop());
  return first === 'app' ? sandbox.tokens.admin(sandbox.shop()) : null;
}

const headersFor = (route: Route): Record<string, string> => {
  const token = tokenFor(route);
  return { 'user-agent': BROWSER, ...(token ? { authorization: `Bearer ${token}` } : {}) };
};

function signed(fields: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(fields);
  query.set('shop', shop.domain);
  query.set('timestamp', String(Math.floor(Date.now() / 1000)));
  query.set('signature', proxySignature(query, 'test-secret'));
  return query;
}

/** Each set of path values: junk, and what is there. */
function paramsOf(route: Route): Record<string, string>[] {
  if (route.params.length === 0) return [{}];
  const [known] = realParams(route);
  return JUNK.flatMap((junk) => route.params.map((name) => ({ ...known, [name]: junk })));
}

/** Those that lead somewhere. */
function realParams(route: Route): Record<string, string>[] {
  if (tokens[route.first]) return tokens[route.first]!.map((token) => ({ token }));
  const id = real[route.file.split('.').slice(0, 2).join('.')] ?? 'FRIEND-7KQ4';
  return [Object.fromEntries(route.params.map((name) => [name, name === 'template' ? templateKey : id]))];
}

/** Fields: none, each alone with junk, all with the same junk. */
function fieldsOf(route: Route): URLSearchParams[] {
  const each = route.fields.flatMap((name) => JUNK.map((junk) => new URLSearchParams([[name, junk]])));
  const all = JUNK.map((junk) => new URLSearchParams(route.fields.map((name) => [name, junk])));
  return [new URLSearchParams(), ...each, ...(route.fields.length > 1 ? all : [])];
}

interface Asked {
  what: string;
  params: Record<string, string>;
  url: string;
  init: RequestInit;
}

function lookups(route: Route): Asked[] {
  const headers = headersFor(route);
  const urlOf = (query: URLSearchParams) =>
    `http://localhost:3000/x?${route.first === 'proxy' ? signed(query) : query}`;
  const asks = [
    ...paramsOf(route).map((params) => ({ params, query: new URLSearchParams() })),
    ...realParams(route).flatMap((params) => fieldsOf(route).map((query) => ({ params, query }))),
  ];
  return asks.map(({ params, query }) => ({
    what: `GET ${JSON.stringify(params)}?${query}`,
    params,
    url: urlOf(query),
    init: { headers },
  }));
}

const FORM = 'application/x-www-form-urlencoded';
const BODIES: [string, string][] = [
  ['text/plain', 'what?'],
  ['application/json', '{"intent":'],
  ['application/json', '{"intent":null}'],
  ['application/json', '[]'],
  ['multipart/form-data', 'no boundary'],
  ['multipart/form-data; boundary=x', '--x\r\nbroken'],
  [FORM, '%%%=%&=&\0'],
  ['', ''],
];

function posts(route: Route): Asked[] {
  const headers = headersFor(route);
  const post = (params: Record<string, string>, type: string, body: string): Asked => ({
    what: `POST ${JSON.stringify(params)} ${type} ${body.slice(0, 200)}`,
    params,
    url: `http://localhost:3000/x${route.first === 'proxy' ? `?${signed(new URLSearchParams({ product: '77' }))}` : ''}`,
    init: { method: 'POST', headers: { ...headers, ...(type ? { 'content-type': type } : {}) }, body },
  });
  const forms = (params: Record<string, string>) =>
    route.intents.flatMap((intent) =>
      fieldsOf(route).map((fields) => {
        const form = new URLSearchParams(fields);
        if (intent) form.set('intent', intent);
        return post(params, FORM, form.toString());
      }),
    );
  return [
    ...paramsOf(route).map((params) => post(params, FORM, `intent=${route.intents.at(-1)}`)),
    ...realParams(route).flatMap((params) => [
      ...BODIES.map(([type, body]) => post(params, type, body)),
      ...forms(params),
      ...(route.first === 'api' ? jsonBodies().map((body) => post(params, 'application/json', body)) : []),
    ]),
  ];
}

const ANSWER = {
  operationId: 'junk-0000-0000-0001',
  page: 'thank-you',
  order: 'gid://shopify/Order/1',
  checkoutToken: 'abcdefgh',
  value: 'friend',
  locale: 'en',
  country: 'DE',
  survey: { id: '0190a0a0-0000-7000-8000-000000000000', version: 1 },
  answers: [{ question: 'score', value: 5 }],
};

/** A whole answer with one thing wrong, and lone surrogates and NULs in every text. */
function jsonBodies(): string[] {
  const wrong: unknown[] = [
    ...JUNK,
    null,
    1e300,
    -1,
    [],
    {},
    '\\u0000',
    '\\ud800',
    [null],
    { id: '', version: 2 ** 40 },
  ];
  const each = Object.keys(ANSWER).flatMap((name) =>
    wrong.map((value) => JSON.stringify({ ...ANSWER, [name]: value })),
  );
  return ['', 'null', '[]', '"x"', JSON.stringify(ANSWER), ...each].map((body) =>
    body.replaceAll('\\\\u', '\\u'),
  );
}

/** A status, or what was thrown; what is read as a stream is read to its end. */
async function outcome(handler: Handler, { url, init, params }: Asked): Promise<number | string> {
  try {
    const value = await handler({ request: new Request(url, init), params, context: {} });
    if (!(value instanceof Response)) return 200;
    await value.text();
    return value.status;
  } catch (error) {
    if (error instanceof Response) return error.status;
    return String(error).split('\n').findLast(Boolean)!;
  }
}

async function eightAtOnce<Item>(items: Item[], work: (item: Item) => Promise<void>) {
  const waiting = items.values();
  const line = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, line));
}

test.each(routes.map((route) => [route.file, route] as const))('%s answers junk', async (_file, route) => {
  const module = (await import(/* @vite-ignore */ `../../../${FOLDER}/${route.file}`)) as RouteModule;
  const wrong = new Map<string, string>();
  const seen = new Set<number | string>();
  const ask = async (handler: Handler, asked: Asked) => {
    const answer = await outcome(handler, asked);
    seen.add(answer);
    const isFailure = typeof answer === 'string' || answer >= 500;
    if (isFailure && !wrong.has(String(answer))) wrong.set(String(answer), asked.what);
  };
  if (module.loader) await eightAtOnce(lookups(route), (asked) => ask(module.loader!, asked));
  if (module.action) await eightAtOnce(posts(route), (asked) => ask(module.action!, asked));
  expect([...wrong].map(([answer, what]) => `${what} → ${answer}`)).toEqual([]);
  // Whoever is turned away at the door, or held up there, proves nothing.
  if (!PUBLIC.includes(route.first) && !SIGNED.includes(route.file)) expect([...seen]).not.toContain(401);
  expect([...seen]).not.toContain(429);
});
