/** An answer is asked for, saved once, tied to its order and shown again. */
import { expect, test } from 'vitest';
import { answer, answerLocks, verifyAnswers } from '../../../app/feedback/feedback.server.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, asked, customerOf, eventsOf, needs, saying, takeIn } from '../../friends.ts';
import { answeringOn, LOVELY, now } from './answering.ts';

const t = testDb();
const { give, look, count } = answeringOn(t);

test('a buyer is asked, answers, and finds the answer again on the other page, with a code', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-aaaa' });
  await takeIn(t.db, [order]);
  const thankYou = asked(shop, {
    order: `gid://shopify/OrderIdentity/${order.id}`,
    checkoutToken: 'token-aaaa',
  });
  const view = await look(thankYou);
  expect(view).toMatchObject({
    state: 'ask',
    questions: [
      { kind: 'scale', text: 'How was it to buy from us?' },
      { key: 'better' },
      { key: 'best' },
      { key: 'words' },
    ],
  });

  const given = await give(
    thankYou,
    await saying(t.db, shop, LOVELY, { question: 'words', value: 'So nice' }),
  );
  expect(given).toMatchObject({
    outcome: 'saved',
    view: {
      state: 'thanks',
      tone: 'glad',
      message: 'Thank you, that makes our day.',
      said: { label: 'Lovely', comment: 'So nice' },
      referral: { code: expect.stringMatching(/^FRIEND-/), progress: '' },
      referralPending: false,
      preferencesUrl: `https://app.test/p/${await customerOf(t.db, order)}`,
      careGuides: [],
    },
  });
  const statusPage = asked(shop, {
    page: 'order-status',
    order: `gid://shopify/Order/${order.id}`,
    checkoutToken: 'token-aaaa',
  });
  expect(await look(statusPage)).toEqual((given as { view: object }).view);
  expect(await eventsOf(t.db, shop, 'answer.given')).toHaveLength(1);
  expect(await eventsOf(t.db, shop, 'answer.verified')).toMatchObject([
    { order_id: order.id, data: { score: 5, late: false } },
  ]);
});

test('two pages answering at once are one answer, and so is a repetition', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-bbbb' });
  await takeIn(t.db, [order]);
  const pages = [
    asked(shop, { order: `gid://shopify/Order/${order.id}`, checkoutToken: 'token-bbbb' }),
    asked(shop, {
      page: 'order-status',
      order: `gid://shopify/Order/${order.id}`,
      checkoutToken: 'token-bbbb',
    }),
    asked(shop, { checkoutToken: 'token-bbbb' }),
  ];
  const said = await Promise.all(pages.map(() => saying(t.db, shop, LOVELY)));
  const all = await Promise.all([...pages, ...pages].map((page, i) => give(page, said[i % 3]!)));
  expect(all.map(({ outcome }) => outcome)).toEqual(Array(6).fill('saved'));
  expect(await count(shop.id)).toBe(1);
  expect(await eventsOf(t.db, shop, 'answer.given')).toHaveLength(1);
  expect(await eventsOf(t.db, shop, 'code.issued')).toHaveLength(1);
});

test('an answer takes few statements: each of them is a way to the database and back, five hundred times a second', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-few' });
  await takeIn(t.db, [order]);
  const sorry = await saying(t.db, shop, { question: 'buying', value: 1 });
  for (const [checkoutToken, statements] of [
    // The order, its lines, the answer with all that is told of it.
    ['token-few', 3],
    ['token-unheard-of', 2],
  ] as const) {
    const ask = asked(shop, { checkoutToken });
    let asks: string[] = [];
    const result = await t.db.inShopBySql(
      shop.id,
      (tx) => {
        const sql: typeof tx.sql = (text, values) => {
          asks.push(text);
          return tx.sql(text, values);
        };
        return answer({ sql }, ask, { ...sorry, operationId: `operation-${checkoutToken}` }, needs, now);
      },
      answerLocks(ask),
    );
    expect(result.outcome).toBe('saved');
    // The survey's version is read once a process.
    asks = asks.filter((text) => !text.includes('survey_version v'));
    expect(asks).toHaveLength(statements);
  }
});

test('an answer that comes before its order is saved at once, and tied to it when it comes', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-cccc' });
  const ask = asked(shop, { order: `gid://shopify/OrderIdentity/${order.id}`, checkoutToken: 'token-cccc' });
  const given = await give(ask, await saying(t.db, shop, LOVELY));
  expect(given).toMatchObject({
    view: { tone: 'glad', referral: null, referralPending: true, stage: null, preferencesUrl: null },
  });
  expect(await eventsOf(t.db, shop, 'answer.verified')).toHaveLength(0);

  await takeIn(t.db, [order]);
  const verify = () =>
    t.db.acrossShops((tx) => verifyAnswers(tx, [{ shopId: shop.id, orderId: order.id }], now));
  expect(await Promise.all([verify(), verify()])).toEqual(expect.arrayContaining([1, 0]));
  const customerId = await customerOf(t.db, order);
  expect(await eventsOf(t.db, shop, 'answer.verified')).toMatchObject([
    { customer_id: customerId, order_id: order.id, data: { score: 5, late: true } },
  ]);
  const [line] = await t.db.sqlAcrossShops<{ code: string; data: object }>(
    `select code, data from timeline_entry where shop_id = $1 and customer_id = $2 and kind = 'answer'`,
    [shop.id, customerId],
  );
  expect(line).toMatchObject({
    code: 'answer-given',
    data: { survey: 'post-purchase', score: 5, label: 'Lovely' },
  });
});

test('an answer and its order passing each other are tied together, whoever is first', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 60 });
  const rounds = Array.from({ length: 12 }, (_, i) => anOrder(shop, { token: `token-race-${i}` }));
  await Promise.all(
    rounds.map(async (order) => {
      const ask = asked(shop, {
        order: `gid://shopify/Order/${order.id}`,
        checkoutToken: order.checkoutToken!,
      });
      const input = await saying(t.db, shop, LOVELY);
      const arrive = async () => {
        await takeIn(t.db, [order]);
        await t.db.acrossShops((tx) => verifyAnswers(tx, [{ shopId: shop.id, orderId: order.id }], now));
      };
      await Promise.all([give(ask, input), arrive()]);
    }),
  );
  const rows = await t.db.sqlAcrossShops(
    'select 1 from answer where shop_id = $1 and verified_at is not null',
    [shop.id],
  );
  expect(rows).toHaveLength(12);
});

test('what can never be accepted is named', async () => {
  const shop = await aFriendlyShop(t.db);
  const other = await aFriendlyShop(t.db);
  const ask = asked(shop, { checkoutToken: 'token-eeee' });
  const good = await saying(t.db, shop, LOVELY);
  const foreign = await saying(t.db, other, LOVELY);
  expect(await give(ask, { ...good, survey: { ...good.survey, version: 9 } })).toMatchObject({
    problem: /no such survey/,
  });
  expect(await give(ask, foreign)).toMatchObject({ problem: expect.stringContaining('survey') });
  expect(await give(asked(shop), good)).toMatchObject({ problem: expect.stringContaining('checkoutToken') });
  expect(await give(ask, { ...good, answers: [{ question: 'x', value: 1 }] })).toEqual({
    outcome: 'refused',
    problem: 'answers[0].question: "x" was not asked',
  });
  expect(await give(ask, good)).toMatchObject({ outcome: 'saved' });
  const elsewhere = asked(shop, { checkoutToken: 'token-ffff' });
  expect(await give(elsewhere, good)).toEqual({
    outcome: 'refused',
    problem: 'operationId: it was used for another answer',
  });
});

test('old answers stay readable when the survey has changed', async () => {
  const shop = await aFriendlyShop(t.db);
  const ask = asked(shop, { checkoutToken: 'token-gggg' });
  const before = await saying(t.db, shop, LOVELY);
  await give(ask, before);
  const { publishSurvey, surveyByKey } = await import('../../../app/feedback/feedback.server.ts');
  await t.db.inShop(shop.id, async (tx) => {
    const survey = (await surveyByKey(tx, shop.id, 'post-purchase'))!;
    const [first] = survey.content.questions;
    const questions = [{ ...first!, key: 'ease', text: { en: 'How easy was it?' } }];
    expect(await publishSurvey(tx, shop, survey.id, { ...survey.content, questions }, now)).toEqual({
      outcome: 'published',
      version: 2,
    });
  });
  expect(await look(ask)).toMatchObject({ state: 'thanks', said: { label: 'Lovely' } });
  expect(await look(asked(shop, { checkoutToken: 'token-hhhh' }))).toMatchObject({
    survey: { version: 2 },
    questions: [{ key: 'ease' }],
  });
  // A page that was open since yesterday answers what it was asked.
  const late = { ...before, operationId: 'operation-late' };
  expect(await give(asked(shop, { checkoutToken: 'token-iiii' }), late)).toMatchObject({ outcome: 'saved' });
});

test('a survey that is off asks nothing', async () => {
  const shop = await aFriendlyShop(t.db);
  await t.db.sqlAcrossShops(`update survey set status = 'off' where shop_id = $1`, [shop.id]);
  expect(await look(asked(shop, { checkoutToken: 'token-jjjj' }))).toEqual({ state: 'nothing' });
});
