import { describe, expect, test } from 'vitest';
import { NO_PREFERENCES, type Preferences } from '../../../app/customers/customer.ts';
import {
  preferencePage,
  recordProviderEvent,
  savePreferencePage,
  unsubscribe,
  type ProviderEvent,
} from '../../../app/messages/messages.server.ts';
import type { MessageClass } from '../../../app/messages/message.ts';
import { testDb } from '../../database.ts';
import {
  aMessage,
  aRecipient,
  aTextOf,
  aWritingShop,
  after,
  handOverAll,
  handOverDeps,
  messageRow,
  noon,
  RememberingMail,
  testKey,
} from '../../messages.ts';

const t = testDb();

async function aReader(settings: object = {}) {
  const shop = await aWritingShop(t.db, { rhythm: { perWeek: 14, minGapHours: 0 }, ...settings });
  const customerId = await aRecipient(t.db, shop);
  return { shop, customerId };
}

type Reader = Awaited<ReturnType<typeof aReader>>;

const stop = ({ shop, customerId }: Reader, classes: MessageClass[], at = noon) =>
  t.db.inShop(shop.id, (tx) =>
    unsubscribe(
      tx,
      testKey,
      { shopId: shop.id, customerId, channel: 'email', classes, source: 'one-click' },
      at,
    ),
  );
const eventsOf = async ({ customerId }: Reader) =>
  (
    await t.db.sqlAcrossShops<{ kind: string }>('select kind from event where customer_id = $1 order by id', [
      customerId,
    ])
  ).map((row) => row.kind);
const consentOf = async ({ customerId }: Reader) =>
  (
    await t.db.sqlAcrossShops<{ state: string }>(
      `select state from consent where customer_id = $1 and channel = 'email'`,
      [customerId],
    )
  )[0]?.state;

describe('unsubscribing', () => {
  test('holds at once, twice is once, and tells others', async () => {
    const reader = await aReader();
    const waiting = await aMessage(t.db, reader.shop, reader.customerId, { dueAt: after(5) });
    expect(await stop(reader, ['ask', 'offer'])).toBe(true);
    expect(await stop(reader, ['ask', 'offer'], after(1))).toBe(false);
    expect(await messageRow(t.db, waiting)).toMatchObject({
      state: 'skipped',
      reason: { code: 'unsubscribed' },
    });
    expect(await consentOf(reader)).toBe('unsubscribed');
    expect((await eventsOf(reader)).filter((kind) => kind === 'customer.unsubscribed')).toHaveLength(1);
    const ids = [
      await aMessage(t.db, reader.shop, reader.customerId, { class: 'offer' }),
      await aMessage(t.db, reader.shop, reader.customerId),
      await aMessage(t.db, reader.shop, reader.customerId, { class: 'service' }),
    ];
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted.map((one) => one.id)).toEqual([ids[2]]);
  });

  test('from one kind leaves the other as it was', async () => {
    const reader = await aReader();
    await stop(reader, ['ask']);
    await aMessage(t.db, reader.shop, reader.customerId);
    const offer = await aMessage(t.db, reader.shop, reader.customerId, { class: 'offer' });
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted.map((one) => one.id)).toEqual([offer]);
    expect(await consentOf(reader)).toBe('subscribed');
  });

  test('outlives the customer: whoever comes with the address is not written to, at this shop only', async () => {
    const reader = await aReader();
    const email = 'returning@example.com';
    await t.db.sqlAcrossShops('update customer set email = $2 where id = $1', [reader.customerId, email]);
    await stop(reader, ['ask', 'offer']);
    const again = await aRecipient(t.db, reader.shop, { email: 'Returning@Example.com' });
    const elsewhere = await aReader();
    await t.db.sqlAcrossShops('update customer set email = $2 where id = $1', [elsewhere.customerId, email]);
    const blocked = await aMessage(t.db, reader.shop, again);
    const free = await aMessage(t.db, elsewhere.shop, elsewhere.customerId);
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted.map((one) => one.id)).toEqual([free]);
    expect((await messageRow(t.db, blocked)).reason.code).toBe('suppressed');
  });

  test('between claim and call, the message does not go', async () => {
    const reader = await aReader();
    const id = await aMessage(t.db, reader.shop, reader.customerId);
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail);
    const contents = async (...args: Parameters<typeof deps.contents>) => {
      const words = await deps.contents(...args);
      await stop(reader, ['ask', 'offer']);
      return words;
    };
    await handOverAll({ ...deps, contents }, noon);
    expect(mail.accepted).toHaveLength(0);
    expect((await messageRow(t.db, id)).state).toBe('skipped');
  });

  test('racing with hand-over: nothing is claimed after it has committed', async () => {
    const reader = await aReader();
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail);
    for (let round = 0; round < 20; round++) {
      const one = { ...reader, customerId: await aRecipient(t.db, reader.shop) };
      const id = await aMessage(t.db, one.shop, one.customerId);
      const committed = stop(one, ['ask', 'offer']).then(() => mail.accepted.some((sent) => sent.id === id));
      await Promise.all([handOverAll(deps, noon), committed]);
      await handOverAll(deps, noon);
      const wasSentBefore = await committed;
      const { state } = await messageRow(t.db, id);
      // Sent means: it was let through before; the call itself may have ended a moment after.
      expect(state === 'skipped' || wasSentBefore || mail.accepted.some((sent) => sent.id === id)).toBe(true);
      expect(state).not.toBe('waiting');
    }
  });
});

describe('the page of preferences', () => {
  const page = ({ shop, customerId }: Reader) =>
    t.db.inShop(shop.id, (tx) =>
      preferencePage(tx, testKey, { shopId: shop.id, customerId, messageId: null }),
    );
  const choose = (reader: Reader, change: Partial<Preferences>, at = noon) =>
    t.db.inShop(reader.shop.id, async (tx) => {
      const owner = { shopId: reader.shop.id, customerId: reader.customerId, messageId: null };
      const before = (await preferencePage(tx, testKey, owner))!;
      await savePreferencePage(tx, testKey, before, { ...before.chosen, ...change }, at);
    });

  test('a pause holds asks; ending it lets them go at once', async () => {
    const reader = await aReader();
    await choose(reader, { pausedUntil: after(24 * 30) });
    const id = await aMessage(t.db, reader.shop, reader.customerId);
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(await messageRow(t.db, id)).toMatchObject({ state: 'waiting', reason: { code: 'paused' } });
    await choose(reader, { pausedUntil: null }, after(1));
    await handOverAll(handOverDeps(t.db, mail), after(1));
    expect(mail.accepted).toHaveLength(1);
  });

  test('the language chosen is the language of the next mail', async () => {
    const reader = await aReader();
    const german = {
      subject: 'Hallo',
      preheader: '',
      blocks: [{ kind: 'paragraph' as const, text: 'Guten Tag' }],
    };
    await aTextOf(t.db, reader.shop, german, 'de');
    expect((await page(reader))!.languages).toEqual(['de', 'en']);
    await choose(reader, { locale: 'de' });
    await aMessage(t.db, reader.shop, reader.customerId);
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted[0]).toMatchObject({ subject: 'Hallo' });
    expect(mail.accepted[0]!.html).toContain('lang="de"');
  });

  test('nothing but order news unsubscribes; leaving it again is consent', async () => {
    const reader = await aReader();
    await choose(reader, { frequency: 'order-news' });
    expect(await consentOf(reader)).toBe('unsubscribed');
    expect((await page(reader))!.chosen.frequency).toBe('order-news');
    await choose(reader, { frequency: 'fewer' }, after(1));
    expect(await consentOf(reader)).toBe('subscribed');
    await aMessage(t.db, reader.shop, reader.customerId, { class: 'offer', dueAt: after(1) });
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), after(1));
    expect(mail.accepted).toHaveLength(1);
  });

  test('whoever unsubscribed by one click finds it there; saving something else does not subscribe them', async () => {
    const reader = await aReader();
    await stop(reader, ['ask', 'offer']);
    expect((await page(reader))!.chosen).toEqual({ ...NO_PREFERENCES, frequency: 'order-news' });
    await choose(reader, { hour: 18 }, after(1));
    expect(await consentOf(reader)).toBe('unsubscribed');
  });

  test('is gone once the customer was erased', async () => {
    const reader = await aReader();
    await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [reader.customerId, noon]);
    expect(await page(reader)).toBeNull();
  });
});

describe('what providers report', () => {
  const report = (reader: Reader, messageId: string, event: Partial<ProviderEvent>, at = noon) =>
    t.db.inShop(reader.shop.id, (tx) =>
      recordProviderEvent(
        tx,
        testKey,
        { shopId: reader.shop.id, messageId, kind: 'delivered', ref: 'evt_1', at, ...event },
        at,
      ),
    );
  const lines = async ({ customerId }: Reader) =>
    (
      await t.db.sqlAcrossShops<{ code: string }>(
        `select code from timeline_entry where customer_id = $1 and kind = 'message' order by at, id`,
        [customerId],
      )
    ).map((row) => row.code);

  async function aSentMessage() {
    const reader = await aReader();
    const id = await aMessage(t.db, reader.shop, reader.customerId);
    await handOverAll(handOverDeps(t.db, new RememberingMail()), noon);
    return { reader, id };
  }

  test('counts once, and unknown messages are no news', async () => {
    const { reader, id } = await aSentMessage();
    expect(await report(reader, id, {})).toBe(true);
    expect(await report(reader, id, {})).toBe(false);
    expect(await report(reader, reader.customerId, {})).toBe(false);
    const other = await aReader();
    expect(await report(other, id, { ref: 'evt_2' })).toBe(false);
    expect(await lines(reader)).toEqual(['message-sent', 'message-delivered']);
  });

  test('opened and clicked leave one line each, however often', async () => {
    const { reader, id } = await aSentMessage();
    for (const ref of ['a', 'b', 'c']) await report(reader, id, { kind: 'opened', ref }, after(1));
    for (const ref of ['a', 'b']) await report(reader, id, { kind: 'clicked', ref }, after(2));
    expect(await lines(reader)).toEqual(['message-sent', 'message-opened', 'message-clicked']);
  });

  test('a bounce for good stops the address; one that passes does not', async () => {
    const { reader, id } = await aSentMessage();
    await report(reader, id, { kind: 'bounced', permanent: false, ref: 'soft' });
    const second = await aMessage(t.db, reader.shop, reader.customerId);
    await report(reader, id, { kind: 'bounced', permanent: true, ref: 'hard' });
    await handOverAll(handOverDeps(t.db, new RememberingMail()), noon);
    expect((await messageRow(t.db, second)).reason.code).toBe('suppressed');
    expect(await eventsOf(reader)).toContain('message.bounced');
  });

  test('a complaint is an unsubscribe', async () => {
    const { reader, id } = await aSentMessage();
    await report(reader, id, { kind: 'complained' });
    expect(await consentOf(reader)).toBe('unsubscribed');
    expect(await eventsOf(reader)).toEqual(
      expect.arrayContaining(['message.complained', 'customer.unsubscribed']),
    );
  });

  test('resolves what nobody could tell', async () => {
    const reader = await aReader();
    const id = await aMessage(t.db, reader.shop, reader.customerId);
    const mail = new RememberingMail();
    mail.memoryMs = 0;
    mail.answer = () => ({ kind: 'uncertain' });
    const deps = handOverDeps(t.db, mail);
    await handOverAll(deps, noon);
    await handOverAll(deps, after(1));
    expect(await messageRow(t.db, id)).toMatchObject({ state: 'unknown', due_at: null });
    expect(mail.calls).toBe(1);
    await report(reader, id, {}, after(2));
    expect((await messageRow(t.db, id)).state).toBe('sent');
    expect(await eventsOf(reader)).toContain('message.sent');
  });
});

test('whoever wants no more texts still gets the mails that wait', async () => {
  const reader = await aReader();
  const waiting = await aMessage(t.db, reader.shop, reader.customerId, { class: 'offer' });
  await t.db.sqlAcrossShops(`update customer set phone = '+4915112345678' where id = $1`, [
    reader.customerId,
  ]);
  const { shop, customerId } = reader;
  const input = { shopId: shop.id, customerId, channel: 'sms', source: 'provider' } as const;
  await t.db.inShop(shop.id, (tx) => unsubscribe(tx, testKey, { ...input, classes: ['ask', 'offer'] }, noon));
  expect((await messageRow(t.db, waiting)).state).toBe('waiting');
  await stop(reader, ['offer']);
  expect((await messageRow(t.db, waiting)).state).toBe('skipped');
});
