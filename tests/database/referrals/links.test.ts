/** Orders that came by a friend's link, as the buyer's browser says it: before their webhook, after it, and when it lies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimSchema } from '../../../app/referrals/claim.ts';
import type { advocateLinks } from '../../../app/referrals/links.ts';
import type { PixelAtShopify, PixelTold } from '../../../app/referrals/pixel.ts';
import {
  bringPixel,
  forgetLinks,
  funnelsCsv,
  noteVisit,
  pixelStanding,
  programFunnels,
  programOf,
  saveProgram,
  tellLinks,
  wantPixel,
} from '../../../app/referrals/referrals.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { anOrder, daysAfter, takeIn, type Buying } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list } = programmesOn(t);

/** The pixel's word, sent when the order was placed. */
const tell = (
  shop: Shop,
  code: string,
  order: { id: bigint; checkoutToken?: string | null },
  { days = 3, token }: { days?: number; token?: string } = {},
) =>
  t.db.inShop(shop.id, (tx) =>
    tellLinks(
      tx,
      [
        {
          shopId: shop.id,
          orderId: order.id,
          checkoutToken: token ?? order.checkoutToken ?? '',
          code,
          clickedAt: daysAfter(paidAt, -days),
          by: 'pixel',
        },
      ],
      paidAt,
    ),
  );

describe('an order without a code counts by the link that its buyer’s browser remembers', () => {
  test('whether the browser speaks before the webhook or after it, and once', async () => {
    const { shop, code, settle } = await aProgramme();
    const [early, late] = [anOrder(shop, { at: paidAt }), anOrder(shop, { at: paidAt })];
    await tell(shop, code, early);
    await settle(paidAt);
    expect(await list(shop)).toEqual([]);
    await takeIn(t.db, [early, late]);
    await settle(paidAt);
    await tell(shop, code.toLowerCase(), late);
    await tell(shop, code, late, { days: 1 });
    await settle(paidAt);
    await settle(paidAt);
    const found = await list(shop);
    expect(found).toHaveLength(2);
    expect(found.map(({ orderId }) => orderId).toSorted()).toEqual([early.id, late.id].toSorted());
    expect(found).toMatchObject([
      { code, via: 'link', clickedAt: expect.any(Date), state: 'pending' },
      { code, via: 'link', clickedAt: expect.any(Date), state: 'pending' },
    ]);
  });

  test('until it is paid it waits', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { at: paidAt, paid: false });
    await takeIn(t.db, [order]);
    await tell(shop, code, order);
    await settle(paidAt);
    expect(await list(shop)).toEqual([]);
    const later = daysAfter(paidAt, 1);
    await takeIn(t.db, [{ ...order, paidAt: later, financialStatus: 'paid', updatedAt: later }], later);
    await settle(later);
    expect(await list(shop)).toMatchObject([{ via: 'link', orderId: order.id }]);
  });

  test('not with another checkout, an older click, a code of nobody, or where the programme wants the code', async () => {
    const { shop, code, settle } = await aProgramme();
    const other = await aProgramme();
    const forged = anOrder(shop, { at: paidAt, token: null });
    const guessed = anOrder(shop, { at: paidAt });
    const old = anOrder(shop, { at: paidAt });
    const foreign = anOrder(shop, { at: paidAt });
    await takeIn(t.db, [forged, guessed, old, foreign]);
    await tell(shop, code, forged, { token: 'token-of-somebody-else' });
    await tell(shop, code, guessed, { token: 'token-of-somebody-else' });
    await tell(shop, code, old, { days: 31 });
    await tell(shop, other.code, foreign);
    await settle(paidAt);
    expect(await list(shop)).toEqual([]);
    // The forger has not taken the true one's place.
    await tell(shop, code, guessed);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([{ orderId: guessed.id }]);
  });

  test('a code at the checkout counts before it, the link is told beside it', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { at: paidAt, codes: [code] });
    await tell(shop, code, order);
    await takeIn(t.db, [order]);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([{ via: 'code', clickedAt: null, also: [] }]);
  });

  test('not where the programme wants the code itself', async () => {
    const { shop, code, settle } = await aProgramme();
    const [row] = await t.db.sqlAcrossShops<{ id: string }>('select id from program where shop_id = $1', [
      shop.id,
    ]);
    await t.db.inShop(shop.id, async (tx) => {
      const program = (await programOf(tx, shop.id, row!.id))!;
      const change = { terms: { ...program.terms, byLink: false }, status: 'on' } as const;
      await saveProgram(tx, { shopId: shop.id, id: row!.id }, change, paidAt);
    });
    const [by, typed] = [anOrder(shop, { at: paidAt }), anOrder(shop, { at: paidAt, codes: [code] })];
    await tell(shop, code, by);
    await takeIn(t.db, [by, typed]);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([{ orderId: typed.id, via: 'code' }]);
  });

  test('what was said of orders that never came is forgotten', async () => {
    const { shop, code } = await aProgramme();
    await tell(shop, code, { id: 99n }, { token: 'token-of-nobody' });
    const left = async (now: Date) => {
      await t.db.acrossShops((tx) => forgetLinks(tx, now));
      return t.db.sqlAcrossShops('select 1 from order_link where shop_id = $1', [shop.id]);
    };
    expect(await left(daysAfter(paidAt, 6))).toHaveLength(1);
    expect(await left(daysAfter(paidAt, 8))).toHaveLength(0);
  });
});

describe('what the browser says', () => {
  type Route = { action(args: object): Promise<Response> };
  let route: Route;
  let keys: ReturnType<typeof advocateLinks>;
  beforeAll(async () => {
    process.env['DATABASE_URL'] = t.url;
    route = (await import('../../../app/routes/api.click.tsx')) as unknown as Route;
    keys = (await import('../../../app/wiring.server.ts')).app().friends;
  });
  afterAll(async () => {
    await (await import('../../../app/wiring.server.ts')).app().close();
  });

  const post = async (body: string, address = '198.51.100.7') => {
    const headers = { 'content-type': 'text/plain', 'x-client-address': address };
    const request = new Request('http://app.test/api/click', { method: 'POST', headers, body });
    const response = await route.action({ request, params: {}, context: {} });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    return response.status;
  };
  const said = (shop: Shop, code: string, order: { id: bigint }, checkout: string) => ({
    visit: keys.visit({ shopId: shop.id, code, at: new Date(Date.now() - 86_400_000) }),
    order: String(order.id),
    checkout,
  });
  const kept = (shop: Shop) =>
    t.db.sqlAcrossShops<{ order_id: bigint }>('select order_id from order_link where shop_id = $1', [
      shop.id,
    ]);

  test('is kept when the link was opened, and refused when it is no claim, too large, forged, or too often', async () => {
    const { shop, code } = await aProgramme();
    const order = anOrder(shop, { token: 'token-of-the-order' } satisfies Buying);
    const claim = said(shop, code, order, 'token-of-the-order');
    expect(await post(JSON.stringify(claim))).toBe(204);
    expect(await kept(shop)).toEqual([{ order_id: order.id }]);
    expect(await post('no JSON')).toBe(422);
    expect(await post(JSON.stringify({ ...claim, email: 'ana@example.com' }))).toBe(422);
    expect(await post(JSON.stringify({ ...claim, order: '0' }))).toBe(422);
    expect(await post(JSON.stringify({ ...claim, order: '9'.repeat(19) }))).toBe(422);
    expect(await post('x'.repeat(3000))).toBe(413);
    const [body, mac] = claim.visit.split('.');
    const forged = Buffer.from(body!, 'base64url').toString().replace(code, 'BEN-7K4XR2');
    expect(
      await post(JSON.stringify({ ...claim, visit: `${Buffer.from(forged).toString('base64url')}.${mac}` })),
    ).toBe(403);
    // An advocate's own page is signed too, for another purpose.
    const page = keys.page({ shopId: shop.id, customerId: 'x' }).split('/f/')[1]!;
    expect(await post(JSON.stringify({ ...claim, visit: page }))).toBe(403);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => post(JSON.stringify(claim), '198.51.101.7')),
    );
    expect(answers.filter((status) => status === 204)).toHaveLength(20);
    expect(answers.filter((status) => status === 429)).toHaveLength(10);
    expect(await kept(shop)).toHaveLength(1);
  });

  test('takes an order as a number or as Shopify’s own id', () => {
    const read = (order: string) =>
      claimSchema.safeParse({ visit: 'v'.repeat(40), order, checkout: 'abcdefgh' }).data?.order;
    expect(read('5123456789012')).toBe(5123456789012n);
    expect(read('gid://shopify/Order/5123456789012')).toBe(5123456789012n);
    expect(read('gid://shopify/OrderIdentity/7')).toBe(7n);
    expect(read('gid://shopify/Customer/7')).toBeUndefined();
  });
});

test('a click counts on its day, for codes that exist only', async () => {
  const { shop, code } = await aProgramme();
  await t.db.inShop(shop.id, async (tx) => {
    await noteVisit(tx, shop, code, paidAt);
    await noteVisit(tx, shop, 'ANA-7K4XR2', paidAt);
  });
  const rows = await t.db.sqlAcrossShops<{ code: string; at: Date }>(
    'select code, at from referral_visit where shop_id = $1',
    [shop.id],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.code).toBe(code);
  expect(paidAt.getTime() - rows[0]!.at.getTime()).toBeGreaterThan(0);
  expect(rows[0]!.at.getTime() % 3_600_000).toBe(0);
});

describe('links are remembered', () => {
  /** A Shopify that has at most one pixel of the app's. */
  const shopifyWith = (answers: PixelTold[] = []) => {
    const at = { pixel: null as string | null, calls: [] as string[] };
    const answer = (call: string, done: string | null): PixelTold => {
      at.calls.push(call);
      const told = answers.shift() ?? { outcome: 'done', id: done };
      if (told.outcome === 'done') at.pixel = told.id;
      return told;
    };
    const pixel: PixelAtShopify = {
      put: async (_, address) => answer(`put ${address}`, 'gid://shopify/WebPixel/1'),
      remove: async (_, id) => answer(`remove ${id}`, null),
    };
    const bring = (shop: Shop, appUrl = 'https://app.test/') =>
      bringPixel({ db: t.db, pixel, appUrl }, { shopId: String(shop.id) }, paidAt);
    return { at, bring };
  };
  const want = (shop: Shop, wanted: boolean) => t.db.inShop(shop.id, (tx) => wantPixel(tx, wanted, paidAt));
  const standing = (shop: Shop) => t.db.inShop(shop.id, (tx) => pixelStanding(tx));

  test('from the moment the merchant wants it until they do not', async () => {
    const { shop } = await aProgramme();
    const { at, bring } = shopifyWith();
    expect(await standing(shop)).toEqual({ state: 'off', problem: null });
    await want(shop, true);
    expect(await standing(shop)).toEqual({ state: 'going-on', problem: null });
    expect(await bring(shop)).toEqual({ outcome: 'done' });
    expect(await bring(shop)).toEqual({ outcome: 'done' });
    expect(await standing(shop)).toEqual({ state: 'on', problem: null });
    // The app has moved.
    await bring(shop, 'https://new.test');
    await want(shop, false);
    expect(await standing(shop)).toEqual({ state: 'going-off', problem: null });
    await bring(shop);
    expect(await standing(shop)).toEqual({ state: 'off', problem: null });
    expect(at.calls).toEqual([
      'put https://app.test',
      'put https://new.test',
      'remove gid://shopify/WebPixel/1',
    ]);
  });

  test('unless Shopify says no, which is told, or nothing, which is tried again', async () => {
    const { shop } = await aProgramme();
    const { bring } = shopifyWith([
      { outcome: 'later', seconds: 7 },
      { outcome: 'failed', problem: 'no-leave' },
    ]);
    await want(shop, true);
    expect(await bring(shop)).toEqual({ outcome: 'snooze', seconds: 7 });
    await bring(shop);
    expect(await standing(shop)).toEqual({ state: 'going-on', problem: 'no-leave' });
    await want(shop, true);
    await bring(shop);
    expect(await standing(shop)).toEqual({ state: 'on', problem: null });
  });
});

test('from the click to the reward: a programme’s figures', async () => {
  const { shop, code, settle } = await aProgramme();
  const [typed, by] = [anOrder(shop, { at: paidAt, codes: [code] }), anOrder(shop, { at: paidAt })];
  await t.db.inShop(shop.id, (tx) => noteVisit(tx, shop, code, paidAt));
  await tell(shop, code, by);
  await takeIn(t.db, [typed, by]);
  await settle(paidAt);
  const figures = () => t.db.inShop(shop.id, (tx) => programFunnels(tx, shop.id, daysAfter(paidAt, -1)));
  expect(await figures()).toMatchObject([{ clicked: 1, pending: 2, qualified: 0, rewarded: 0, byLink: 1 }]);
  await settle(daysAfter(paidAt, 20));
  expect(await figures()).toMatchObject([{ clicked: 1, pending: 0, qualified: 2, rewarded: 2, byLink: 1 }]);
  const lines = [];
  for await (const part of funnelsCsv(t.db, shop.id, daysAfter(paidAt, -1))) lines.push(part);
  expect(lines.join('')).toContain(',1,0,0,2,2,0,0,1');
});
