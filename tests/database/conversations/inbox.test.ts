/** The inbox: lists and search, what people do with conversations, and what other promises do to open ones. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  assign,
  badgeFigure,
  conversationsCsv,
  effectOf,
  hear,
  inboxCounts,
  installDefaults,
  listConversations,
  mergeConversations,
  reopen,
  reply,
  saveInboxSettings,
  sayHelped,
  sayWriting,
  snooze,
  solve,
  splitConversation,
  takeBack,
  tagByHand,
  threadOf,
  writeNote,
} from '../../../app/conversations/conversations.server.ts';
import { themesCsv, themesOf } from '../../../app/insights/insights.server.ts';
import { filterFrom } from '../../../app/conversations/filter.ts';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import { timelineSentence } from '../../../app/ui/timelineSentence.ts';
import { readInboxSettings } from '../../../app/conversations/settings.ts';
import type { Voice } from '../../../app/conversations/voice.ts';
import { fieldsOf } from '../../../app/fields.server.ts';
import { doInInbox } from '../../../app/inboxDeeds.server.ts';
import type { ShopTx } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { after, aRecipient, anOrderOf, noon } from '../../messages.ts';
import { aVoice, conversationsOf, entriesOf } from '../../voices.ts';

const t = testDb();
let shop: Shop;
const listen = (...voices: Voice[]) => t.db.acrossShops((tx) => hear(tx, voices, noon));
const inShop = <T>(work: (tx: ShopTx) => Promise<T>) => t.db.inShop(shop.id, work);
const from = (address: string) => ({ name: address.split('@')[0]!, address });
const list = (query: string, me: string | null = null, limit = 50, after_: string | null = null) =>
  inShop((tx) =>
    listConversations(tx, { ...filterFrom(new URLSearchParams(query)), me, limit, after: after_ }, after(1)),
  );
const found = async (query: string, me: string | null = null) =>
  (await list(query, me)).rows.map(({ id }) => id);
const by = 'staff:1';

beforeEach(async () => {
  shop = await aShop(t.db);
  await inShop((tx) => installDefaults(tx, shop.id, noon));
});

describe('lists', () => {
  test('begin with whoever is promised an answer first, and show each view what belongs to it', async () => {
    const [message] = await listen(aVoice(shop, noon, { from: from('a@x.de') }));
    const [complaint] = await listen(aVoice(shop, noon, { kind: 'answer', score: 1, from: from('b@x.de') }));
    const [solved] = await listen(aVoice(shop, noon, { from: from('c@x.de') }));
    const [asleep] = await listen(aVoice(shop, noon, { from: from('d@x.de') }));
    await inShop((tx) => solve(tx, shop.id, [solved!], by, noon));
    await inShop((tx) => snooze(tx, [asleep!], { until: after(9), by }, noon));
    await inShop((tx) => assign(tx, [message!], { to: 'me@x.de', by }, noon));
    expect(await found('')).toEqual([complaint, message]);
    expect(await found('view=late')).toEqual([complaint]);
    expect(await found('view=mine', 'me@x.de')).toEqual([message]);
    expect(await found('view=mine')).toEqual([]);
    expect(await found('view=unassigned')).toEqual([complaint]);
    expect(await found('view=snoozed')).toEqual([asleep]);
    expect(await found('view=solved')).toEqual([solved]);
    expect((await found('view=all')).sort()).toEqual([message, complaint, solved, asleep].sort());
    expect(await found('view=nonsense&kind=complaint&channel=no')).toEqual([complaint]);
    expect(await inShop((tx) => inboxCounts(tx, 'me@x.de', after(1)))).toMatchObject({
      'to-answer': 2,
      late: 1,
      mine: 1,
      unassigned: 1,
      open: 2,
      snoozed: 1,
    });
  });

  test('find words of what was said, of names, addresses and orders by their beginnings, in one shop only', async () => {
    const customerId = await aRecipient(t.db, shop, { firstName: 'Zoë', email: 'zoe.k@example.com' });
    const orderId = await anOrderOf(t.db, shop, customerId);
    const [vase] = await listen(
      aVoice(shop, noon, { text: 'The blue vase is cracked', customerId, orderId, from: null }),
    );
    const [other] = await listen(
      aVoice(shop, noon, { text: 'A question about glass', from: from('eve@x.de') }),
    );
    await listen(aVoice(await aShop(t.db), noon, { text: 'The blue vase is cracked' }));
    await inShop((tx) => writeNote(tx, other!, { text: 'Call the kiln in Meissen', by }, noon));
    const asked = [
      'vas crack',
      'Zoë',
      'zoe.k@example.com',
      `#${orderId}`,
      'kiln',
      "o'clock",
      '%_',
      '\\',
      'vase glass',
    ];
    const hits = await Promise.all(asked.map((text) => found(`view=all&q=${encodeURIComponent(text)}`)));
    const [both, nobody] = [[vase, other].sort(), []];
    expect(hits.map((ids) => ids.sort())).toEqual([
      [vase],
      [vase],
      [vase],
      [vase],
      [other],
      nobody,
      both,
      both,
      nobody,
    ]);
  });

  test('turn page by page without losing or repeating anybody, with a tag and without, and as CSV', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n++)
      ids.push(
        (await listen(aVoice(shop, after(n / 100), { from: from(`p${n}@x.de`), text: 'broken' })))[0]!,
      );
    const pages = async (query: string) => {
      const seen: string[] = [];
      for (let next: string | null = null, round = 0; round < 5; round++) {
        const page = await list(query, null, 3, next);
        seen.push(...page.rows.map(({ id }) => id));
        next = page.next;
        if (!next) break;
      }
      return seen;
    };
    expect(await pages('')).toEqual(ids);
    expect(await pages('view=open')).toEqual(ids.toReversed());
    expect(await pages('view=open&tag=damaged')).toEqual(ids.toReversed());
    expect(await pages('view=all&tag=damaged&q=broken')).toEqual(ids.toReversed());
    const lines: string[] = [];
    const ask = { ...filterFrom(new URLSearchParams('view=all')), me: null, shopId: shop.id };
    for await (const part of conversationsCsv(t.db, ask, noon)) lines.push(part);
    expect(lines.join('').trim().split('\r\n')).toHaveLength(8);
  });
});

describe('one thread a matter', () => {
  test('what was joined by mistake is parted, and what belongs together is joined; names lead to where it went', async () => {
    const [id] = await listen(
      aVoice(shop, noon, { source: 'mail:<a@x>', names: ['mail:<a@x>'], text: 'First' }),
    );
    await listen(
      aVoice(shop, after(0.1), {
        source: 'mail:<b@x>',
        names: ['mail:<b@x>'],
        threads: ['mail:<a@x>'],
        text: 'Second',
      }),
    );
    const voices = await entriesOf(t.db, shop, 'voice');
    const part = (entries: string[]) =>
      inShop((tx) => splitConversation(tx, { id: id!, entries, by }, after(1)));
    expect([await part([]), await part(voices.map((one) => one.id))]).toEqual([null, null]);
    const other = await part([voices[1]!.id]);
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { id, voices: 1 },
      { id: other, voices: 1, preview: 'Second', awaiting_since: after(0.1) },
    ]);
    expect(await listen(aVoice(shop, after(2), { threads: ['mail:<b@x>'] }))).toEqual([other]);
    expect(await inShop((tx) => mergeConversations(tx, { into: id!, from: [other!], by }, after(3)))).toBe(
      true,
    );
    expect(await conversationsOf(t.db, shop)).toMatchObject([
      { id, voices: 3, state: 'open', awaiting_since: noon },
      { id: other, state: 'merged', due_at: null },
    ]);
    expect((await inShop((tx) => threadOf(tx, other!, by, noon)))?.conversation.id).toBe(id);
    expect(await listen(aVoice(shop, after(4), { threads: [`conversation:${other}`] }))).toEqual([id]);
    expect(await listen(aVoice(shop, after(4), { threads: ['mail:<b@x>'] }))).toEqual([id]);
  });

  test('what two customers said stays apart', async () => {
    const [a, b] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop)];
    const [one, two] = await listen(
      aVoice(shop, noon, { customerId: a }),
      aVoice(shop, noon, { customerId: b }),
    );
    expect(await inShop((tx) => mergeConversations(tx, { into: one!, from: [two!], by }, noon))).toBe(false);
  });
});

test('files are found by their names, and what was joined or parted by the words that are in it now', async () => {
  const customerId = await aRecipient(t.db, shop, { email: 'ana@example.com' });
  const file = (name: string) => [{ fileId: null, name, type: 'application/pdf' }];
  const say = (text: string, hours: number, more: Partial<Voice> = {}) =>
    listen(aVoice(shop, after(hours), { customerId, text, ...more }));
  const [one] = await say('It is cracked', 0, { attachments: file('Rechnung-2026_Müller.final.pdf') });
  for (const words of [
    'rechnung',
    'müll',
    'rechnung-2026_Müller.final.pdf',
    '2026 final',
    'Rechnung-2026_mü',
  ])
    expect([words, await found(`q=${encodeURIComponent(words)}`)]).toEqual([words, [one]]);
  expect(await found('q=quittung')).toEqual([]);

  const matter = { kind: 'review', source: 'review:words', score: 2 } as const;
  const [other] = await say('A splinter in the wood', 0.1, { ...matter, attachments: file('wood.pdf') });
  await inShop((tx) => mergeConversations(tx, { into: one!, from: [other!], by }, after(0.2)));
  for (const words of ['splinter', 'wood.pdf', 'cracked', 'ana@example.com'])
    expect([words, await found(`q=${words}`)]).toEqual([words, [one]]);

  const entries = (await entriesOf(t.db, shop, 'voice')).filter(({ text }) => text.includes('splinter'));
  const ids = entries.map(({ id }) => id);
  const part = await inShop((tx) => splitConversation(tx, { id: one!, entries: ids, by }, after(0.3)));
  for (const words of ['splinter', 'wood.pdf'])
    expect([words, await found(`q=${words}`)]).toEqual([words, [part]]);
  for (const words of ['cracked', 'rechnung'])
    expect([words, await found(`q=${words}`)]).toEqual([words, [one]]);
  expect((await found('q=ana@example.com')).sort()).toEqual([one, part].sort());
});

test('the customer’s own story tells of it: that it began, was answered and settled, and whether it helped', async () => {
  const customerId = await aRecipient(t.db, shop, { email: 'ana@example.com' });
  const [mail] = await listen(aVoice(shop, noon, { customerId }));
  await listen(aVoice(shop, noon, { kind: 'review', source: 'review:told', score: 5, customerId }));
  await inShop((tx) =>
    reply(
      tx,
      { shopId: shop.id, conversationId: mail!, text: 'On its way', author: 'staff:1', solve: true },
      after(1),
    ),
  );
  await inShop((tx) => sayHelped(tx, mail!, 5, after(2)));
  const { entries } = await inShop((tx) =>
    timelineOf(tx, { shopId: shop.id, id: customerId }, { kinds: ['conversation'] }),
  );
  expect(
    entries
      .toReversed()
      .map((entry) => timelineSentence(entry, { zone: 'UTC' }))
      .toSorted(),
  ).toEqual([
    'A conversation was solved',
    'Said how much the answer helped: 5 of 5',
    'Was answered after 1 h of working time',
    'Wrote a mail',
  ]);
});

describe('people', () => {
  test('a note is no answer, sleeping wakes with the next word, taking up again makes nobody wait', async () => {
    const [id] = await listen(aVoice(shop, noon, { names: ['mail:<a@x>'] }));
    const note = (text: string) => inShop((tx) => writeNote(tx, id!, { text, by }, noon));
    expect([await note('  '), await note('x'.repeat(10_001)), await note('Mind the glaze')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ awaiting_since: noon }]);
    expect(await inShop((tx) => snooze(tx, [id!], { until: noon, by }, after(1)))).toBe(0);
    await inShop((tx) => snooze(tx, [id!], { until: after(48), by }, after(1)));
    await listen(aVoice(shop, after(2), { threads: ['mail:<a@x>'] }));
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ state: 'open' }]);
    await inShop((tx) => solve(tx, shop.id, [id!], by, after(3)));
    expect(await inShop((tx) => reopen(tx, [id!], by, after(4)))).toBe(1);
    expect(await conversationsOf(t.db, shop)).toMatchObject([{ state: 'open', awaiting_since: null }]);
  });

  test('who writes is known to others for half a minute, and a tag put twice is there once', async () => {
    const [id] = await listen(aVoice(shop, noon));
    const writes = (who: string, hours: number) => inShop((tx) => sayWriting(tx, id!, who, after(hours)));
    expect([await writes(by, 1), await writes(by, 1), await writes('staff:2', 1)]).toEqual([
      true,
      true,
      false,
    ]);
    const writing = async (who: string, hours: number) =>
      (await inShop((tx) => threadOf(tx, id!, who, after(hours))))?.writing;
    expect([await writing('staff:2', 1), await writing(by, 1), await writing('staff:2', 1.01)]).toEqual([
      by,
      null,
      null,
    ]);
    const wanted = { shopId: shop.id, ids: [id!], tags: ['fit'], by };
    const put = () => inShop((tx) => tagByHand(tx, wanted, noon));
    expect([await put(), await put()]).toEqual([1, 0]);
  });
});

test('other promises are counted before they are made, then count for what is open', async () => {
  await listen(aVoice(shop, noon, { from: from('a@x.de') }), aVoice(shop, noon, { from: from('b@x.de') }));
  const [answered] = await listen(aVoice(shop, noon, { from: from('c@x.de') }));
  await inShop((tx) =>
    reply(tx, { shopId: shop.id, conversationId: answered!, text: 'Here', author: by, solve: true }, noon),
  );
  const target = { reply: 10, resolution: null };
  const shorter = readInboxSettings({ targets: { message: target } });
  const effect = () => inShop((tx) => effectOf(tx, shorter, after(1)));
  expect(await effect()).toEqual({ open: 2, moved: 2, late: 2, saved: 0 });
  expect((await conversationsOf(t.db, shop)).map((one) => one.reply_due_at)).toEqual([
    after(4),
    after(4),
    null,
  ]);
  expect(await saveInboxSettings(t.db, shop, shorter, after(1))).toEqual({ moved: 2 });
  expect((await conversationsOf(t.db, shop)).map((one) => one.reply_due_at)).toEqual([
    after(1 / 6),
    after(1 / 6),
    null,
  ]);
  expect(await effect()).toEqual({ open: 2, moved: 0, late: 0, saved: 0 });
});

test('what people speak of is counted by person, against the time before, in one shop, and as a file', async () => {
  const day = (days: number) => new Date(noon.getTime() - days * 86_400_000);
  const say = (name: string, text: string, at: Date, more: Partial<Voice> = {}) =>
    t.db.acrossShops((tx) =>
      hear(tx, [aVoice(shop, at, { from: from(name), text, language: 'en', ...more })], at),
    );
  for (const name of ['a@x.de', 'b@x.de', 'c@x.de', 'd@x.de'])
    await say(name, 'The handle is damaged', day(2));
  await say('a@x.de', 'It is the handle again', day(1));
  await say('e@x.de', 'A loose handle', day(40));
  await say('f@x.de', 'Something much older: handle', day(70));
  const elsewhere = await aShop(t.db);
  await t.db.acrossShops((tx) => hear(tx, [aVoice(elsewhere, day(1), { text: 'handle' })], day(1)));
  const ask = { from: day(30), to: noon };
  const themes = await inShop((tx) => themesOf(tx, ask));
  expect(themes).toEqual([
    { kind: 'subject', key: 'damaged', name: 'Damaged', people: 4, before: 0, score: null },
    { kind: 'words', key: 'damaged', name: 'damaged', people: 4, before: 0, score: null },
    { kind: 'words', key: 'handle', name: 'handle', people: 4, before: 1, score: null },
  ]);
  let file = '';
  for await (const part of themesCsv(t.db, { ...ask, shopId: shop.id })) file += part;
  expect(file).toContain('"Words","handle",4,1,');
});

test('the badge says how long nine of ten have waited, from their first word on, and forgets nobody who still waits', async () => {
  const figure = (hours: number) => inShop((tx) => badgeFigure(tx, after(hours)));
  const write = (who: number, hours: number, more: Partial<Voice> = {}) =>
    listen(aVoice(shop, after(hours), { from: from(`${who}@x.de`), ...more }));
  const answer = async (who: number, hours: number) => {
    const [one] = (await conversationsOf(t.db, shop)).filter(
      (each) => each.person_name === String(who) && each.awaiting_since,
    );
    const given = { shopId: shop.id, conversationId: one!.id, text: 'Here', author: by, solve: true };
    await inShop((tx) => reply(tx, given, after(hours)));
  };
  for (let who = 0; who < 20; who++) {
    await write(who, 0);
    await write(who, 3);
    if (who === 19) expect(await figure(5)).toBeNull();
    await answer(who, 3.5);
  }
  expect(await figure(5)).toEqual({ hours: 4, answers: 20 });
  // What a machine wrote, and what was settled before, is nobody's waiting.
  await write(0, 10, { isAutomatic: true });
  await write(0, 20);
  await answer(0, 20.5);
  expect(await figure(21)).toEqual({ hours: 4, answers: 21 });
  for (let who = 20; who < 26; who++) await write(who, 20);
  expect(await figure(22)).toEqual({ hours: 4, answers: 21 });
  expect(await figure(68)).toEqual({ hours: 48, answers: 21 });
});

test('what was taken back is gone: words, what they were before, files, and what finds them; the rest stays', async () => {
  const customerId = await aRecipient(t.db, shop, { email: 'ana@example.com' });
  const story = (text: string) =>
    aVoice(shop, noon, {
      kind: 'story',
      source: 'story:1',
      customerId,
      subject: 'Grandmother’s kitchen',
      text,
      attachments: [{ fileId: 'f1', name: 'kitchen.jpg', type: 'image/jpeg' }],
    });
  const [id] = await listen(story('Secretword in the kitchen'));
  await listen(story('Otherword in the kitchen'));
  await inShop((tx) => writeNote(tx, id!, { text: 'Lovely, ask for rights', by }, noon));
  const refs = [{ shopId: shop.id, source: 'story:1' }];
  await t.db.acrossShops((tx) => takeBack(tx, refs, after(1)));
  await t.db.acrossShops((tx) => takeBack(tx, refs, after(2)));
  const everything = JSON.stringify(
    [
      await t.db.sqlAcrossShops(
        'select c.*, w.search::text from conversation c join conversation_words w on w.conversation_id = c.id where c.shop_id = $1',
        [shop.id],
      ),
      await entriesOf(t.db, shop),
    ],
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  expect(everything).not.toMatch(/secretword|otherword|grandmother|kitchen\.jpg/i);
  const happened = (await entriesOf(t.db, shop, 'happening')).map(({ data }) => data.code);
  expect(happened.toSorted()).toEqual(['changed', 'solved', 'withdrawn']);
  expect(await conversationsOf(t.db, shop)).toMatchObject([{ state: 'solved', awaiting_since: null }]);
  for (const [words, hits] of [
    ['otherword', []],
    ['rights', [id]],
    ['ana@example', [id]],
  ] as const)
    expect(await found(`view=all&q=${words}`)).toEqual(hits);
});

test('it sleeps until a day and a time on the shop’s clock, and not into the past', async () => {
  const [id] = await listen(aVoice(shop, noon));
  await t.db.sqlAcrossShops(`update shop set time_zone = 'Europe/Berlin' where id = $1`, [shop.id]);
  const snoozeUntil = async (until: string) => {
    const request = new Request('https://x.test', {
      method: 'POST',
      body: new URLSearchParams({ intent: 'snooze', ids: id!, until }),
    });
    const fields = await fieldsOf(request);
    return inShop((tx) => doInInbox(tx, fields, by, noon));
  };
  for (const wrong of ['2020-01-01T09:00', '2036-01-01T09:00', 'tomorrow', '2026-13-45T99:99'])
    expect(await snoozeUntil(wrong)).toEqual({ toast: 'Say until when: later than now, within 90 days' });
  expect(await snoozeUntil('2026-06-03T09:30')).toEqual({ toast: 'Asleep' });
  const [row] = await t.db.sqlAcrossShops<{ snoozed_until: Date }>(
    'select snoozed_until from conversation where id = $1',
    [id],
  );
  expect(row!.snoozed_until.toISOString()).toBe('2026-06-03T07:30:00.000Z');
});
