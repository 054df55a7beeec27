/** What customers say becomes conversations, each voice once, and answers go back where they came from. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  hear,
  makeReplyLoop,
  mergeCustomers,
  reply,
  solve,
} from '../../../app/conversations/conversations.server.ts';
import type { OutgoingReply, SentReply } from '../../../app/conversations/sending.ts';
import { VOICE_MAX, type Voice } from '../../../app/conversations/voice.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { after, aRecipient, anOrderOf, noon } from '../../messages.ts';
import { aVoice, conversationsOf, entriesOf } from '../../voices.ts';

const t = testDb();
let shop: Shop;
const listen = (...voices: Voice[]) => t.db.acrossShops((tx) => hear(tx, voices, noon));
const answer = (conversationId: string, with_: Partial<Parameters<typeof reply>[1]> = {}) =>
  t.db.inShop(shop.id, (tx) =>
    reply(
      tx,
      { shopId: shop.id, conversationId, text: 'It is on its way.', author: 'staff:1', ...with_ },
      after(1),
    ),
  );

beforeEach(async () => {
  shop = await aShop(t.db);
});

describe('hearing', () => {
  test('a voice is heard once, however often it is told, also at the same time', async () => {
    const voice = aVoice(shop, noon);
    await Promise.all([listen(voice), listen(voice), listen(voice, voice)]);
    const [conversation, ...more] = await conversationsOf(t.db, shop);
    expect(more).toEqual([]);
    expect(conversation).toMatchObject({ state: 'open', clock: 'message', voices: 1, preview: voice.text });
    expect(conversation!.awaiting_since).toEqual(noon);
    // Four hours of working time after noon in Berlin.
    expect(conversation!.reply_due_at).toEqual(after(4));
    expect(await entriesOf(t.db, shop)).toHaveLength(1);
  });

  test('what is said about one order is one matter, a review of it is another, and another order is a third', async () => {
    const customerId = await aRecipient(t.db, shop);
    const [first, second] = [
      await anOrderOf(t.db, shop, customerId),
      await anOrderOf(t.db, shop, customerId),
    ];
    const said = (kind: Voice['kind'], orderId: bigint, more: Partial<Voice> = {}) =>
      aVoice(shop, noon, { kind, orderId, customerId, from: null, ...more });
    await listen(said('answer', first, { score: 5 }), said('not-arrived', first), said('answer', second));
    await listen(said('review', first, { score: 4, channel: 'review' }));
    const found = await conversationsOf(t.db, shop);
    expect(found.map(({ clock, voices, channel }) => [clock, voices, channel])).toEqual([
      ['complaint', 2, 'mail'],
      ['message', 1, 'mail'],
      ['review', 1, 'review'],
    ]);
    expect(found[0]).toMatchObject({ problem: true, score: 5, customer_id: customerId });
  });

  test('a reply goes on with its thread, opens it again when it was solved, and starts its clock again', async () => {
    const [id] = await listen(aVoice(shop, noon, { names: ['mail:<a@x>'] }));
    await answer(id!, { solve: true });
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { state: 'solved', awaiting_since: null, reply_due_at: null },
    ]);
    const later = aVoice(shop, after(24), { threads: ['mail:<a@x>'], text: 'It still is not here.' });
    expect(await listen(later)).toEqual([id]);
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { state: 'open', awaiting_since: after(24), reply_due_at: after(28), voices: 2 },
    ]);
  });

  test('other words from the same source are the same voice, changed; what was said before is kept', async () => {
    const voice = aVoice(shop, noon, { kind: 'review', channel: 'review', score: 5, text: 'Lovely' });
    const [id] = await listen(voice);
    await answer(id!);
    await listen({ ...voice, score: 1, text: 'It broke' });
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { clock: 'complaint', score: 1, voices: 1, awaiting_since: noon, preview: 'It broke' },
    ]);
    const happened = await entriesOf(t.db, shop, 'happening');
    expect(happened.map(({ data }) => data)).toEqual([{ code: 'changed', before: 'Lovely', score: 5 }]);
  });

  test('an automatic answer wakes nobody: not a thread, and not by itself', async () => {
    const [id] = await listen(aVoice(shop, noon, { names: ['mail:<a@x>'] }));
    await answer(id!, { solve: true });
    const automatic = { isAutomatic: true, text: 'I am out of office' };
    await listen(aVoice(shop, after(2), { ...automatic, threads: ['mail:<a@x>'] }));
    await listen(
      aVoice(shop, after(2), { ...automatic, from: { name: null, address: 'robot@example.com' } }),
    );
    const found = await conversationsOf(t.db, shop);
    expect(found.map(({ state, awaiting_since: waits }) => [state, waits])).toEqual([
      ['solved', null],
      ['solved', null],
    ]);
    expect(await entriesOf(t.db, shop, 'voice')).toHaveLength(3);
  });

  test('a very long text, one with scripts and one with a NUL are kept as they are', async () => {
    const long = 'x'.repeat(50_000);
    const script = '<script>alert(1)</script> {{ 7 | times: 7 }}';
    await listen(aVoice(shop, noon, { text: long }), aVoice(shop, noon, { text: script }));
    await listen(
      aVoice(shop, noon, { text: `a\u0000b` }),
      aVoice(shop, noon, { text: 'y'.repeat(VOICE_MAX + 1) }),
    );
    const texts = (await entriesOf(t.db, shop, 'voice')).map(({ text }) => text);
    expect(texts.slice(0, 3)).toEqual([long, script, 'ab']);
    expect(texts[3]).toHaveLength(VOICE_MAX + '\n[…]'.length);
  });

  test('another shop’s thread is nobody’s', async () => {
    const other = await aShop(t.db);
    const [id] = await listen(aVoice(other, noon, { names: ['mail:<a@x>'] }));
    const [mine] = await listen(aVoice(shop, noon, { threads: ['mail:<a@x>', `conversation:${id}`] }));
    expect(mine).not.toBe(id);
    expect(await conversationsOf(t.db, other)).toMatchObject([{ voices: 1 }]);
  });

  test('conversations follow a merge of customers', async () => {
    const [from, into] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop)];
    await listen(aVoice(shop, noon, { customerId: from }));
    await t.db.acrossShops((tx) => mergeCustomers(tx, [{ shopId: shop.id, from, into }]));
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ customer_id: into }]);
  });
});

describe('answering', () => {
  const refused = async (with_: Partial<Parameters<typeof reply>[1]>, voice: Partial<Voice> = {}) => {
    const [id] = await listen(aVoice(shop, noon, voice));
    return answer(id!, with_);
  };

  test('stops the clock and says how long it took', async () => {
    const [id] = await listen(aVoice(shop, noon));
    expect(await answer(id!)).toMatchObject({ outcome: 'given' });
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { state: 'open', awaiting_since: null, replied_at: after(1) },
    ]);
    expect(await entriesOf(t.db, shop, 'reply')).toMatchObject([
      { waited_minutes: 60, late: false, first: true, address: 'ana@example.com', state: 'to-send' },
    ]);
  });

  test('an empty one, one that is too long, and one to nobody are refused', async () => {
    expect(await refused({ text: ' \n ' })).toEqual({ outcome: 'refused', problem: 'empty' });
    expect(await refused({ text: 'x'.repeat(50_000) })).toEqual({ outcome: 'refused', problem: 'too-long' });
    expect(await refused({}, { from: null })).toEqual({ outcome: 'refused', problem: 'no-address' });
    expect(await entriesOf(t.db, shop, 'reply')).toEqual([]);
  });

  test('an erased customer is not answered, also when they were erased after it was written', async () => {
    const customerId = await aRecipient(t.db, shop);
    const [id] = await listen(aVoice(shop, noon, { customerId }));
    await answer(id!);
    await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [customerId, noon]);
    expect(await answer(id!)).toEqual({ outcome: 'refused', problem: 'erased' });
    const sent: OutgoingReply[] = [];
    const mail = async (one: OutgoingReply): Promise<SentReply> => {
      if (one.shopId === shop.id) sent.push(one);
      return { outcome: 'sent', ref: null };
    };
    await makeReplyLoop({ db: t.db, ways: { mail } })(after(1));
    expect(sent).toEqual([]);
    expect(await entriesOf(t.db, shop, 'reply')).toMatchObject([
      { state: 'refused', data: { problem: 'erased' } },
    ]);
  });

  test('of two who answer at once the second is told, and may answer all the same', async () => {
    const [id] = await listen(aVoice(shop, noon));
    const both = await Promise.all([answer(id!, { seenReplyAt: null }), answer(id!, { seenReplyAt: null })]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['given', 'refused']);
    expect(both).toContainEqual({ outcome: 'refused', problem: 'answered-meanwhile' });
    expect(await answer(id!)).toMatchObject({ outcome: 'given' });
  });

  test('leaves once by its channel, is tried again when nobody takes it, and its name leads back', async () => {
    const [id] = await listen(aVoice(shop, noon, { names: ['mail:<a@x>'] }));
    await answer(id!);
    let down = true;
    const seen: OutgoingReply[] = [];
    const isProlonged = watchLease(t.db, 'conversation_entry');
    const mail = async (one: OutgoingReply): Promise<SentReply> => {
      if (one.shopId === shop.id) seen.push(one);
      await isProlonged();
      return down
        ? { outcome: 'later', reason: 'no-answer' }
        : { outcome: 'sent', ref: 'p1', names: ['mail:<r@x>'] };
    };
    const round = makeReplyLoop({ db: t.db, ways: { mail } });
    await round(after(1));
    expect(await round(after(1))).toBe(0);
    down = false;
    await Promise.all([round(after(2)), round(after(2))]);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({
      id: seen[0]!.id,
      address: 'ana@example.com',
      thread: ['mail:<a@x>'],
      attempts: 2,
    });
    expect(await entriesOf(t.db, shop, 'reply')).toMatchObject([{ state: 'sent' }]);
    expect(await listen(aVoice(shop, after(3), { threads: ['mail:<r@x>'] }))).toEqual([id]);
  });

  test('where there is no way out, the shop posts it by hand', async () => {
    const [id] = await listen(aVoice(shop, noon, { kind: 'mention', channel: 'social', from: null }));
    await answer(id!);
    await makeReplyLoop({ db: t.db, ways: {} })(after(1));
    expect(await entriesOf(t.db, shop, 'reply')).toMatchObject([{ state: 'by-hand' }]);
  });

  test('solving twice is once', async () => {
    const [id] = await listen(aVoice(shop, noon));
    const done = () => t.db.inShop(shop.id, (tx) => solve(tx, shop.id, [id!], 'staff:1', noon));
    expect((await Promise.all([done(), done()])).flat()).toEqual([id]);
    expect(await entriesOf(t.db, shop, 'happening')).toHaveLength(1);
  });
});
