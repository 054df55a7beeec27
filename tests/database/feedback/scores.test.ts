import { expect, test } from 'vitest';
import { answer, answersCsv, listAnswers, scoresOf } from '../../../app/feedback/feedback.server.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, asked, at, daysAfter, needs, saying, takeIn } from '../../friends.ts';

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

test('scores by week and country, with their interval, in the shop’s own weeks', async () => {
  const { shop } = await aShopWithAnswers();
  const ask = { shopId: shop.id, surveyKey: 'post-purchase', timeZone: 'Europe/Berlin' };
  const scores = await t.db.inShop(shop.id, (tx) =>
    scoresOf(tx, { ...ask, from: monday, to: daysAfter(monday, 30) }),
  );
  expect(scores).toMatchObject({
    answers: 7,
    counts: [1, 1, 1, 1, 3],
    funnel: { answered: 7, detailed: 3, wrote: 3 },
  });
  expect(scores.mean).toBeCloseTo(25 / 7);
  expect(scores.low!).toBeLessThan(scores.mean!);
  expect(scores.weeks.map(({ week, answers }) => [week, answers])).toEqual([
    ['2026-05-04', 3],
    ['2026-05-11', 4],
  ]);
  expect(scores.countries.map(({ country, answers }) => [country, answers])).toEqual([
    ['DE', 4],
    ['FR', 3],
  ]);
  const none = await t.db.inShop(shop.id, (tx) =>
    scoresOf(tx, { ...ask, from: at('01T00:00:00'), to: monday }),
  );
  expect(none).toMatchObject({ answers: 0, mean: null, weeks: [], funnel: { answered: 0 } });
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
