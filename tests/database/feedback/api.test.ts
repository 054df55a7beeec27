/** The public API of the extensions, through the routes themselves: who may ask, what is refused, CORS on everything. */
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scoresOf } from '../../../app/feedback/feedback.server.ts';
import { funnelOf } from '../../../app/referrals/referrals.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, customerOf, newShopifyId, saying, takeIn } from '../../friends.ts';

const t = testDb();
type Route = Record<
  'loader' | 'action',
  (args: { request: Request; params: object; context: object }) => Promise<Response>
>;
let block: Route;
let checkout: Route;
let friends: Route;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  block = (await import('../../../app/routes/api.block.tsx')) as unknown as Route;
  checkout = (await import('../../../app/routes/api.checkout.tsx')) as unknown as Route;
  friends = (await import('../../../app/routes/api.friends.tsx')) as unknown as Route;
  (await import('../../../app/wiring.server.ts')).app();
});
afterAll(async () => {
  await (await import('../../../app/wiring.server.ts')).app().close();
});

const token = (shop: Shop, sub?: string) =>
  new SignJWT({ dest: shop.domain, ...(sub ? { sub } : {}) })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(process.env['SHOPIFY_API_KEY']!)
    .setExpirationTime('5m')
    .sign(Buffer.from(process.env['SHOPIFY_API_SECRET']!));

async function call(
  route: Route,
  method: string,
  query: string,
  bearer: string | null,
  body?: unknown,
): Promise<Response> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const headers = new Headers(bearer ? { authorization: `Bearer ${bearer}` } : undefined);
  const request = new Request(`http://app.test/api${query}`, { method, headers, ...init });
  const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  const response = await route[isChange ? 'action' : 'loader']({ request, params: {}, context: {} });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return response;
}

test('a whole visit: asked, answered, welcomed as a friend, asked where from', async () => {
  const shop = await aFriendlyShop(t.db, { settings: { askHeard: true } });
  const order = anOrder(shop, { token: 'token-visit' });
  await takeIn(t.db, [order], new Date());
  const bearer = await token(shop);
  const gid = encodeURIComponent(`gid://shopify/OrderIdentity/${order.id}`);
  const query = `?page=thank-you&order=${gid}&checkout=token-visit&locale=de-DE&country=DE`;
  const asked = await call(block, 'GET', query, bearer);
  expect([asked.status, await asked.json()]).toMatchObject([200, { state: 'ask' }]);
  const input = {
    page: 'thank-you',
    order: `gid://shopify/OrderIdentity/${order.id}`,
    checkoutToken: 'token-visit',
    locale: 'de-DE',
    country: 'DE',
    ...(await saying(t.db, shop, { question: 'buying', value: 5 })),
  };
  const first = await (await call(block, 'POST', '', bearer, input)).json();
  expect(first).toMatchObject({
    state: 'thanks',
    message: 'Vielen Dank, das freut uns sehr.',
    referral: { code: expect.any(String) },
  });
  expect(await (await call(block, 'POST', '', bearer, input)).json()).toEqual(first);

  const funnel = () => t.db.inShop(shop.id, (tx) => funnelOf(tx, shop.id, new Date(Date.now() - 60_000)));
  expect(await funnel()).toMatchObject({ shown: 1, shared: 0 });
  const { survey: _survey, operationId: _operation, answers: _answers, ...subject } = input;
  const shared = (more: object) => call(block, 'POST', '', bearer, { ...subject, shared: 'copy', ...more });
  const nobody = { order: 'gid://shopify/Order/1', checkoutToken: 'token-of-nobody' };
  expect([(await shared(nobody)).status, (await funnel()).shared]).toEqual([204, 0]);
  expect([(await shared({})).status, (await funnel()).shared]).toEqual([204, 1]);
  expect((await shared({ shared: 'shouted' })).status).toBe(422);
  const period = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
  const scores = await scoresOf(t.db, {
    ...period,
    shopId: shop.id,
    surveyKey: 'post-purchase',
    timeZone: 'UTC',
  });
  expect(scores.funnel).toMatchObject({ seen: 1, answered: 1 });

  const { code } = (first as { referral: { code: string } }).referral;
  const friend = async (typed: string) =>
    (await call(checkout, 'GET', `?code=${typed}&locale=de`, bearer)).json();
  expect(await friend(code.toLowerCase())).toMatchObject({
    friend: { name: null, message: expect.stringContaining('15') },
  });
  const unknown = (await friend('FRIEND-NONE-NONE')) as {
    heard: { text: string; options: { value: string }[] };
  };
  expect(unknown).toMatchObject({ friend: null, heard: { text: 'Wie sind Sie auf uns gekommen?' } });
  expect(await friend('')).toEqual(unknown);
  const heard = { checkoutToken: 'token-visit', value: 'friend', operationId: `operation-${newShopifyId()}` };
  expect((await call(checkout, 'POST', '', bearer, heard)).status).toBe(204);
  expect((await call(checkout, 'POST', '', bearer, heard)).status).toBe(204);
  expect((await call(checkout, 'POST', '', bearer, { ...heard, value: 'x' })).status).toBe(422);
  const rows = await t.db.sqlAcrossShops('select source from answer where shop_id = $1 order by source', [
    shop.id,
  ]);
  expect(rows).toEqual([{ source: 'checkout' }, { source: 'thank-you' }]);
});

test('the account of a customer leads to their own page of stories, and nobody else’s to anything', async () => {
  const shop = await aFriendlyShop(t.db);
  const customerId = newShopifyId();
  const order = anOrder(shop, { customerId });
  await takeIn(t.db, [order], new Date());
  const account = async (id: bigint) => {
    const bearer = await token(shop, `gid://shopify/Customer/${id}`);
    return (await call(friends, 'GET', '/friends?locale=de-DE', bearer)).json();
  };
  const seen = (await account(customerId)) as { language: string; storyUrl: string };
  expect(seen.language).toBe('de');
  const { app } = await import('../../../app/wiring.server.ts');
  const read = app().stories.readStory(new URL(seen.storyUrl).pathname.split('/').at(-1)!);
  expect(read).toMatchObject({ shopId: shop.id, customerId: await customerOf(t.db, order) });
  expect(await account(newShopifyId())).toBeNull();
  expect(await (await call(friends, 'GET', '/friends', await token(shop))).json()).toBeNull();
});

test('nobody without a buyer’s token is answered, and preflight is', async () => {
  const shop = await aFriendlyShop(t.db);
  for (const route of [block, checkout]) {
    expect((await call(route, 'GET', '?page=thank-you', null)).status).toBe(401);
    expect((await call(route, 'POST', '', 'nonsense', {})).status).toBe(401);
    expect((await call(route, 'OPTIONS', '', null)).status).toBe(204);
    expect((await call(route, 'DELETE', '', await token(shop))).status).toBe(405);
  }
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  expect((await call(block, 'GET', '?page=thank-you', await token(shop))).status).toBe(401);
});

test('what can never be accepted is 422 with what and where', async () => {
  const shop = await aFriendlyShop(t.db);
  const bearer = await token(shop);
  const good = {
    page: 'thank-you',
    order: null,
    checkoutToken: 'token-wrong',
    locale: 'en',
    country: null,
    ...(await saying(t.db, shop, { question: 'buying', value: 5 })),
  };
  const wrong: [unknown, RegExp][] = [
    ['{', /no JSON/],
    ['x'.repeat(100_000), /no JSON/],
    [{ ...good, page: 'home' }, /^page:/],
    [{ ...good, checkoutToken: `'; drop table answer; --` }, /^checkoutToken:/],
    [{ ...good, operationId: '' }, /^operationId:/],
    [{ ...good, survey: { id: 'x', version: 1 } }, /^survey\.id:/],
    [{ ...good, survey: { ...good.survey, version: 2 } }, /^survey:/],
    [{ ...good, answers: [] }, /^answers:/],
    [{ ...good, answers: [{ question: 'buying', value: { a: [] } }] }, /^answers\.0\.value:/],
    [{ ...good, answers: [{ question: 'buying', value: { a: 1 } }] }, /^answers\[0\]\.value:/],
    [{ ...good, answers: [{ question: 'buying', value: 9 }] }, /^answers\[0\]\.value: has to be one of 1…5/],
  ];
  for (const [body, problem] of wrong) {
    const response = await call(block, 'POST', '', bearer, body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { error: string }).error).toMatch(problem);
  }
  expect((await call(block, 'GET', '?page=nowhere', bearer)).status).toBe(422);
  expect((await call(block, 'POST', '', bearer, good)).status).toBe(200);
});
