import { expect, test } from 'vitest';
import {
  answer,
  answeredSurvey,
  answersCsv,
  funnelCsv,
  listAnswers,
  scoresBy,
  scoresByCsv,
  scoresOf,
} from '../../../app/feedback/feedback.server.ts';
import type { About } from '../../../app/feedback/answers-wanted.ts';
import type { Group } from '../../../app/feedback/groups.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, asked, at, daysAfter, needs, saying, takeIn } from '../../friends.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const monday = at('04T09:00:00');

/** A shop with seven answers over two weeks, one of them about an order that is known. */
async function aShopWithAnswers() {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-known' });
  await takeIn(t.db, [order]);
  const said: [number, number, string | null][] = [
    [0, 5, null],
    [1, 4, '=HYPERLINK("http://evil")'],
    [2, 5, null],
    [7, 1, 'Too "slow", sorry'],
    [8, 3, null],
    [9, 2, null],
    [10, 5, 'Known'],
  ];
  for (const [i, [days, score, words]] of said.entries()) {
    const checkoutToken = i === 6 ? 'token-known' : `token-${i}-of-many`;
    const country = i < 4 ? 'DE' : 'FR';
    const input = await saying(
      t.db,
      shop,
      { question: 'buying', value: score },
      ...(words ? [{ question: 'words', value: words }] : []),
    );
    const ask = asked(shop, { checkoutToken, country });
    await t.db.inShop(shop.id, (tx) => answer(tx, ask, input, needs, daysAfter(monday, days)));
  }
  return { shop, order };
}

test('whoever names no survey is shown the first that somebody has answered', async () => {
  const shop = await aFriendlyShop(t.db);
  const first = () => t.db.inShop(shop.id, (tx) => answeredSurvey(tx, shop.id));
  expect(await first()).toBeNull();
  const idOf = async (key: string) => {
    const [survey] = await t.db.sqlAcrossShops<{ id: string }>(
      'select id from survey where shop_id = $1 and key = $2',
      [shop.id, key],
    );
    return survey!.id;
  };
  const answered = async (key: string) =>
    insertRow(t.db, 'answer', { shop_id: shop.id, survey_id: await idOf(key), at: monday });
  await answered('how-is-it-going');
  expect(await first()).toBe('how-is-it-going');
  await answered('post-purchase');
  expect(await first()).toBe('post-purchase');
});

test('scores by week, with their interval, in the shop’s own weeks', async () => {
  const { shop } = await aShopWithAnswers();
  const ask = { shopId: shop.id, surveyKey: 'post-purchase', timeZone: 'Europe/Berlin' };
  const scores = await scoresOf(t.db, { ...ask, from: monday, to: daysAfter(monday, 30) });
  expect(scores).toMatchObject({
    answers: 7,
    counts: [1, 1, 1, 1, 3],
    funnel: { seen: 7, answered: 7, detailed: 3, wrote: 3, coded: 1, befriended: 0 },
  });
  expect(scores.mean).toBeCloseTo(25 / 7);
  expect(scores.low!).toBeLessThan(scores.mean!);
  expect(scores.weeks.map(({ week, answers }) => [week, answers])).toEqual([
    ['2026-05-04', 3],
    ['2026-05-11', 4],
  ]);
  const none = await scoresOf(t.db, { ...ask, from: at('01T00:00:00'), to: monday });
  expect(none).toMatchObject({ answers: 0, mean: null, weeks: [], funnel: { answered: 0 } });
});

/** Six orders with an answer each, and one test order that has one too; of bowls and aprons, by two carriers. */
async function aShopWithParcels() {
  const shop = await aFriendlyShop(t.db);
  const line = (id: bigint, productId: bigint, title: string) => ({
    ...anOrder(shop).lines![0]!,
    id,
    productId,
    title,
  });
  const orders = Array.from({ length: 7 }, (_, i) => {
    const n = BigInt(i + 1);
    const lines = [line(n * 10n, 71n, 'Bowl'), line(n * 10n + 1n, 71n, 'Bowl')];
    if (i < 2) lines.push(line(n * 10n + 2n, 72n, 'Apron'));
    return anOrder(shop, { token: `token-parcel-${i}`, at: monday, test: i === 6, change: { lines } });
  });
  await takeIn(t.db, orders);
  for (const [i, { id, checkoutToken }] of orders.entries()) {
    // The last parcel leaves after the answer; the first order has two parcels.
    const parcels = i === 0 ? ['DHL', 'DHL', 'UPS'] : [i < 5 ? 'DHL' : 'UPS'];
    for (const carrier of parcels)
      await insertRow(t.db, 'shipment', {
        shop_id: shop.id,
        order_id: id,
        status: 'delivered',
        carrier,
        shipped_at: daysAfter(monday, i === 5 ? 9 : 1),
      });
    const input = await saying(t.db, shop, { question: 'buying', value: i === 0 ? 1 : 5 });
    const ask = asked(shop, { checkoutToken: checkoutToken!, country: 'FR' });
    await t.db.inShop(shop.id, (tx) => answer(tx, ask, input, needs, daysAfter(monday, 3)));
  }
  return shop;
}

test('scores by product, country and carrier: each answer once, a mean from five on, the list behind each as long', async () => {
  const shop = await aShopWithParcels();
  const ask = { shopId: shop.id, surveyKey: 'post-purchase', from: monday, to: daysAfter(monday, 30) };
  const nobody = { product: null, country: null, carrier: null };
  await t.db.inShop(shop.id, async (tx) => {
    const by = (group: Group) => scoresBy(tx, { ...ask, group, limit: 10 });
    const listed = async (about: Partial<About>) =>
      (await listAnswers(tx, { ...ask, locale: 'en', about: { ...nobody, ...about } })).answers.length;
    const [bowl, apron] = await by('product');
    expect(bowl).toMatchObject({ key: '71', name: 'Bowl', answers: 6, high: 5 });
    expect(bowl!.mean).toBeCloseTo(26 / 6);
    expect(apron).toEqual({ key: '72', name: 'Apron', answers: 2, mean: null, low: null, high: null });
    expect([await listed({ product: 71n }), await listed({ product: 72n })]).toEqual([6, 2]);
    // Where the order went counts, not where the browser said it was.
    expect(await by('country')).toMatchObject([{ key: 'DE', answers: 6 }]);
    expect([await listed({ country: 'DE' }), await listed({ country: 'FR' })]).toEqual([6, 0]);
    expect(await by('carrier')).toMatchObject([
      { key: 'DHL', answers: 5, mean: 4.2 },
      { key: 'UPS', answers: 1, mean: null },
    ]);
    expect([await listed({ carrier: 'DHL' }), await listed({ carrier: 'UPS' })]).toEqual([5, 1]);
  });
  let csv = '';
  for await (const part of scoresByCsv(t.db, { ...ask, group: 'carrier' })) csv += part;
  const [head, dhl, ups] = csv.trimEnd().split('\r\n');
  expect([head, ups]).toEqual(['\ufeff"Carrier","Answers","Score","From","To"', '"UPS",1,,,']);
  expect(dhl).toMatch(/^"DHL",5,4\.2,1\.\d+,5$/);
});

test('how far people go: a code they have, and friends who ordered after the answer and were not refused', async () => {
  const shop = await aShopWithParcels();
  const ask = { shopId: shop.id, surveyKey: 'post-purchase', from: monday, to: daysAfter(monday, 30) };
  const people = await t.db.sqlAcrossShops<{ id: string }>(
    `select a.customer_id as id from answer a join orders o on o.shop_id = a.shop_id and o.id = a.order_id
     where a.shop_id = $1 and not o.test order by o.id limit 3`,
    [shop.id],
  );
  await t.db.sqlAcrossShops(`delete from referral_code where shop_id = $1`, [shop.id]);
  const [first, second, third] = people.map(({ id }) => id);
  for (const customer of [first, second])
    await insertRow(t.db, 'referral_code', { shop_id: shop.id, state: 'issued', customer_id: customer });
  for (const [advocate, state, days] of [
    [first, 'pending', 4],
    [first, 'qualified', 5],
    [second, 'refused', 4],
    [third, 'qualified', 1],
  ] as const)
    await insertRow(t.db, 'referral', {
      shop_id: shop.id,
      advocate_id: advocate,
      state,
      created_at: daysAfter(monday, days),
    });
  const scores = await scoresOf(t.db, { ...ask, timeZone: 'UTC' });
  expect(scores.funnel).toEqual({ seen: 6, answered: 6, detailed: 0, wrote: 0, coded: 2, befriended: 1 });
  let csv = '';
  for await (const part of funnelCsv(t.db, { ...ask, timeZone: 'UTC' })) csv += part;
  expect(csv).toContain('"Answered",6\r\n');
});

test('answers as cards, newest first, page by page, filtered', async () => {
  const { shop, order } = await aShopWithAnswers();
  const ask = { shopId: shop.id, surveyKey: 'post-purchase', locale: 'en' };
  await t.db.inShop(shop.id, async (tx) => {
    const first = await listAnswers(tx, { ...ask, limit: 4 });
    const second = await listAnswers(tx, { ...ask, limit: 4, before: first.next });
    expect([first.answers.length, second.answers.length, second.next]).toEqual([4, 3, null]);
    expect(first.answers[0]).toMatchObject({
      score: 5,
      label: 'Lovely',
      comment: 'Known',
      details: [],
      orderId: order.id,
      isVerified: true,
    });
    const poor = await listAnswers(tx, { ...ask, maxScore: 2, onlyWithComment: true });
    expect(poor.answers.map(({ comment }) => comment)).toEqual(['Too "slow", sorry']);
  });
});

test('all of them as CSV, harmless to a spreadsheet', async () => {
  const { shop } = await aShopWithAnswers();
  let csv = '';
  for await (const part of answersCsv(t.db, { shopId: shop.id, surveyKey: 'post-purchase', locale: 'en' }))
    csv += part;
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^\ufeff"At","Score"/);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(csv).toContain('"Too ""slow"", sorry"');
});
