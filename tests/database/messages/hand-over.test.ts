import { describe, expect, test } from 'vitest';
import {
  cancelMessages,
  makeHandOverLoop,
  planMessages,
  retryMessages,
} from '../../../app/messages/messages.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  aMessage,
  anOrderOf,
  aRecipient,
  aTextOf,
  aWritingShop,
  after,
  answersOf,
  handOverAll,
  handOverDeps,
  messageRow,
  noon,
  RememberingMail,
} from '../../messages.ts';

const t = testDb();

const timelineOf = (customerId: string) =>
  t.db.sqlAcrossShops<{ code: string; data: { reason?: { code: string } } }>(
    `select code, data from timeline_entry where customer_id = $1 and kind = 'message' order by at, id`,
    [customerId],
  );

describe('what may go', () => {
  test('is rendered, handed over once, recorded, and leaves a line', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const id = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    expect(await handOverAll(handOverDeps(t.db, mail), noon)).toBe(1);
    expect(mail.accepted.map((one) => [one.id, one.to, one.subject])).toEqual([
      [id, `${customer}@example.com`, 'Hello Ana'],
    ]);
    expect(await messageRow(t.db, id)).toMatchObject({
      state: 'sent',
      due_at: null,
      locale: 'en',
      attempts: 1,
    });
    expect(await answersOf(t.db, id)).toEqual([{ answer: 'yes', reason: {} }]);
    expect(await timelineOf(customer)).toMatchObject([{ code: 'message-sent' }]);
    const events = await t.db.sqlAcrossShops('select kind, data from event where customer_id = $1', [
      customer,
    ]);
    expect(events).toEqual([{ kind: 'message.sent', data: { messageId: id } }]);
  });

  test('is not handed over before it is due, and once however many loops there are', async () => {
    const shop = await aWritingShop(t.db, { rhythm: { perWeek: 14, minGapHours: 0 } });
    const customers = await Promise.all(Array.from({ length: 60 }, () => aRecipient(t.db, shop)));
    for (const customer of customers)
      await aMessage(t.db, shop, customer, { class: 'service', dueAt: after(1) });
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail, { batch: 10 });
    expect(await handOverAll(deps, noon)).toBe(0);
    await Promise.all([1, 2, 3].map(() => handOverAll(deps, after(1))));
    expect(mail.calls).toBe(60);
    expect(mail.accepted).toHaveLength(60);
  });

  test('is planned once under its key', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const first = await aMessage(t.db, shop, customer, { key: 'same' });
    const draft = {
      shopId: shop.id,
      customerId: customer,
      key: 'same',
      channel: 'email',
      class: 'ask',
    } as const;
    const rest = { templateKey: 'hello', data: {}, dueAt: noon, uselessAfter: null, epoch: 1 };
    const twice = [
      { ...draft, ...rest },
      { ...draft, ...rest, key: 'other' },
    ];
    const planned = await t.db.inShop(shop.id, (tx) => planMessages(tx, twice, noon));
    expect(planned.map((one) => [one.key, one.isNew, one.id === first])).toEqual([
      ['same', false, true],
      ['other', true, false],
    ]);
  });
});

describe('what may not go now', () => {
  test('two asks to one customer: the second waits for the gap, with its reason', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const ids = [await aMessage(t.db, shop, customer), await aMessage(t.db, shop, customer)];
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail);
    await Promise.all([handOverAll(deps, noon), handOverAll(deps, noon)]);
    const rows = await Promise.all(ids.map((id) => messageRow(t.db, id)));
    expect(rows.map((row) => row.state).sort()).toEqual(['sent', 'waiting']);
    const moved = rows.find((row) => row.state === 'waiting')!;
    expect(moved).toMatchObject({ reason: { code: 'gap' }, due_at: after(24), attempts: 0, handed_at: null });
    expect((await timelineOf(customer)).map((line) => line.code).sort()).toEqual([
      'message-moved',
      'message-sent',
    ]);
    await handOverAll(deps, after(24));
    expect(mail.accepted.filter((one) => one.to.startsWith(customer))).toHaveLength(2);
  });

  test('a text that needs a field nobody knows is not sent, and says which', async () => {
    const shop = await aShop(t.db);
    await aTextOf(t.db, shop, {
      subject: 'For {{ customer.first_name }}',
      preheader: '',
      blocks: [{ kind: 'paragraph', text: 'Hi' }],
    });
    const customer = await aRecipient(t.db, shop, { firstName: null });
    const id = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.calls).toBe(0);
    expect(await messageRow(t.db, id)).toMatchObject({
      state: 'skipped',
      reason: { code: 'missing-field', field: 'customer.first_name' },
    });
  });

  test('what belongs to a cancelled order, an older epoch or an erased customer never goes', async () => {
    const shop = await aWritingShop(t.db);
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => aRecipient(t.db, shop)));
    const order = await anOrderOf(t.db, shop, one!);
    const ids = [
      await aMessage(t.db, shop, one!, { class: 'service', orderId: order }),
      await aMessage(t.db, shop, two!, { epoch: shop.epoch - 1 }),
      await aMessage(t.db, shop, three!),
      await aMessage(t.db, shop, two!, { orderId: 1n }),
    ];
    await t.db.sqlAcrossShops('update orders set cancelled_at = $2 where id = $1', [order, noon]);
    await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [three, noon]);
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.calls).toBe(0);
    const rows = await Promise.all(ids.map((id) => messageRow(t.db, id)));
    expect(rows.map((row) => `${row.state} ${row.reason.code}`)).toEqual([
      'skipped order-cancelled',
      'skipped uninstalled',
      'skipped erased',
      'skipped gone',
    ]);
  });

  test('an open return holds asks until it is closed; service goes', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const order = await anOrderOf(t.db, shop, customer);
    await t.db.sqlAcrossShops(
      `insert into order_return (shop_id, id, order_id, state, at) values ($1, 1, $2, 'open', $3)`,
      [shop.id, order, noon],
    );
    const ask = await aMessage(t.db, shop, customer);
    await aMessage(t.db, shop, customer, { class: 'service' });
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted).toHaveLength(1);
    expect((await messageRow(t.db, ask)).reason).toEqual({ code: 'open-problem', problem: 'return' });
    await t.db.sqlAcrossShops(`update order_return set state = 'closed' where shop_id = $1`, [shop.id]);
    await handOverAll(handOverDeps(t.db, mail), after(24));
    expect(mail.accepted).toHaveLength(2);
  });

  test('money that the bank asks back holds asks until that is settled, or was never heard of again', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const order = await anOrderOf(t.db, shop, customer);
    await t.db.sqlAcrossShops(
      `insert into order_check (shop_id, order_id, dispute, dispute_at) values ($1, $2, 'inquiry', $3)`,
      [shop.id, order, noon],
    );
    const [first, second] = [await aMessage(t.db, shop, customer), await aMessage(t.db, shop, customer)];
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted).toEqual([]);
    const { reason } = await messageRow(t.db, first);
    expect(reason).toEqual({ code: 'open-problem', problem: 'dispute' });
    const won = `update order_check set dispute = 'won' where shop_id = $1`;
    await t.db.sqlAcrossShops(won, [shop.id]);
    await handOverAll(handOverDeps(t.db, mail), after(24));
    expect(mail.accepted).toHaveLength(1);
    const longAgo = `update order_check set dispute = 'open' where shop_id = $1`;
    await t.db.sqlAcrossShops(longAgo, [shop.id]);
    await handOverAll(handOverDeps(t.db, mail), after(60));
    expect(mail.accepted).toHaveLength(1);
    await handOverAll(handOverDeps(t.db, mail), after(121 * 24));
    expect(mail.accepted.map(({ id }) => id).sort()).toEqual([first, second].sort());
  });

  test('a message to a customer who was merged goes to the one that is left', async () => {
    const shop = await aWritingShop(t.db);
    const [from, into] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop)];
    await aMessage(t.db, shop, from);
    await t.db.sqlAcrossShops('update customer set merged_into = $2 where id = $1', [from, into]);
    const mail = new RememberingMail();
    const loop = makeHandOverLoop(handOverDeps(t.db, mail));
    await loop(noon);
    await loop(noon);
    expect(mail.accepted.map((one) => one.to)).toEqual([`${into}@example.com`]);
  });
});

describe('cancelling', () => {
  test('stops what waits, by enrollment, order, customer, key and class', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const order = await anOrderOf(t.db, shop, customer);
    const byOrder = await aMessage(t.db, shop, customer, { orderId: order });
    const byKey = await aMessage(t.db, shop, customer, { key: 'this' });
    const service = await aMessage(t.db, shop, customer, { class: 'service' });
    const cancel = (filter: Parameters<typeof cancelMessages>[1][number]) =>
      t.db.acrossShops((tx) => cancelMessages(tx, [filter], { code: 'test' }, noon));
    expect(await cancel({ shopId: shop.id, orderId: order })).toBe(1);
    expect(await cancel({ shopId: shop.id, key: 'this' })).toBe(1);
    expect(await cancel({ shopId: shop.id, customerId: customer, classes: ['ask', 'offer'] })).toBe(0);
    expect(await cancel({ shopId: shop.id + 1n, all: true })).toBe(0);
    expect(await cancel({ shopId: shop.id, all: true })).toBe(1);
    for (const id of [byOrder, byKey, service]) {
      expect(await messageRow(t.db, id)).toMatchObject({
        state: 'skipped',
        due_at: null,
        reason: { code: 'test' },
      });
    }
    expect((await timelineOf(customer)).map((line) => line.code)).toEqual(Array(3).fill('message-skipped'));
  });

  test('between claim and call, the message does not go', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const id = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail);
    const slow = {
      ...deps,
      contents: async (...args: Parameters<typeof deps.contents>) => {
        const words = await deps.contents(...args);
        await t.db.acrossShops((tx) =>
          cancelMessages(tx, [{ shopId: shop.id, customerId: customer }], { code: 'order-cancelled' }, noon),
        );
        return words;
      },
    };
    await handOverAll(slow, noon);
    expect(mail.accepted).toHaveLength(0);
    expect(await messageRow(t.db, id)).toMatchObject({
      state: 'skipped',
      reason: { code: 'order-cancelled' },
    });
  });
});

describe('a provider that cannot take it', () => {
  test('is tried again later without an attempt being counted, until the message has become useless', async () => {
    const shop = await aWritingShop(t.db, { rhythm: { quietFrom: 0, quietTo: 0 } });
    const customer = await aRecipient(t.db, shop);
    const id = await aMessage(t.db, shop, customer, { uselessAfter: after(12) });
    const mail = new RememberingMail();
    mail.answer = () => ({ kind: 'unavailable', retryAfterMs: 60_000 });
    const deps = handOverDeps(t.db, mail);
    await handOverAll(deps, noon);
    const row = await messageRow(t.db, id);
    expect(row).toMatchObject({ state: 'waiting', attempts: 0, tried_at: null, handed_at: null });
    expect(row.due_at!.getTime()).toBeGreaterThan(noon.getTime() + 60_000);
    let at = row.due_at!;
    for (let moves = 0; at < after(12) && moves < 200; moves++) {
      await handOverAll(deps, at);
      at = (await messageRow(t.db, id)).due_at ?? after(12);
    }
    await handOverAll(deps, after(13));
    expect(await messageRow(t.db, id)).toMatchObject({
      state: 'skipped',
      reason: { code: 'too-late' },
      attempts: 0,
    });
  });

  test('a repetition says what was said first, whatever the customer is called by then', async () => {
    const shop = await aWritingShop(t.db, { rhythm: { quietFrom: 0, quietTo: 0 } });
    const customer = await aRecipient(t.db, shop);
    await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    const said: { subject: string; html: string; text: string }[] = [];
    mail.answer = ({ subject, html, text }) => {
      said.push({ subject, html, text });
      return said.length === 1 ? { kind: 'uncertain' } : { kind: 'accepted', providerId: 'p1' };
    };
    await handOverAll(handOverDeps(t.db, mail), noon);
    await t.db.sqlAcrossShops(`update customer set first_name = 'Bea' where id = $1`, [customer]);
    await handOverAll(handOverDeps(t.db, mail), after(1));
    expect(said).toEqual([said[0], said[0]]);
    expect(said[0]!.html).toContain('Ana');
  });

  test('five failures open the circuit: the rest of the flood is not even tried', async () => {
    const shop = await aWritingShop(t.db);
    for (let i = 0; i < 40; i++)
      await aMessage(t.db, shop, await aRecipient(t.db, shop), { class: 'service' });
    const mail = new RememberingMail();
    mail.answer = () => ({ kind: 'unavailable', retryAfterMs: null });
    const deps = handOverDeps(t.db, mail, { concurrency: 1 });
    await handOverAll(deps, noon);
    expect(mail.calls).toBe(5);
    mail.answer = () => ({ kind: 'accepted', providerId: null });
    for (let minutes = 1; minutes < 90; minutes++) await handOverAll(deps, after(minutes / 60));
    expect(mail.accepted).toHaveLength(40);
  });

  test('an address that does not exist is not tried by any message again', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const first = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    mail.answer = () => ({ kind: 'refused', permanent: true, reason: 'smtp-550', address: true });
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(await messageRow(t.db, first)).toMatchObject({
      state: 'failed',
      reason: { code: 'refused', said: 'smtp-550' },
    });
    const second = await aMessage(t.db, shop, customer, { class: 'service' });
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.calls).toBe(1);
    expect(await messageRow(t.db, second)).toMatchObject({
      state: 'skipped',
      reason: { code: 'suppressed' },
    });
  });
});

describe('what was refused', () => {
  test('is tried again once somebody has mended the cause, with new words, and goes once', async () => {
    const shop = await aWritingShop(t.db);
    const customer = await aRecipient(t.db, shop);
    const id = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    const accept = mail.answer;
    mail.answer = () => ({ kind: 'refused', permanent: true, reason: 'smtp-554', address: false });
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(await messageRow(t.db, id)).toMatchObject({ state: 'failed' });
    mail.answer = accept;
    const again = (of: { id?: string; since?: Date }, at: Date) =>
      t.db.inShop(shop.id, (tx) => retryMessages(tx, { since: after(-1), ...of }, at));
    expect(await again({ since: after(1) }, after(1)), 'planned before those days').toBe(0);
    expect(await again({ id }, after(1))).toBe(1);
    expect(await again({ id }, after(1)), 'pressed twice').toBe(0);
    await handOverAll(handOverDeps(t.db, mail), after(1));
    expect(mail.accepted.map((one) => one.id)).toEqual([id]);
    expect(await messageRow(t.db, id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await timelineOf(customer)).toMatchObject([{ code: 'message-failed' }, { code: 'message-sent' }]);
    expect(await again({}, after(2)), 'what went is not sent twice').toBe(0);
  });

  test('an address that is known to be wrong stays out, and another shop’s messages are not touched', async () => {
    const [shop, other] = [await aWritingShop(t.db), await aWritingShop(t.db)];
    const customer = await aRecipient(t.db, shop);
    const id = await aMessage(t.db, shop, customer);
    const mail = new RememberingMail();
    mail.answer = () => ({ kind: 'refused', permanent: true, reason: 'smtp-550', address: true });
    await handOverAll(handOverDeps(t.db, mail), noon);
    const since = after(-1);
    expect(await t.db.inShop(other.id, (tx) => retryMessages(tx, { id, since }, after(1)))).toBe(0);
    expect(await t.db.inShop(shop.id, (tx) => retryMessages(tx, { since }, after(1)))).toBe(1);
    await handOverAll(handOverDeps(t.db, mail), after(1));
    expect(mail.calls).toBe(1);
    expect(await messageRow(t.db, id)).toMatchObject({ state: 'skipped', reason: { code: 'suppressed' } });
  });
});
