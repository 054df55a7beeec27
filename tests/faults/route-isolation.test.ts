/**
 * E30 b: every route of the app, found by itself, asked as one shop for another shop's ids. Nothing is told, nothing is
 * changed, and a foreign id gets the same answer as one that does not exist. New routes and new intents are in by default.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../app/db.server.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { proxySignature } from '../../sandbox/oauth/sign.ts';
import { makeApiToken } from '../../app/shops/shops.server.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { insertRowWithParents } from '../database/rows.ts';
import { BROWSER, testShopify } from '../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const CANARY = 'foreign-canary';

type Handler = (args: { request: Request; params: Record<string, string>; context: object }) => unknown;
interface RouteModule {
  loader?: Handler;
  action?: Handler;
}
interface Route {
  file: string;
  /** Who asks here: by the first part of its name. */
  asked: 'staff' | 'buyer' | 'visitor' | 'program' | 'anybody';
  params: string[];
  /** Names that the source reads from forms, queries and bodies. */
  fields: string[];
  intents: string[];
}

/** A route of a kind that is not here fails the test: somebody has to say who asks there. */
const ASKED: Record<string, Route['asked']> = {
  app: 'staff',
  api: 'buyer',
  proxy: 'visitor',
  a: 'anybody',
  c: 'anybody',
  n: 'anybody',
  o: 'anybody',
  p: 'anybody',
  r: 'anybody',
  s: 'anybody',
  e: 'anybody',
  f: 'anybody',
  k: 'anybody',
  h: 'anybody',
  q: 'anybody',
  upload: 'anybody',
  u: 'anybody',
  auth: 'anybody',
  _index: 'anybody',
  webhooks: 'anybody',
  health: 'anybody',
};

/** Programs with a token have a part of the API to themselves; whoever signs what they post shows no token. */
function askedAt(file: string): Route['asked'] {
  if (/^api\.(click|mentions|mail-in|text-in)\./.test(file)) return 'anybody';
  if (file === 'api.customer.tsx' || file === 'api.order.tsx') return 'staff';
  return file.startsWith('api.sequences.') ? 'program' : ASKED[file.split('.', 1)[0]!]!;
}

const FOLDER = 'app/routes';
const routes: Route[] = readdirSync(FOLDER)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => {
    const own = readFileSync(`${FOLDER}/${file}`, 'utf8');
    // What a page does may stand in a file beside the routes.
    const deeds = [...own.matchAll(/'\.\.\/(\w+Deeds\.server\.ts)'/g)].map((match) => `app/${match[1]}`);
    const source = [own, ...deeds.map((name) => readFileSync(name, 'utf8'))].join('\n');
    const all = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map((match) => match[1]!))];
    return {
      file,
      asked: askedAt(file),
      params: [...file.matchAll(/\$(\w+)/g)].map((match) => match[1]!),
      fields: all(/(?:get|getAll|field)\('([\w-]+)'\)/g),
      intents: ['', ...all(/case '([\w-]+)'/g), ...all(/=== '([\w-]+)'/g)],
    };
  });

let mine: Shop;
/** A token of mine that may write. */
let program: string;
let theirs: Shop;
/** What another shop's things are called, by kind. */
let foreign: Record<string, string> = {};
let missing: Record<string, string> = {};

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop: mine } = await shopify.open());
  program = await t.db.inShop(mine.id, async (tx) => {
    const made = await makeApiToken(tx, { name: 'Mine', scope: 'write', by: 1n }, new Date());
    return made.outcome === 'made' ? made.token : '';
  });
  theirs = await aShop(t.db, { domain: 'other.myshopify.com' });
  foreign = await fillWithCanaries(t.db, theirs);
  missing = Object.fromEntries(Object.entries(foreign).map(([kind, id]) => [kind, missingLike(kind, id)]));
});

/** Something of the same look that nobody has. */
function missingLike(kind: string, id: string): string {
  if (/^\d+$/.test(id)) return '4242424242424';
  if (kind === 'word') return 'nothing-of-this';
  return kind === 'code' ? 'NOTHING-OF-THIS' : randomUUID();
}

/** One of everything in another shop; every text that may be shown carries the canary. */
async function fillWithCanaries(db: Db, shop: Shop): Promise<Record<string, string>> {
  const tables = await db.sqlAcrossShops<{ name: string }>(`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'shop_id' and t.table_type = 'BASE TABLE' and c.table_name <> 'body_fingerprint'`);
  const own = new Map<string, object>([
    [
      'customer',
      {
        email: `${CANARY}@example.com`,
        first_name: CANARY,
        search_text: ` ${CANARY}`,
        active_at: new Date(),
      },
    ],
    [
      'orders',
      { email: `${CANARY}@example.com`, name: CANARY, checkout_token: CANARY, placed_at: new Date() },
    ],
    ['message', { subject: CANARY, html: CANARY, text: CANARY }],
    ['template', { key: CANARY, locale: 'en', subject: CANARY, blocks: '[]' }],
    ['sequence', { key: CANARY, name: CANARY }],
    ['deed', { step_key: CANARY, kind: 'task', state: 'waiting', what: { title: CANARY, note: CANARY } }],
    ['survey', { key: CANARY }],
    ['review', { text: CANARY }],
    ['answer', { comment: CANARY, checkout_token: CANARY }],
    ['referral_code', { code: CANARY.toUpperCase(), state: 'issued' }],
    ['reward', { code: CANARY.toUpperCase() }],
    ['product', { title: CANARY }],
    ['webhook_inbox', { webhook_id: CANARY, state: 2, reason: CANARY }],
    ['data_request', { kind: 'export', state: 'done', result: { said: CANARY } }],
  ]);
  for (const { name } of tables) await insertRowWithParents(db, name, { shop_id: shop.id, ...own.get(name) });
  const ids: Record<string, string> = { word: CANARY, code: CANARY.toUpperCase() };
  for (const table of [
    'customer',
    'orders',
    'message',
    'sequence',
    'survey',
    'answer',
    'review',
    'referral',
    'reward',
    'product',
    'data_request',
    'enrollment',
    'stored_file',
    'story',
    'story_event',
    'upload',
  ]) {
    const [row] = await db.sqlAcrossShops<{ id: unknown }>(`select id from ${table} where shop_id = $1`, [
      shop.id,
    ]);
    ids[table] = String(row!.id);
  }
  return ids;
}

/** Everything of a shop, to see whether anything has changed. */
async function stateOf(db: Db, shop: Shop): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  const tables = await db.sqlAcrossShops<{ name: string }>(`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id'
      and table_name <> 'due_moment'`);
  for (const { name } of tables) {
    const [row] = await db.sqlAcrossShops<{ rows: string }>(
      `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows from ${name} t where shop_id = $1`,
      [shop.id],
    );
    state[name] = row!.rows;
  }
  return state;
}

/** A request to a route in which every name that it reads carries one id. */
function requestTo(
  route: Route,
  id: string,
  intent: string | null,
): { request: Request; params: Record<string, string> } {
  const params = Object.fromEntries(route.params.map((name) => [name, id]));
  const gid = /^\d+$/.test(id) ? `gid://shopify/Order/${id}` : id;
  const fields = new URLSearchParams(route.fields.map((name) => [name, id]));
  if (route.fields.includes('order') || route.asked === 'buyer') fields.set('order', gid);
  if (intent !== null) fields.set('intent', intent);
  const { sandbox } = shopify;
  const token =
    route.asked === 'program'
      ? program
      : route.asked === 'staff'
        ? sandbox.tokens.admin(sandbox.shop())
        : sandbox.tokens.buyer(sandbox.shop());
  const query = route.asked === 'visitor' ? signed(fields) : intent === null ? fields : new URLSearchParams();
  const url = `http://localhost:3000/x?${query}`;
  const headers = { 'user-agent': BROWSER, authorization: `Bearer ${token}` };
  if (intent === null) return { request: new Request(url, { headers }), params };
  const isJson = route.asked === 'buyer' || route.asked === 'program';
  const body = isJson
    ? JSON.stringify(route.asked === 'program' ? textBody(id) : answerBody(fields))
    : fields;
  return {
    request: new Request(url, {
      method: route.file === 'api.sequences.push.tsx' ? 'PUT' : 'POST',
      headers: isJson ? { ...headers, 'content-type': 'application/json' } : headers,
      body,
    }),
    params,
  };
}

/** What a program sends: the file of a sequence that another shop has, as if it had been pulled here. */
function textBody(id: string) {
  const text = `everafter: 1
key: ${/^[a-z0-9-]+$/.test(id) ? id : 'mine'}
name: Mine
pulled: 1 000000000000
trigger: { on: order.paid, each: order, fresh-for: 2 days }
steps:
  - start: other
    sequence: ${id}
  - task: call
    title: Call
`;
  return { text, files: [{ file: 'one.yaml', text }] };
}

/** What an extension sends: as much of it as every route needs. */
const answerBody = (fields: URLSearchParams) => ({
  ...Object.fromEntries(fields),
  operationId: randomUUID(),
  page: 'thank-you',
  checkoutToken: fields.get('checkout') ?? null,
  locale: 'en',
  country: 'DE',
  surveyKey: 'post-purchase',
  version: 1,
  answers: {},
  said: {},
});

function signed(fields: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(fields);
  query.set('shop', mine.domain);
  query.set('timestamp', String(Math.floor(Date.now() / 1000)));
  query.set('signature', proxySignature(query, 'test-secret'));
  return query;
}

/** What came of it, as text: a value, a response or an error, without what differs from call to call. */
async function outcome(handler: Handler, route: Route, id: string, intent: string | null): Promise<string> {
  const { request, params } = requestTo(route, id, intent);
  try {
    return await told(await handler({ request, params, context: {} }));
  } catch (error) {
    if (error instanceof Response) return `thrown ${await told(error)}`;
    // What a parser says of junk depends on the junk; only what it tells of another shop matters here.
    const text = String(error);
    return text.toLowerCase().replaceAll(id.toLowerCase(), '').includes(CANARY) ? text : 'error';
  }
}

async function told(value: unknown): Promise<string> {
  if (value instanceof Response)
    return `${value.status} ${value.headers.get('location') ?? ''} ${await value.text()}`;
  return inspect(value, { depth: 12, maxArrayLength: 1000, maxStringLength: 100_000 });
}

/** The id itself, ids and tokens that are made anew, moments. */
const masked = (text: string, id: string) =>
  text
    .replaceAll(id, 'ID')
    .replace(/everafter_\d+_[\w-]{43}/g, 'TOKEN')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT');

test('somebody has said who asks at every route', () => {
  expect(routes.filter(({ asked }) => !asked).map(({ file }) => file)).toEqual([]);
  expect(routes.length).toBeGreaterThan(20);
});

/** The judge: what a route tells or changes of another shop, and where it answers a foreign id otherwise than a missing one. */
async function wrongsOf(route: Route, module: RouteModule): Promise<string[]> {
  const wrong: string[] = [];
  const before = await stateOf(t.db, theirs);
  const asks: [Handler, string | null][] = [
    ...(module.loader ? [[module.loader, null] as [Handler, null]] : []),
    ...(module.action ? route.intents.map((intent) => [module.action!, intent] as [Handler, string]) : []),
  ];
  for (const [kind, id] of Object.entries(foreign)) {
    for (const [handler, intent] of asks) {
      const of = `${kind}${intent === null ? '' : ` ${intent}`}`;
      const got = masked(await outcome(handler, route, id, intent), id);
      const none = masked(await outcome(handler, route, missing[kind]!, intent), missing[kind]!);
      // Whoever is turned away at the door proves nothing.
      if (route.asked !== 'anybody' && /^(thrown )?401/.test(got)) wrong.push(`${of}: turned away`);
      if (got.toLowerCase().includes(CANARY)) wrong.push(`${of}: told ${got.slice(0, 500)}`);
      else if (got !== none)
        wrong.push(`${of}: foreign ${got.slice(0, 300)} | missing ${none.slice(0, 300)}`);
    }
  }
  const after = await stateOf(t.db, theirs);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  return [...wrong, ...changed.map((table) => `changed ${table}`)];
}

test.each(routes.filter(({ file }) => file !== 'app.tsx').map((route) => [route.file, route] as const))(
  '%s tells and changes nothing of another shop',
  async (_file, route) => {
    const module = (await import(/* @vite-ignore */ `../../${FOLDER}/${route.file}`)) as RouteModule;
    expect(await wrongsOf(route, module)).toEqual([]);
  },
);

const nameOf = async (id?: string) =>
  (await t.db.sqlAcrossShops('select first_name from customer where id::text = $1', [id]))[0];
const rename = (id?: string) =>
  t.db.sqlAcrossShops(`update customer set first_name = first_name || '!' where id::text = $1`, [id]);

test.each<[string, RouteModule, string]>([
  ['tells', { loader: ({ params }) => nameOf(params['id']) }, `customer: told { first_name: '${CANARY}' }`],
  [
    'lets on that it is there',
    { action: async ({ params }) => ((await nameOf(params['id'])) ? 'not yours' : 'unknown') },
    `customer leave: foreign 'not yours' | missing 'unknown'`,
  ],
  ['changes it', { action: async ({ params }) => void (await rename(params['id'])) }, 'changed customer'],
])('the judge catches a route that forgets whose it asks for and %s', async (_what, module, wrong) => {
  const file = 'app.x.$id.tsx';
  const careless: Route = { file, asked: 'staff', params: ['id'], fields: [], intents: ['leave'] };
  expect(await wrongsOf(careless, module)).toEqual([wrong]);
});
