/**
 * E31: every combination of what can be wrong with a token, against staff and buyers (visitors: proxy-matrix.test.ts). Only the intended
 * cells may pass. Shopify's own library is the broken twin: it lets cells through that this test has to find.
 */
import { createHmac, generateKeyPairSync, sign as signRsa } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { testDb } from '../database.ts';
import { aShop } from '../builders.ts';
import { APP_URL, BROWSER, testShopify } from '../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const SHOP = 'linden.myshopify.com';
const GONE = 'gone.myshopify.com';
const seconds = () => Math.floor(Date.now() / 1000);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Values by dimension; `good` says which of them are as they should be, `admin` and `buyer` for which kind. */
interface Choice {
  name: string;
  good?: boolean;
  admin?: boolean;
  buyer?: boolean;
  header?: object;
  claims?: object | (() => object);
  /** Signature over the head, in base64url */
  sign?: (head: string, secret: string) => string;
  secret?: string;
}

const hmac = (hash: string) => (head: string, secret: string) =>
  createHmac(hash, secret).update(head).digest('base64url');

const ALG: Choice[] = [
  { name: 'HS256', good: true, header: { alg: 'HS256' }, sign: hmac('sha256') },
  { name: 'HS512', header: { alg: 'HS512' }, sign: hmac('sha512') },
  { name: 'none', header: { alg: 'none' }, sign: () => '' },
  { name: 'none, signed', header: { alg: 'none' }, sign: hmac('sha256') },
  { name: 'hs256', header: { alg: 'hs256' }, sign: hmac('sha256') },
  {
    name: 'RS256',
    header: { alg: 'RS256' },
    sign: (head) => signRsa('sha256', Buffer.from(head), privateKey).toString('base64url'),
  },
];
const SECRET: Choice[] = [
  { name: 'present secret', good: true, secret: 'test-secret' },
  { name: 'secret before the rotation', good: true, secret: 'previous-secret' },
  { name: 'another app’s secret', secret: 'other-secret' },
  { name: 'empty secret', secret: '' },
];
const HEADER: Choice[] = [
  { name: 'plain', good: true },
  { name: 'kid of a file', good: true, header: { kid: '../../dev/null' } },
  {
    name: 'key inside',
    good: true,
    header: { jwk: { kty: 'oct', k: 'b3RoZXItc2VjcmV0' }, jku: 'https://evil.example' },
  },
  { name: 'critical extension', header: { crit: ['exp'] } },
  { name: 'unencoded payload', header: { crit: ['b64'], b64: false } },
];
const EXP: Choice[] = [
  { name: 'valid', good: true, claims: { exp: seconds() + 600 } },
  { name: 'just expired', good: true, claims: () => ({ exp: seconds() - 5 }) },
  { name: 'expired', claims: { exp: seconds() - 60 } },
  { name: 'no exp', claims: { exp: undefined } },
];
const NBF: Choice[] = [
  { name: 'nbf', good: true, claims: { nbf: seconds() - 60 } },
  { name: 'no nbf', good: true, claims: { nbf: undefined } },
  { name: 'not yet', claims: { nbf: seconds() + 3600 } },
];
const AUD: Choice[] = [
  { name: 'our app', good: true, claims: { aud: 'test-key' } },
  { name: 'other app', claims: { aud: 'other-key' } },
  { name: 'two apps', claims: { aud: ['test-key', 'other-key'] } },
  { name: 'no aud', claims: { aud: undefined } },
];
const DEST: Choice[] = [
  { name: 'https shop', admin: true, claims: { dest: `https://${SHOP}` } },
  { name: 'bare shop', buyer: true, claims: { dest: SHOP } },
  { name: 'http shop', claims: { dest: `http://${SHOP}` } },
  { name: 'shop with path', claims: { dest: `https://${SHOP}/admin` } },
  { name: 'shop as part', claims: { dest: `https://${SHOP}.evil.example` } },
  { name: 'shop as user', claims: { dest: `https://${SHOP}@evil.example` } },
  { name: 'other host', claims: { dest: 'evil.example' } },
  { name: 'shop without the app', claims: { dest: GONE } },
  { name: 'no dest', claims: { dest: undefined } },
];
const ISS: Choice[] = [
  { name: 'admin', admin: true, claims: { iss: `https://${SHOP}/admin` } },
  { name: 'no iss', buyer: true, claims: { iss: undefined } },
  { name: 'other admin', claims: { iss: `https://${GONE}/admin` } },
  { name: 'storefront', buyer: true, claims: { iss: `https://${SHOP}/checkouts` } },
];
const SUB: Choice[] = [
  { name: 'user', admin: true, claims: { sub: '41120001' } },
  { name: 'no sub', buyer: true, claims: { sub: undefined } },
  { name: 'customer', buyer: true, claims: { sub: 'gid://shopify/Customer/7' } },
  { name: 'user gid', claims: { sub: 'gid://shopify/User/7' } },
  { name: 'empty sub', claims: { sub: '' } },
];

type Kind = 'admin' | 'buyer';
type Cell = { name: string; token: string; passes: boolean };

/** Every combination of the dimensions, with what should come of it for one kind of authenticator. */
function* cells(kind: Kind, dimensions: Choice[][], base: Choice[]): Generator<Cell> {
  for (const choices of combinations(dimensions)) {
    const all = [...base, ...choices];
    const passes = all.every((choice) => choice.good ?? choice[kind] ?? false);
    yield { name: choices.map(({ name }) => name).join(' · '), token: tokenOf(all), passes };
  }
}

function* combinations([first, ...rest]: Choice[][]): Generator<Choice[]> {
  if (!first) return yield [];
  for (const choice of first) for (const others of combinations(rest)) yield [choice, ...others];
}

function tokenOf(choices: Choice[]): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = Object.assign({ typ: 'JWT' }, ...choices.map((choice) => choice.header));
  const claims = Object.assign(
    { jti: 'j', sid: 's' },
    ...choices.map(({ claims }) => (typeof claims === 'function' ? claims() : claims)),
  );
  const head = `${encode(header)}.${encode(claims)}`;
  const sign = choices.find((choice) => choice.sign)!.sign!;
  const secret = choices.find((choice) => choice.secret !== undefined)!.secret!;
  return `${head}.${sign(head, secret)}`;
}

const good = (...dimensions: Choice[][]) =>
  dimensions.map((choices) => choices.find((choice) => choice.good)!);
const as = (kind: Kind, ...dimensions: Choice[][]) =>
  dimensions.map((choices) => choices.find((choice) => choice[kind])!);

/** All cells of a kind: what is signed with everything, and what is claimed with everything. */
function* matrix(kind: Kind): Generator<Cell> {
  yield* cells(kind, [ALG, SECRET, HEADER, EXP, NBF, AUD], as(kind, DEST, ISS, SUB));
  yield* cells(kind, [AUD, DEST, ISS, SUB], good(ALG, SECRET, HEADER, EXP, NBF));
}

type Passes = (token: string) => Promise<boolean>;

/** Cells that came out differently from what was intended. */
async function wrongCells(
  kind: Kind,
  passes: Passes,
): Promise<{ wrong: string[]; passed: number; tried: number }> {
  const wrong: string[] = [];
  let passed = 0;
  let tried = 0;
  for (const cell of matrix(kind)) {
    const did = await passes(cell.token);
    tried += 1;
    if (did) passed += 1;
    if (did !== cell.passes) wrong.push(`${cell.name}: ${did ? 'let through' : 'refused'}`);
  }
  return { wrong, passed, tried };
}

const status = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Response && error.status === 401) return false;
    throw error;
  }
};

beforeAll(async () => {
  await shopify.open();
  const gone = await aShop(t.db, { domain: GONE });
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [gone.id]);
});

const adminPasses: Passes = (token) => status(shopify.auth.authenticateAdmin(shopify.request('/app', token)));
const buyerPasses: Passes = async (token) =>
  (await shopify.auth.authenticateBuyer(shopify.request('/api/block', token))).outcome === 'buyer';

/** Shopify's library as its documentation shows it. */
async function library() {
  const { ApiVersion, shopifyApp } = await import('@shopify/shopify-app-remix/server');
  const { sessions } = shopify;
  return shopifyApp({
    apiKey: 'test-key',
    apiSecretKey: 'test-secret',
    apiVersion: ApiVersion.October26,
    appUrl: APP_URL,
    sessionStorage: sessions,
    logger: { log: async () => {} },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  }).authenticate;
}

test('staff: only an admin token of ours passes', async () => {
  const { wrong, passed, tried } = await wrongCells('admin', adminPasses);
  expect(wrong).toEqual([]);
  expect(passed).toBeGreaterThan(10);
  expect(tried).toBeGreaterThan(5000);
});

test('buyers: only a token of a checkout or customer account of ours passes', async () => {
  const { wrong, passed, tried } = await wrongCells('buyer', buyerPasses);
  expect(wrong).toEqual([]);
  expect(passed).toBeGreaterThan(10);
  expect(tried).toBeGreaterThan(5000);
});

test('the matrix finds what the library lets through', async () => {
  const { admin, public: open } = await library();
  const staff = await wrongCells('admin', async (token) => {
    try {
      await admin(shopify.request('/app', token));
      return true;
    } catch {
      return false;
    }
  });
  expect(staff.wrong).toContainEqual('our app · https shop · no iss · customer: let through');
  const buyers = await wrongCells('buyer', async (token) => {
    try {
      await open.checkout(shopify.request('/api/block', token));
      return true;
    } catch {
      return false;
    }
  });
  expect(buyers.wrong).toContainEqual('other app · bare shop · no iss · no sub: let through');
  expect(buyers.wrong).toContainEqual('our app · https shop · admin · user: let through');
});

test('no refusal tells anything of the token, and buyers always get CORS', async () => {
  for (const method of ['GET', 'POST', 'OPTIONS']) {
    const request = new Request('https://app.example/api/block', {
      method,
      headers: { 'user-agent': BROWSER, authorization: 'Bearer nonsense' },
    });
    const result = await shopify.auth.authenticateBuyer(request);
    if (result.outcome === 'buyer') throw new Error('let through');
    expect(result.response.status).toBe(method === 'OPTIONS' ? 204 : 401);
    expect(result.response.headers.get('access-control-allow-origin')).toBe('*');
    expect(result.response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(await result.response.text()).toBe('');
  }
});
