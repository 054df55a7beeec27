/** What follows from a voice: warnings and the chain, tags, thanks, held asks, the alarm of a product, "did it help?". */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  endAlarm,
  hear,
  installDefaults,
  makeClockLoop,
  openProblems,
  pausedAsks,
  reply,
  ringingAlarms,
  sayHelped,
  solve,
  tagByHand,
  takeTag,
} from '../../../app/conversations/conversations.server.ts';
import type { Voice } from '../../../app/conversations/voice.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  aMessage,
  after,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  messageRow,
  noon,
  RememberingMail,
  anOrderOf,
} from '../../messages.ts';
import { aVoice, conversationsOf, entriesOf } from '../../voices.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
let shop: Shop;
const settle = async (content: object) => {
  await t.db.sqlAcrossShops(
    `insert into inbox_settings (shop_id, content, updated_at) values ($1, $2::jsonb, $3)
     on conflict (shop_id) do update set content = excluded.content`,
    [shop.id, content, noon],
  );
};
const listen = (...voices: Voice[]) => t.db.acrossShops((tx) => hear(tx, voices, noon));
const urls = {
  inboxUrl: (_shop: unknown, id: string) => `https://admin.test/${id}`,
  helpUrl: ({ conversationId }: { conversationId: string }) => `https://app.test/h/${conversationId}`,
};
const tick = (hours: number) => makeClockLoop({ ...urls, db: t.db })(after(hours));
const codes = async () => (await entriesOf(t.db, shop, 'happening')).map(({ data }) => data.code);
const tagsOf = () =>
  t.db.sqlAcrossShops<{ tag: string; suggested: boolean; open: boolean }>(
    'select tag, suggested, open from conversation_tag where shop_id = $1 order by tag',
    [shop.id],
  );

beforeEach(async () => {
  shop = await aShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, noon));
});

describe('the loop over clocks', () => {
  test('a complaint that nobody answers is warned of, late, and passed on, each once', async () => {
    await settle({
      chain: [
        { lateBy: 0, to: 'lead@example.com' },
        { lateBy: 60, to: 'owner@example.com' },
      ],
    });
    await listen(aVoice(shop, noon, { kind: 'answer', score: 1, text: 'It broke' }));
    await tick(0.4);
    expect(await entriesOf(t.db, shop, 'notice')).toMatchObject([
      { address: 'lead@example.com', state: 'to-send' },
    ]);
    await Promise.all([tick(0.6), tick(0.6)]);
    expect(await codes()).toEqual(['late', 'escalated']);
    await tick(1.6);
    await tick(1.7);
    expect(await codes()).toEqual(['late', 'escalated', 'escalated']);
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ assignee: 'owner@example.com' }]);
    const notices = await entriesOf(t.db, shop, 'notice');
    expect(notices.map(({ address }) => address)).toEqual([
      'lead@example.com',
      'lead@example.com',
      'owner@example.com',
    ]);
    expect(notices[0]!.text).toContain('https://admin.test/');
  });

  test('a shop that has left is told nothing', async () => {
    await listen(aVoice(shop, noon));
    await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
    await tick(100);
    expect(await codes()).toEqual([]);
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ due_at: null }]);
  });

  test('after it was settled one neutral question is asked once, and a bad answer takes the matter up again', async () => {
    await settle({ help: { on: true, afterHours: 24 } });
    const [id] = await listen(aVoice(shop, noon, { language: 'de' }));
    await t.db.inShop(shop.id, (tx) =>
      reply(
        tx,
        { shopId: shop.id, conversationId: id!, text: 'Here it is', author: 'staff:1', solve: true },
        after(1),
      ),
    );
    await tick(24);
    expect(await entriesOf(t.db, shop, 'help')).toEqual([]);
    await tick(25.1);
    await tick(60);
    const asked = await entriesOf(t.db, shop, 'help');
    expect(asked).toMatchObject([{ address: 'ana@example.com', state: 'to-send' }]);
    expect(asked[0]!.text).toContain(`Gar nicht: https://app.test/h/${id}?v=1`);
    const say = (score: number) => t.db.inShop(shop.id, (tx) => sayHelped(tx, id!, score, after(61)));
    expect([await say(6), await say(4), await say(4)]).toEqual([false, true, true]);
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ state: 'solved' }]);
    await say(1);
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { state: 'open', awaiting_since: after(61), voices: 1 },
    ]);
  });
});

describe('what follows at once', () => {
  test('rules suggest tags, put twice they are there once, and lists know whether it is open', async () => {
    const [id] = await listen(aVoice(shop, noon, { text: 'It came BROKEN, and too late. Not chocolate!' }));
    expect(await tagsOf()).toEqual([
      { tag: 'damaged', suggested: true, open: true },
      { tag: 'delivery', suggested: true, open: true },
    ]);
    await t.db.inShop(shop.id, (tx) => solve(tx, shop.id, [id!], 'staff:1', noon));
    expect((await tagsOf()).map(({ open }) => open)).toEqual([false, false]);
  });

  test('a cue makes it somebody’s at once', async () => {
    await settle({ cues: [{ kind: 'words', value: 'lawyer, Anwalt', to: 'owner@example.com' }] });
    await listen(aVoice(shop, noon, { text: 'Ich rufe meinen Anwalt an.' }));
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ assignee: 'owner@example.com' }]);
    expect(await codes()).toEqual(['cued']);
    expect(await entriesOf(t.db, shop, 'notice')).toHaveLength(1);
  });

  test('praise is thanked, never with the same words twice in a row, and a question in it waits for a person', async () => {
    await settle({ thanks: { on: true, texts: { en: ['One', 'Two'] } } });
    const customerId = await aRecipient(t.db, shop);
    const praise = (n: number, text = 'Lovely') =>
      aVoice(shop, after(n), { kind: 'review', channel: 'review', score: 5, customerId, from: null, text });
    for (let n = 0; n < 5; n++) await listen(praise(n));
    const texts = (await entriesOf(t.db, shop, 'reply')).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(['One', 'Two']));
    expect(texts.every((text, index) => text !== texts[index - 1])).toBe(true);
    await listen(praise(6, 'Lovely! Does it come in blue?'));
    expect(await entriesOf(t.db, shop, 'reply')).toHaveLength(5);
    await settle({ thanks: { on: true, texts: { en: ['Only one'] } } });
    const other = { ...praise(7), customerId: await aRecipient(t.db, shop) };
    await listen(other, { ...other, source: 'review:again' });
    expect((await entriesOf(t.db, shop, 'reply')).filter(({ text }) => text === 'Only one')).toHaveLength(1);
  });
});

describe('what is named a complaint', () => {
  const clock = async () => (await conversationsOf(t.db, shop)).map((one) => [one.clock, one.problem]);
  const dueAt = async () => (await conversationsOf(t.db, shop))[0]!.reply_due_at;
  const put = (id: string, tag: string) =>
    t.db.acrossShops((tx) =>
      tagByHand(tx, { shopId: shop.id, ids: [id], tags: [tag], by: 'staff:1' }, after(1)),
    );
  const take = (id: string, tag: string) => t.db.acrossShops((tx) => takeTag(tx, shop.id, [id], tag));

  test('is one: a mail by its words, at once and by the shorter promise, until somebody says that it is none', async () => {
    const customerId = await aRecipient(t.db, shop);
    const mail = (text: string, source: string) => aVoice(shop, noon, { customerId, text, source });
    const [id] = await listen(mail('The bowl came broken', 'mail:1'), mail('Can you help?', 'mail:2'));
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { id, clock: 'complaint', problem: true, voices: 2, reply_due_at: after(0.5) },
    ]);
    expect(await take(id!, 'damaged')).toBe(1);
    expect([await clock(), await dueAt()]).toEqual([[['message', false]], after(4)]);
    expect(await put(id!, 'damaged')).toBe(1);
    expect([await clock(), await dueAt()]).toEqual([[['complaint', true]], after(0.5)]);
    expect(await put(id!, 'quality')).toBe(1);
    await take(id!, 'damaged');
    expect(await clock()).toEqual([['complaint', true]]);
    await take(id!, 'quality');
    expect(await clock()).toEqual([['message', false]]);
  });

  test('is none by its words where stars or a score speak, or a question only asks; a low score stays one', async () => {
    const [praise] = await listen(
      aVoice(shop, noon, { kind: 'review', source: 'review:1', score: 5, text: 'Not broken, perfect' }),
    );
    await listen(
      aVoice(shop, noon, { kind: 'question', source: 'question:1', text: 'Can it be broken in two?' }),
    );
    await listen(aVoice(shop, noon, { kind: 'answer', source: 'answer:1', score: 1, text: 'Broken' }));
    const all = [
      ['review', false],
      ['question', false],
      ['complaint', true],
    ];
    expect((await clock()).toSorted()).toEqual(all.toSorted());
    const low = (await conversationsOf(t.db, shop)).find(({ score }) => score === 1)!;
    await take(low.id, 'damaged');
    await put(praise!, 'praise');
    expect((await clock()).toSorted()).toEqual(all.toSorted());
  });
});

describe('permission', () => {
  test('a complaint holds asks and offers until days after it was settled', async () => {
    const customerId = await aRecipient(t.db, shop);
    const held = async (hours: number) =>
      (await openProblems({ sql: t.db.sqlAcrossShops }, [{ shopId: shop.id, customerId }], after(hours))).get(
        customerId,
      );
    const [id] = await listen(aVoice(shop, noon, { kind: 'answer', score: 2, customerId }));
    expect(await held(1)).toBe('complaint');
    await aTextOf(t.db, shop);
    const message = await aMessage(t.db, shop, customerId);
    const handOver = handOverDeps(t.db, new RememberingMail(), {
      facts: { hashKey: Buffer.alloc(32, 7), texts: false, openProblems },
    });
    await handOverAll(handOver, noon);
    expect((await messageRow(t.db, message)).reason).toEqual({ code: 'open-problem', problem: 'complaint' });
    await t.db.inShop(shop.id, (tx) => solve(tx, shop.id, [id!], 'staff:1', after(2)));
    expect([await held(2 + 71), await held(2 + 73)]).toEqual(['complaint', undefined]);
  });

  test('the same complaint of three people about one product pauses asks about it until somebody has looked', async () => {
    const complain = (productId: bigint) =>
      aVoice(shop, noon, {
        kind: 'answer',
        score: 1,
        productId,
        text: 'broken',
        source: `answer:${Math.random()}`,
        from: { name: null, address: `${Math.random()}@example.com` },
      });
    await listen(complain(7n), complain(7n), complain(8n));
    const sql = { sql: t.db.sqlAcrossShops };
    expect(await ringingAlarms(sql, shop.id)).toEqual([]);
    await listen(complain(7n));
    const [alarm, ...more] = await ringingAlarms(sql, shop.id);
    expect(alarm).toMatchObject({ productId: 7n, tag: 'damaged', count: 3 });
    expect(more).toEqual([]);
    const asks = [7n, 8n].map((productId) => ({ shopId: shop.id, orderId: null, productId }));
    expect(await pausedAsks(sql, asks)).toEqual(new Set([0]));
    const events = await t.db.sqlAcrossShops(
      `select data from event where shop_id = $1 and kind = 'product.alarm'`,
      [shop.id],
    );
    expect(events).toEqual([{ data: { productId: '7', tag: 'damaged' } }]);
    const end = () =>
      t.db.inShop(shop.id, (tx) => endAlarm(tx, shop.id, { id: alarm!.id, by: 'staff:1' }, after(1)));
    expect([await end(), await end()]).toEqual([true, false]);
    expect(await pausedAsks(sql, asks)).toEqual(new Set());
    // What had rung it does not ring it again.
    await listen(complain(7n));
    expect(await ringingAlarms(sql, shop.id)).toEqual([]);
    // Mails about orders of that product alone count as well.
    for (let person = 0; person < 3; person++) {
      const customerId = await aRecipient(t.db, shop);
      const orderId = await anOrderOf(t.db, shop, customerId);
      await insertRow(t.db, 'order_line', { shop_id: shop.id, order_id: orderId, id: 1n, product_id: 7n });
      const voice = aVoice(shop, after(2), { customerId, orderId, text: 'It came broken' });
      await t.db.acrossShops((tx) => hear(tx, [voice], after(2)));
    }
    expect(await ringingAlarms(sql, shop.id)).toMatchObject([{ productId: 7n, count: 3 }]);
  });
});
