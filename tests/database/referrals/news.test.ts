/** What advocates are told by mail: each thing once, in the words of their page, and nothing that has gone on since. */
import { describe, expect, test } from 'vitest';
import { takeChecks } from '../../../app/orders/orders.server.ts';
import { NEWS_TEMPLATES } from '../../../app/referrals/news-mails.ts';
import { NEWS, newsKey } from '../../../app/referrals/news.ts';
import { reasonText, roadText } from '../../../app/referrals/reasons.ts';
import {
  advocateOf,
  endForErased,
  programOf,
  refuse,
  release,
  saveProgram,
} from '../../../app/referrals/referrals.server.ts';
import { debtsOf, gatherPayouts, markPaid } from '../../../app/rewards/rewards.server.ts';
import { termsSchema, type Terms } from '../../../app/referrals/terms.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';
import { checkText } from '../../../app/messages/checks.ts';
import { advocateView } from '../../../app/ui/advocateView.ts';
import { testDb } from '../../database.ts';
import { anOrder, daysAfter, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list } = programmesOn(t);

interface Mail {
  key: string;
  template_key: string;
  class: string;
  state: string;
  due_at: Date | null;
  data: { news: { why: string; next: string; gift?: string; taken: boolean; extra?: string } };
  reason: { code?: string };
}

const newsOf = (shop: Shop) =>
  t.db.sqlAcrossShops<Mail>(
    `select key, template_key, class, state, due_at, data, reason from message
     where shop_id = $1 and template_key like 'friend-%' order by planned_at, id`,
    [shop.id],
  );

async function tells(shop: Shop, change: Partial<Terms>): Promise<void> {
  await t.db.inShop(shop.id, async (tx) => {
    const program = (await programOf(tx, shop.id))!;
    const terms = termsSchema.parse({ ...program.terms, ...change });
    await saveProgram(tx, { shopId: shop.id, id: program.id }, { ...program, terms }, paidAt);
  });
}
const POINTS = { kind: 'points' as const, value: { points: 100 } };

/** A friend's order that Shopify calls risky is held; its referral. */
async function aHeldOne(change: Partial<Terms> = {}) {
  const made = await aProgramme();
  await tells(made.shop, change);
  const order = anOrder(made.shop, { codes: [made.code], at: paidAt });
  const check = { kind: 'risk' as const, risk: 'high' as const, at: paidAt };
  await t.db.acrossShops((tx) =>
    takeChecks(tx, [{ shopId: made.shop.id, orderId: order.id, check }], paidAt),
  );
  await takeIn(t.db, [order]);
  await made.settle(paidAt);
  const [referral] = await list(made.shop);
  expect(referral).toMatchObject({ state: 'held' });
  return { ...made, order, id: referral!.id };
}

test('the texts are ready in four languages, and every one may be published as it is', () => {
  expect(NEWS_TEMPLATES).toHaveLength(NEWS.length * MAIL_LOCALES.length);
  for (const { key, locale, text } of NEWS_TEMPLATES)
    expect([key, locale, checkText(text).filter(({ level }) => level === 'error')]).toEqual([
      key,
      locale,
      [],
    ]);
});

describe('a friend has come', () => {
  test('by default the mail with the reward says it, and no other', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(daysAfter(paidAt, 14));
    expect(await newsOf(shop)).toEqual([]);
  });

  test('what brings no mail of its own is told when it counts', async () => {
    const { shop, code, settle } = await aProgramme();
    await tells(shop, { advocate: POINTS });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(paidAt);
    expect(await newsOf(shop)).toEqual([]);
    await settle(daysAfter(paidAt, 14));
    expect(await newsOf(shop)).toMatchObject([
      {
        template_key: 'friend-counts',
        class: 'ask',
        state: 'waiting',
        data: { news: { gift: '100 points' } },
      },
    ]);
  });

  test('where the merchant wants it the order itself is told; what is undone before it goes is not', async () => {
    const { shop, code, settle } = await aProgramme();
    await tells(shop, { news: { joined: 'ordered', held: true, lost: false } });
    const [kept, undone] = [1, 2].map(() => anOrder(shop, { codes: [code], at: paidAt }));
    await takeIn(t.db, [kept!, undone!]);
    await settle(paidAt);
    expect(await newsOf(shop)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
    await takeIn(t.db, [
      {
        ...undone!,
        updatedAt: daysAfter(paidAt, 1),
        change: undefined,
        cancelledAt: daysAfter(paidAt, 1),
      } as never,
    ]);
    await settle(daysAfter(paidAt, 1));
    const mails = await newsOf(shop);
    expect(mails.map(({ template_key: key, state, reason }) => [key, state, reason.code ?? ''])).toEqual(
      expect.arrayContaining([
        ['friend-ordered', 'waiting', ''],
        ['friend-ordered', 'skipped', 'referral-moved'],
      ]),
    );
    expect(mails).toHaveLength(2);
  });

  test('nobody hears of it where it is switched off', async () => {
    const { shop, code, settle } = await aProgramme();
    await tells(shop, { advocate: POINTS, news: { joined: 'never', held: true, lost: true } });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(daysAfter(paidAt, 14));
    expect(await newsOf(shop)).toEqual([]);
  });
});

describe('held', () => {
  test('with the reasons of the page, in its words, a day later', async () => {
    const { shop, advocateId } = await aHeldOne();
    const [mail, ...more] = await newsOf(shop);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ template_key: 'friend-held', class: 'ask', due_at: daysAfter(paidAt, 1) });
    const advocate = await t.db.inShop(shop.id, (tx) => advocateOf(tx, shop, advocateId, paidAt));
    const [shown] = advocateView(advocate!, 'en').friends;
    expect([mail!.data.news.why, mail!.data.news.next].join(' ')).toBe(shown!.why.join(' '));
    expect(mail!.data.news.why).toBe(reasonText('risk-high', 'en'));
  });

  test('what the staff lets pass before is not told, nor once more what they refuse', async () => {
    const passed = await aHeldOne();
    await t.db.inShop(passed.shop.id, (tx) => release(tx, passed.id, daysAfter(paidAt, 0.5)));
    await passed.settle(daysAfter(paidAt, 0.5));
    expect(await newsOf(passed.shop)).toMatchObject([
      { state: 'skipped', reason: { code: 'referral-moved' } },
    ]);

    const refused = await aHeldOne();
    await t.db.inShop(refused.shop.id, (tx) => refuse(tx, refused.id, daysAfter(paidAt, 0.5)));
    await refused.settle(daysAfter(paidAt, 0.5));
    expect(await newsOf(refused.shop)).toMatchObject([
      { template_key: 'friend-held', state: 'skipped' },
      { template_key: 'friend-lost', state: 'waiting', data: { news: { next: roadText('refused', 'en') } } },
    ]);
  });

  test('nobody hears of it where it is switched off', async () => {
    const { shop } = await aHeldOne({ news: { joined: 'ordered', held: false, lost: false } });
    expect(await newsOf(shop)).toEqual([]);
  });
});

describe('lost', () => {
  test('what was given for it is said to be gone; a person may let it pass, and only what ends again is told again', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(daysAfter(paidAt, 14));
    const dispute = (state: 'lost' | 'won', day: number) =>
      t.db.acrossShops((tx) =>
        takeChecks(
          tx,
          [
            {
              shopId: shop.id,
              orderId: order.id,
              check: { kind: 'dispute', dispute: state, at: daysAfter(paidAt, day) },
            },
          ],
          daysAfter(paidAt, day),
        ),
      );
    await dispute('lost', 20);
    await settle(daysAfter(paidAt, 20));
    const { id } = (await list(shop))[0]!;
    const [lost] = await newsOf(shop);
    expect(lost).toMatchObject({
      key: newsKey('lost', id),
      state: 'waiting',
      data: { news: { why: reasonText('charged-back', 'en'), next: roadText('void', 'en'), taken: true } },
    });
    await dispute('won', 21);
    const because = { staff: null, reason: 'won at the bank' };
    await t.db.inShop(shop.id, (tx) => release(tx, id, daysAfter(paidAt, 21), because));
    await settle(daysAfter(paidAt, 21));
    expect(await newsOf(shop)).toMatchObject([{ state: 'skipped', reason: { code: 'referral-moved' } }]);
  });

  test('what a number of friends had earned is said to be gone with one of them', async () => {
    const { shop, code, settle } = await aProgramme();
    await tells(shop, { tiers: [{ friends: 2, reward: POINTS }] });
    const orders = [0, 1].map(() => anOrder(shop, { codes: [code], at: paidAt }));
    await takeIn(t.db, orders);
    await settle(paidAt);
    await settle(daysAfter(paidAt, 14));
    const gone = { updatedAt: daysAfter(paidAt, 20), cancelledAt: daysAfter(paidAt, 20) };
    await takeIn(t.db, [{ ...orders[0]!, ...gone }]);
    await settle(daysAfter(paidAt, 20));
    expect(await newsOf(shop)).toMatchObject([
      { template_key: 'friend-lost', data: { news: { taken: true, extra: '100 points' } } },
    ]);
  });

  test('a commission that became less is told with what is left of it, once it had counted; paid or not', async () => {
    const { shop, code, settle } = await aProgramme();
    await tells(shop, { advocate: { kind: 'commission', value: { percent: 10 } } });
    const orders = [0, 1].map(() => anOrder(shop, { codes: [code], at: paidAt }));
    await takeIn(t.db, orders);
    await settle(paidAt);
    const payBack = async (order: (typeof orders)[number], days: number[]) => {
      const refunds = days.map((day) => ({
        id: order.id * 100n + BigInt(day),
        amount: 1000n,
        at: daysAfter(paidAt, day),
      }));
      const change = {
        updatedAt: daysAfter(paidAt, days.at(-1)!),
        financialStatus: 'partially_refunded',
        refunds,
      };
      await takeIn(t.db, [{ ...order, ...change }]);
      await settle(daysAfter(paidAt, days.at(-1)!));
    };
    await payBack(orders[0]!, [3]);
    expect(await newsOf(shop)).toEqual([]);
    await settle(daysAfter(paidAt, 14));
    await t.db.inShop(shop.id, async (tx) => {
      const batch = await gatherPayouts(tx, shop.id, daysAfter(paidAt, 15));
      await markPaid(tx, shop.id, batch!, daysAfter(paidAt, 15));
    });
    await payBack(orders[1]!, [20]);
    await payBack(orders[1]!, [20, 21]);
    const gone = { updatedAt: daysAfter(paidAt, 30), cancelledAt: daysAfter(paidAt, 30) };
    await takeIn(t.db, [{ ...orders[0]!, ...gone }]);
    await settle(daysAfter(paidAt, 30));
    const debts = await t.db.inShop(shop.id, (tx) => debtsOf(tx, shop.id));
    expect(debts.map(({ amount }) => Number(amount)).sort((a, b) => a - b)).toEqual([200, 400]);
    const told = (await newsOf(shop)).map(({ template_key, data }) => [template_key, data.news.gift]);
    expect(told.sort()).toEqual([
      ['friend-counts', '€4 commission'],
      ['friend-counts', '€5 commission'],
      ['friend-less', '€4 commission'],
      ['friend-lost', '€4 commission'],
    ]);
  });

  test('who is erased hears nothing, and of who is erased nobody does', async () => {
    const { shop, code, settle, advocateId } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(paidAt);
    await t.db.inShop(shop.id, (tx) => endForErased(tx, shop.id, [advocateId], paidAt));
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['erased'] }]);
    expect(await newsOf(shop)).toEqual([]);
  });

  test('heard twice it is told once', async () => {
    const { shop, settle } = await aHeldOne();
    await t.db.sqlAcrossShops(
      `insert into event (shop_id, id, kind, customer_id, order_id, data, at, due_at)
       select shop_id, gen_random_uuid(), kind, customer_id, order_id, data, at, at from event where shop_id = $1 and kind = 'referral.held'`,
      [shop.id],
    );
    await settle(paidAt);
    expect(await newsOf(shop)).toHaveLength(1);
  });
});
