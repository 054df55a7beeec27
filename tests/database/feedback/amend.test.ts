/** The first press is saved at once; what follows under the same operation id is added to it or changes it. */
import { beforeEach, expect, test } from 'vitest';
import { answer, verifyAnswers, type BlockAsk } from '../../../app/feedback/feedback.server.ts';
import type { AnswerInput } from '../../../app/feedback/block.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, asked, at, eventsOf, needs, saying, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('10T12:05:00');
const POOR = { question: 'buying', value: 1 };
const LOVELY = { question: 'buying', value: 5 };
const BOTH = {
  answers: [POOR, { question: 'better', value: 'price' }, { question: 'words', value: 'Too dear' }],
};

let shop: Shop;
let ask: BlockAsk;
let begun: Awaited<ReturnType<typeof saying>>;
let tokens = 0;

beforeEach(async () => {
  shop = await aFriendlyShop(t.db);
  ask = asked(shop, { checkoutToken: `token-amend-${++tokens}` });
  begun = await saying(t.db, shop, POOR);
});

type Part = Pick<AnswerInput, 'answers' | 'more' | 'amends'>;
const give = (part: Part, of = ask) =>
  t.db.inShop(shop.id, (tx) => answer(tx, of, { ...begun, ...part }, needs, now));
const rows = () =>
  t.db.sqlAcrossShops<{ score: number; comment: string | null; answers: object }>(
    'select score, comment, answers from answer where shop_id = $1',
    [shop.id],
  );
const told = async () => (await eventsOf(t.db, shop, 'answer.given')).map(({ data }) => data['score']);

test('the follow-up is added to the answer that was saved at the first press; twice is once', async () => {
  expect(await give({ answers: [POOR], more: true })).toMatchObject({ view: { tone: 'sorry' } });
  expect(await rows()).toMatchObject([{ score: 1, answers: { buying: 1 } }]);
  for (let tries = 0; tries < 2; tries++)
    expect(await give({ ...BOTH, amends: true })).toMatchObject({ outcome: 'saved' });
  // The first part arrives once more, late.
  expect(await give({ answers: [POOR], more: true })).toMatchObject({ outcome: 'saved' });
  expect(await rows()).toEqual([
    { score: 1, comment: 'Too dear', answers: { buying: 1, better: 'price', words: 'Too dear' } },
  ]);
  expect(await told()).toEqual([1]);
});

test('another press changes the answer, and the house hears of it', async () => {
  await give({ answers: [POOR], more: true });
  expect(await give({ answers: [LOVELY], amends: true })).toMatchObject({ view: { tone: 'glad' } });
  await give({ answers: [LOVELY], amends: true });
  // A repetition of what was said first does not bring it back.
  await give({ answers: [POOR], more: true });
  expect(await rows()).toMatchObject([{ score: 5, answers: { buying: 5 } }]);
  expect(await told()).toEqual([1, 5]);
});

test('an amendment whose beginning never arrived is the answer', async () => {
  await give({ ...BOTH, amends: true });
  expect(await rows()).toMatchObject([{ score: 1, comment: 'Too dear' }]);
  expect(await told()).toEqual([1]);
});

test('an operation id opens nobody else’s answer', async () => {
  await give({ answers: [POOR], more: true });
  const elsewhere = asked(shop, { checkoutToken: 'token-elsewhere' });
  expect(await give({ answers: [LOVELY], amends: true }, elsewhere)).toMatchObject({ outcome: 'refused' });
  expect(await rows()).toMatchObject([{ score: 1 }]);
});

test('what was begun before the order was known is amended when it is', async () => {
  const order = anOrder(shop, { token: ask.checkoutToken, at: now });
  const known = { ...ask, order: `gid://shopify/Order/${order.id}` };
  await give({ answers: [POOR], more: true }, known);
  await takeIn(t.db, [order]);
  await t.db.acrossShops((tx) => verifyAnswers(tx, [{ shopId: shop.id, orderId: order.id }], now));
  await give({ ...BOTH, amends: true }, known);
  expect(await rows()).toMatchObject([{ score: 1, comment: 'Too dear' }]);
});
