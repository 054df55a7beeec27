/** Before something runs out one mail says so: the merchant's own where there is one, for points what is left of them. */
import { expect, test } from 'vitest';
import { remindedOtherwise } from '../../../app/rewardReactions.server.ts';
import { checkText } from '../../../app/messages/checks.ts';
import { makeContents, makeMergeSource, planMessages } from '../../../app/messages/messages.server.ts';
import { POINTS_TEMPLATES } from '../../../app/rewards/points-mails.ts';
import {
  hold,
  makeRewardLoop,
  pointsEnding,
  pointsReminders,
  rewardMails,
  usePoints,
} from '../../../app/rewards/rewards.server.ts';
import type { Given } from '../../../app/rewards/reward.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { discountsAtShopify } from '../../discounts.ts';
import { daysAfter } from '../../friends.ts';
import {
  answersOf,
  aRecipient,
  aWritingShop,
  handOverAll,
  handOverDeps,
  noon,
  RememberingMail,
  testLinks,
} from '../../messages.ts';
import { aSequence, ASK_AFTER_TWO_DAYS } from '../sequences/fixtures.ts';

const t = testDb();

/** Given at noon, with its mails planned. */
async function given(shop: Shop, customerId: string, cause: string, value: Given, validDays: number) {
  const draft = { shopId: shop.id, cause, customerId, validDays, isReady: true, ...value };
  await t.db.acrossShops((tx) => hold(tx, [draft], noon));
  const { discounts } = discountsAtShopify({});
  const loop = makeRewardLoop({ db: t.db, discounts, codeKey: Buffer.alloc(32, 5) });
  while ((await loop(noon)) > 0);
  const [row] = await t.db.sqlAcrossShops<{ id: string }>(
    'select id from reward where shop_id = $1 and cause = $2',
    [shop.id, cause],
  );
  const issued = [{ shopId: shop.id, rewardId: row!.id }];
  await t.db.acrossShops(async (tx) => {
    const mails = [...(await rewardMails(tx, issued, noon)), ...(await pointsReminders(tx, issued, noon))];
    await planMessages(tx, mails, noon);
  });
}

const points = (count: number): Given => ({ kind: 'points', value: { points: count } });
const remindersOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{
    id: string;
    template_key: string;
    due_at: Date | null;
    state: string;
    reason: object;
  }>(
    `select id, template_key, due_at, state, reason from message where shop_id = $1 and template_key like '%reminder' order by due_at nulls first, id`,
    [shop.id],
  );

function outbox() {
  const mail = new RememberingMail();
  const source = makeMergeSource({ links: testLinks, pointsOf: pointsEnding });
  const deps = handOverDeps(t.db, mail, {
    contents: makeContents({ source, links: testLinks, appUrl: 'https://app.example.com' }),
    facts: { hashKey: Buffer.alloc(32, 7), texts: false, saidByOthers: remindedOtherwise },
  });
  return { mail, run: (now: Date) => handOverAll(deps, now) };
}

test('the text about points is ready in four languages and may be published as it is', () => {
  expect(POINTS_TEMPLATES.map(({ locale }) => locale)).toEqual(['en', 'de', 'fr', 'es']);
  for (const { text } of POINTS_TEMPLATES)
    expect(checkText(text).filter(({ level }) => level === 'error')).toEqual([]);
});

test('points of one month are reminded of once, with what is left of them when the mail goes', async () => {
  const shop = await aWritingShop(t.db);
  const ana = await aRecipient(t.db, shop, { locale: 'de' });
  await given(shop, ana, 'points:review:1', points(300), 95);
  await given(shop, ana, 'points:review:2', points(150), 100);
  await given(shop, ana, 'points:review:3', points(70), 300);
  expect((await remindersOf(shop)).map(({ due_at: at }) => at)).toEqual([
    daysAfter(noon, 95 - 7),
    daysAfter(noon, 300 - 7),
  ]);
  await t.db.acrossShops((tx) =>
    usePoints(
      tx,
      { shopId: shop.id, customerId: ana, name: 'x' },
      ([lot]) => [{ id: lot!.id, points: 100n }],
      noon,
    ),
  );
  const { mail, run } = outbox();
  await run(daysAfter(noon, 87));
  expect(mail.accepted).toEqual([]);
  await run(daysAfter(noon, 88));
  expect(mail.accepted).toHaveLength(1);
  // 300 less 100, and 150; the first end on 4 September.
  expect(mail.accepted[0]!.subject).toBe('Noch bis 4. September 2026: 350 Punkte');
  expect(mail.accepted[0]!.text).toContain('Insgesamt haben Sie 420');
});

test('nobody is reminded of points that are gone, that last only days, or by offers they never agreed to', async () => {
  const shop = await aWritingShop(t.db);
  const [ana, bo] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop, { consent: 'unsubscribed' })];
  await given(shop, ana, 'points:review:1', points(300), 100);
  await given(shop, ana, 'points:review:2', points(10), 13);
  await given(shop, bo, 'points:review:3', points(300), 100);
  expect(await remindersOf(shop)).toHaveLength(2);
  await t.db.acrossShops((tx) =>
    usePoints(tx, { shopId: shop.id, customerId: ana, name: 'x' }, (lots) => lots, noon),
  );
  const { mail, run } = outbox();
  await run(daysAfter(noon, 93));
  expect(mail.accepted).toEqual([]);
  expect(await remindersOf(shop)).toMatchObject([{ state: 'skipped' }, { state: 'skipped' }]);
});

test('where a sequence of the merchant reminds, the mail that comes with the app is silent, and says why', async () => {
  const shop = await aWritingShop(t.db);
  const other = await aWritingShop(t.db);
  for (const each of [shop, other]) {
    const ana = await aRecipient(t.db, each);
    await given(each, ana, `gesture:${each.id}`, { kind: 'discount', value: { percent: 10 } }, 30);
  }
  await aSequence(t.db, shop.id, {
    ...ASK_AFTER_TWO_DAYS,
    trigger: { ...ASK_AFTER_TWO_DAYS.trigger, on: ['reward.expiring'], each: 'customer' },
  });
  const { mail, run } = outbox();
  await run(noon);
  mail.accepted = [];
  await run(daysAfter(noon, 23));
  const [silent] = await remindersOf(shop);
  expect(silent).toMatchObject({
    state: 'skipped',
    reason: { code: 'said-by-sequence', sequence: 'A sequence' },
  });
  expect(await answersOf(t.db, silent!.id)).toMatchObject([{ answer: 'never' }]);
  expect(await remindersOf(other)).toMatchObject([{ state: 'sent' }]);
  expect(mail.accepted).toHaveLength(1);
});
