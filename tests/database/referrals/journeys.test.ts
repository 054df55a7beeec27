/** Orders of which nobody names a friend: Shopify is asked by which pages their buyers came, once it is ready to say. */
import { beforeAll, describe, expect, test } from 'vitest';
import { journeySource } from '../../../app/adapters/shopify/journeys.server.ts';
import { codeInLink } from '../../../app/orders/code-in-link.ts';
import type { Journey, JourneySource } from '../../../app/referrals/journey.ts';
import { advocateLinks } from '../../../app/referrals/links.ts';
import { makeJourneyLoop, noteVisit, stopWork } from '../../../app/referrals/referrals.server.ts';
import { testDb } from '../../database.ts';
import { anOrder, daysAfter, takeIn } from '../../friends.ts';
import { testShopify } from '../../shopify.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const shopify = testShopify(t);
const { aProgramme, list } = programmesOn(t);

const minutesAfter = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000);

/** A Shopify that answers in turn; what it was asked about. */
function answering(...answers: (Omit<Journey, 'orderId'> | 'nothing')[]) {
  const asked: bigint[][] = [];
  const source: JourneySource = {
    async journeys(_, orderIds) {
      asked.push([...orderIds]);
      const answer = answers.shift() ?? 'nothing';
      if (answer === 'nothing') throw new Error('no answer');
      return orderIds.map((orderId) => ({ orderId, ...answer }));
    },
  };
  return { asked, ask: makeJourneyLoop({ db: t.db, source }) };
}

async function aSilentOrder() {
  const programme = await aProgramme();
  const { shop, code, settle } = programme;
  await settle(paidAt);
  await t.db.inShop(shop.id, (tx) => noteVisit(tx, shop, code, paidAt));
  const order = anOrder(shop, { at: paidAt });
  await takeIn(t.db, [order]);
  await settle(paidAt);
  return { ...programme, order };
}

describe('Shopify is asked', () => {
  test('again until it is ready or answers; the last friend’s link of thirty days counts', async () => {
    const { shop, code, settle, order } = await aSilentOrder();
    const links = [
      { code: 'NOBODY-7K4XR2', at: daysAfter(paidAt, -1) },
      { code: code.toLowerCase(), at: daysAfter(paidAt, -12) },
      { code, at: daysAfter(paidAt, -20) },
    ];
    const { ask, asked } = answering({ isReady: false, links: [] }, 'nothing', { isReady: true, links });
    expect(await ask(paidAt)).toBe(1);
    expect(await ask(paidAt)).toBe(0);
    await ask(minutesAfter(paidAt, 1));
    await ask(minutesAfter(paidAt, 6));
    await settle(minutesAfter(paidAt, 6));
    expect(asked).toEqual([[order.id], [order.id], [order.id]]);
    expect(await list(shop)).toMatchObject([{ code, via: 'link', clickedAt: daysAfter(paidAt, -12) }]);
    expect(await ask(daysAfter(paidAt, 9))).toBe(0);
  });

  test('not for ever, and not about a shop that has gone', async () => {
    const { shop } = await aSilentOrder();
    const never = answering();
    for (let day = 0; day < 9; day++) await never.ask(daysAfter(paidAt, day));
    expect(never.asked).toHaveLength(7);
    const other = await aSilentOrder();
    await t.db.inShop(other.shop.id, (tx) => stopWork(tx, other.shop));
    expect(await never.ask(daysAfter(paidAt, 9))).toBe(0);
    expect(await list(shop)).toEqual([]);
  });

  test('only where a friend’s link was opened of late, and of nothing that names a friend itself', async () => {
    const { shop, code, settle } = await aProgramme();
    await settle(paidAt);
    const { ask, asked } = answering({ isReady: true, links: [] });
    await takeIn(t.db, [anOrder(shop, { at: paidAt })]);
    await settle(paidAt);
    expect(await ask(paidAt)).toBe(0);
    await t.db.inShop(shop.id, (tx) => noteVisit(tx, shop, code, paidAt));
    const till = anOrder(shop, { at: paidAt, change: { source: 'pos' } });
    await takeIn(t.db, [anOrder(shop, { at: paidAt, codes: [code] }), till]);
    await settle(paidAt);
    expect(await ask(paidAt)).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe('what Shopify says', () => {
  beforeAll(() => shopify.open());

  test('of the visits before an order, a minute after it', async () => {
    const { sandbox } = shopify;
    const shop = sandbox.shop();
    const links = advocateLinks({ appUrl: 'https://app.test', key: Buffer.alloc(32, 1) });
    const now = sandbox.clock.now();
    const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
    const visit = links.visit({ shopId: 1n, code: 'BEN-7K4XR2', at: new Date(now) });
    const order = sandbox.store.placeOrder(shop, {
      customer: { email: 'ana@example.com' },
      lines: [{ handle: 'olive-oil' }],
      visits: [
        { landingPage: '/discount/OLD-7K4XR2', at: before(40) },
        { landingPage: '/apps/friends/ANA-7K4XR2?utm_source=chat', at: before(9) },
        { landingPage: `/?friend=${visit}`, at: before(3) },
        { landingPage: '/products/olive-oil', at: before(1) },
      ],
    });
    const id = BigInt(order.id.split('/').at(-1)!);
    const ask = () => journeySource(shopify.admin).journeys({ domain: shop.domain }, [id, 1n]);
    expect(await ask()).toEqual([{ orderId: id, isReady: false, links: [] }]);
    await sandbox.clock.moveTo(now + 61_000);
    const [journey] = await ask();
    expect(journey!.isReady).toBe(true);
    expect(new Set(journey!.links.map(({ code }) => code))).toEqual(new Set(['ANA-7K4XR2', 'BEN-7K4XR2']));
  });

  test.each([
    ['/apps/friends/ANA-7K4XR2', 'ANA-7K4XR2'],
    ['https://shop.example/discount/ana%207k4xr2?redirect=/', 'ana 7k4xr2'],
    ['/?friend=eyJjIjoiQU5BLTdLNFhSMiIsInQiOjF9.AAAAAAAA&utm_source=x', 'ANA-7K4XR2'],
    ['/?friend=not-a-visit-of-ours-at-all.x', null],
    ['/?friend=bnVsbG51bGxudWxsbnVsbG51bGw.x', null],
    ['/products/x?friendly=eyJjIjoiQU5BLTdLNFhSMiJ9.A', null],
    ['/discount/%E0%A4%A', null],
    [null, null],
  ])('of %s is %s', (landing, code) => {
    expect(codeInLink(landing)).toBe(code);
  });
});
