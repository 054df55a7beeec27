/** "It has not arrived yet", where buyers say it: the link of a mail, and the block on the order's own page. */
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Shop } from '../../../app/shops/shop.ts';
import type { App } from '../../../app/wiring.server.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, takeIn } from '../../friends.ts';
import { aShipment } from '../sequences/fixtures.ts';

const t = testDb();
type Call = (args: { request: Request; params: object; context: object }) => Promise<Response>;
type Route = Record<'loader' | 'action', Call>;
let page: Route;
let block: Route;
let app: () => App;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ app } = await import('../../../app/wiring.server.ts'));
  page = (await import('../../../app/routes/n.$token.tsx')) as unknown as Route;
  block = (await import('../../../app/routes/api.block.tsx')) as unknown as Route;
});
afterAll(() => app().close());

let shop: Shop;
let order: ReturnType<typeof anOrder>;
let parcel: bigint;
const yesterday = () => new Date(Date.now() - 86_400_000);

async function aParcel(by: 'assumed' | 'carrier'): Promise<bigint> {
  const id = await aShipment(t.db, shop.id, order.id, { deliveredAt: yesterday() });
  await t.db.sqlAcrossShops('update shipment set delivered_by = $3 where shop_id = $1 and id = $2', [
    shop.id,
    id,
    by,
  ]);
  return id;
}

const missing = async () => {
  const rows = await t.db.sqlAcrossShops<{ id: bigint }>(
    'select id from shipment where shop_id = $1 and missing_at is not null and delivered_at is null order by id',
    [shop.id],
  );
  return rows.map(({ id }) => id);
};
const problems = () =>
  t.db.sqlAcrossShops('select opened_by, state, outcome from problem where shop_id = $1', [shop.id]);

beforeEach(async () => {
  shop = await aFriendlyShop(t.db);
  order = anOrder(shop, { customerId: 77n, at: yesterday() });
  await takeIn(t.db, [order]);
  parcel = await aParcel('assumed');
});

describe('the page behind the link', () => {
  const open = (said: string | null, shipmentId: bigint | null = parcel, broken = '') => {
    const address = app().parcels.notArrived({ shopId: shop.id, orderId: order.id, shipmentId });
    const request = new Request(address, said ? { method: 'POST', body: new URLSearchParams({ said }) } : {});
    const params = { token: new URL(address).pathname.split('/').at(-1)! + broken };
    return page[said ? 'action' : 'loader']({ request, params, context: {} });
  };
  const shown = async () => (await open(null)).text();

  test('looking says nothing, however often a scanner looks; one press does, and a second one changes nothing', async () => {
    for (let i = 0; i < 3; i++) expect(await shown()).toContain('Has #');
    expect(await missing()).toEqual([]);
    for (let i = 0; i < 2; i++) expect((await open('missing')).status).toBe(303);
    expect(await missing()).toEqual([parcel]);
    expect(await problems()).toEqual([{ opened_by: 'mail', state: 'open', outcome: null }]);
    expect(await shown()).toContain('Thank you for telling us');
    await open('arrived');
    expect(await missing()).toEqual([]);
    expect(await problems()).toEqual([{ opened_by: 'mail', state: 'solved', outcome: 'arrived' }]);
  });

  test('two presses at once are one', async () => {
    await Promise.all([open('missing'), open('missing')]);
    expect(await problems()).toHaveLength(1);
  });

  test('what a press does not say, and what nobody signed, changes nothing', async () => {
    expect((await open('nonsense')).status).toBe(303);
    expect((await open('missing', parcel, 'x')).status).toBe(404);
    expect((await open(null, parcel, 'x')).status).toBe(404);
    expect(await missing()).toEqual([]);
  });

  test('a carrier may be wrong about the parcel that is named', async () => {
    const scanned = await aParcel('carrier');
    await open('missing', scanned);
    expect(await missing()).toEqual([scanned]);
  });

  test('where none is named, what a carrier has seen arrive is not meant as long as something else may be', async () => {
    await aParcel('carrier');
    await open('missing', null);
    expect(await missing()).toEqual([parcel]);
  });

  test('after a return, or sixty days, there is nothing to look for', async () => {
    const long = new Date(Date.now() - 61 * 86_400_000);
    await t.db.sqlAcrossShops('update shipment set delivered_at = $2 where shop_id = $1', [shop.id, long]);
    expect(await shown()).toContain('There is nothing to look for');
    await open('missing');
    expect(await missing()).toEqual([]);
  });
});

describe('the block on the order’s own page', () => {
  const bearer = (sub: string | null) =>
    new SignJWT({ dest: shop.domain, ...(sub ? { sub } : {}) })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(process.env['SHOPIFY_API_KEY']!)
      .setExpirationTime('5m')
      .sign(Buffer.from(process.env['SHOPIFY_API_SECRET']!));
  const subject = (page_ = 'order-status') => ({
    page: page_,
    order: `gid://shopify/Order/${order.id}`,
    checkoutToken: null as string | null,
    locale: 'en',
    country: 'DE',
  });
  const THEIRS = 'gid://shopify/Customer/77';
  const call = async (sub: string | null, said: object | null, of = subject()) => {
    const headers = { authorization: `Bearer ${await bearer(sub)}` };
    const { order: gid, page: page_, locale } = of;
    const query = new URLSearchParams({ page: page_, order: gid, locale });
    const request = said
      ? new Request('http://app.test/api/block', { method: 'POST', headers, body: JSON.stringify(said) })
      : new Request(`http://app.test/api/block?${query}`, { headers });
    const response = await block[said ? 'action' : 'loader']({ request, params: {}, context: {} });
    return { status: response.status, body: (await response.json()) as { parcel?: string; error?: string } };
  };
  const say = (word: string, sub: string | null = THEIRS, of = subject()) =>
    call(sub, { ...of, parcel: word }, of);

  test('is offered, taken once, remembered, and taken back', async () => {
    expect((await call(THEIRS, null)).body).toMatchObject({ state: 'ask', parcel: 'believed' });
    for (let i = 0; i < 2; i++)
      expect(await say('missing')).toMatchObject({ status: 200, body: { state: 'ask', parcel: 'missing' } });
    expect(await problems()).toEqual([{ opened_by: 'order-status', state: 'open', outcome: null }]);
    expect((await call(THEIRS, null)).body.parcel).toBe('missing');
    expect((await say('arrived')).body.parcel).toBeUndefined();
    expect(await missing()).toEqual([]);
  });

  test('whoever holds the checkout’s token may say it, a survey that is off or not', async () => {
    await t.db.sqlAcrossShops(`update survey set status = 'off' where shop_id = $1`, [shop.id]);
    const held = { ...subject(), checkoutToken: order.checkoutToken! };
    expect((await say('missing', null, held)).body).toMatchObject({ state: 'nothing', parcel: 'missing' });
  });

  test('is nobody else’s: not another customer’s, not by its number alone, not on the thank-you page', async () => {
    const other = anOrder(shop, { customerId: 78n });
    await takeIn(t.db, [other]);
    for (const sub of [null, 'gid://shopify/Customer/78']) {
      expect((await call(sub, null)).body.parcel).toBeUndefined();
      const refused = await say('missing', sub);
      expect([refused.status, refused.body.error]).toEqual([422, expect.stringMatching(/^order: /)]);
    }
    const early = subject('thank-you');
    expect((await call(THEIRS, null, early)).body.parcel).toBeUndefined();
    expect((await say('missing', THEIRS, early)).status).toBe(422);
    expect((await say('lost')).body.error).toMatch(/^parcel: /);
    expect(await missing()).toEqual([]);
  });

  test('what a carrier has seen arrive is not spoken of, and a press that comes after the scan undoes nothing', async () => {
    await t.db.sqlAcrossShops(`update shipment set delivered_by = 'carrier' where shop_id = $1`, [shop.id]);
    expect((await call(THEIRS, null)).body.parcel).toBeUndefined();
    expect(await say('missing')).toMatchObject({ status: 200, body: { state: 'ask' } });
    expect(await missing()).toEqual([]);
  });
});
