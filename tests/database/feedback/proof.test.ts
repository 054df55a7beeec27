/** Whose an answer is: what the number of an order opens to nobody, and what its token or its customer may see. */
import { expect, test } from 'vitest';
import { blockView, listAnswers, scoresOf } from '../../../app/feedback/feedback.server.ts';
import { testDb } from '../../database.ts';
import {
  aFriendlyShop,
  anOrder,
  asked,
  at,
  customerOf,
  eventsOf,
  needs,
  reactionsOf,
  saying,
  takeIn,
} from '../../friends.ts';
import { answeringOn, LOVELY, now } from './answering.ts';

const t = testDb();
const { give, look, count } = answeringOn(t);

test('the number of somebody else’s order shows nothing of theirs, and does not keep them from answering', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-dddd', at: at('01T12:00:00') });
  await takeIn(t.db, [order]);
  const stranger = asked(shop, { order: `gid://shopify/Order/${order.id}` });
  const strange = await give(stranger, await saying(t.db, shop, { question: 'buying', value: 5 }));
  expect(strange).toMatchObject({
    view: { said: null, referral: null, referralPending: false, stage: null, preferencesUrl: null },
  });
  expect(await eventsOf(t.db, shop, 'answer.verified')).toHaveLength(0);
  expect(await eventsOf(t.db, shop, 'code.promised')).toHaveLength(0);

  const theirs = asked(shop, { order: `gid://shopify/Order/${order.id}`, checkoutToken: 'token-dddd' });
  const given = await give(
    theirs,
    await saying(t.db, shop, { question: 'buying', value: 2 }, { question: 'words', value: 'Slow' }),
  );
  expect(given).toMatchObject({
    view: {
      tone: 'sorry',
      said: { label: 'Bumpy', comment: 'Slow' },
      referral: null,
      referralPending: false,
    },
  });
  expect(await count(shop.id)).toBe(1);
  const another = asked(shop, { order: `gid://shopify/Order/${order.id}`, checkoutToken: 'token-other' });
  expect(await look(another)).toMatchObject({ state: 'ask' });
});

test('the number of a new order shows no code and confirms nothing: the code goes by mail to who ordered', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop);
  await takeIn(t.db, [order]);
  const guesser = asked(shop, { order: `gid://shopify/Order/${order.id}` });
  const guessed = await give(guesser, await saying(t.db, shop, LOVELY));
  const nothing = { said: null, referral: null, stage: null, preferencesUrl: null };
  expect(guessed).toMatchObject({ view: { ...nothing, referralPending: true } });
  expect(await look(guesser)).toMatchObject(nothing);
  await reactionsOf(t.db).settle(now);
  expect(await eventsOf(t.db, shop, 'answer.verified')).toEqual([]);
  const mails = await t.db.sqlAcrossShops<object>(
    'select customer_id, template_key from message where shop_id = $1',
    [shop.id],
  );
  expect(mails).toEqual([{ customer_id: await customerOf(t.db, order), template_key: 'your-code' }]);

  // Whoever holds the checkout's token takes the answer over, and is shown everything.
  const theirs = { ...guesser, checkoutToken: order.checkoutToken! };
  const given = await give(theirs, await saying(t.db, shop, LOVELY));
  expect(given).toMatchObject({ view: { referral: { code: expect.any(String) } } });
  expect(await eventsOf(t.db, shop, 'answer.verified')).toHaveLength(1);
});

test('the number of an order that comes later is a promise by mail, no confirmation', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: null });
  await give(asked(shop, { order: `gid://shopify/Order/${order.id}` }), await saying(t.db, shop, LOVELY));
  await takeIn(t.db, [order]);
  await reactionsOf(t.db).settle(now);
  expect(await eventsOf(t.db, shop, 'answer.verified')).toEqual([]);
  const mails = await t.db.sqlAcrossShops('select 1 from message where shop_id = $1', [shop.id]);
  expect(mails).toHaveLength(1);
});

test('nothing is promised where no mail can go, and a test order earns nothing and counts nowhere', async () => {
  const shop = await aFriendlyShop(t.db);
  const nobodys = anOrder(shop, { token: 'token-nobody', email: null });
  const test = anOrder(shop, { token: 'token-test', test: true });
  await takeIn(t.db, [nobodys, test]);
  for (const order of [nobodys, test]) {
    const ask = asked(shop, { checkoutToken: order.checkoutToken! });
    const given = await give(ask, await saying(t.db, shop, LOVELY));
    expect(given).toMatchObject({ view: { referral: null, referralPending: false } });
  }
  await reactionsOf(t.db).settle(now);
  const codes = await t.db.sqlAcrossShops(
    `select 1 from referral_code where shop_id = $1 and state <> 'free'`,
    [shop.id],
  );
  expect(codes).toEqual([]);
  const scores = await scoresOf(t.db, {
    shopId: shop.id,
    surveyKey: 'post-purchase',
    from: at('01T00:00:00'),
    to: at('20T00:00:00'),
    timeZone: 'UTC',
  });
  expect(scores.funnel.answered).toBe(1);
  const cards = await t.db.inShop(shop.id, (tx) =>
    listAnswers(tx, { shopId: shop.id, surveyKey: 'post-purchase', locale: 'en' }),
  );
  expect(cards.answers.map(({ orderId }) => orderId)).toEqual([nobodys.id]);
});

test('a signed-in customer is known by their order, another one is not', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: null, customerId: 77n, at: at('01T12:00:00') });
  const other = anOrder(shop, { token: null, customerId: 78n, at: at('01T12:00:00') });
  await takeIn(t.db, [order, other]);
  const gid = `gid://shopify/Order/${order.id}`;
  await give(asked(shop, { order: gid, signedIn: 77n }), await saying(t.db, shop, LOVELY));
  expect(await look(asked(shop, { order: gid, signedIn: 77n }))).toMatchObject({ said: { label: 'Lovely' } });
  expect(await look(asked(shop, { order: gid, signedIn: 78n }))).toMatchObject({
    said: null,
    preferencesUrl: null,
  });
});

test('the page for photos and stories is shown to the order’s own buyer, on its own page', async () => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { token: 'token-eeee' });
  await takeIn(t.db, [order]);
  const told = { ...needs, storyUrl: (about: { orderId: bigint }) => `https://app.test/s/${about.orderId}` };
  const seen = (change: Parameters<typeof asked>[1]) => {
    const ask = asked(shop, { order: `gid://shopify/Order/${order.id}`, page: 'order-status', ...change });
    return t.db.inShop(shop.id, (tx) => blockView(tx, ask, told, now));
  };
  expect(await seen({ checkoutToken: 'token-eeee' })).toMatchObject({
    storyUrl: `https://app.test/s/${order.id}`,
  });
  expect(await seen({})).not.toHaveProperty('storyUrl');
  expect(await seen({ checkoutToken: 'token-eeee', page: 'thank-you' })).not.toHaveProperty('storyUrl');
});
