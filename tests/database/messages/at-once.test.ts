import { expect, test } from 'vitest';
import { cancelMessages, makeHandOver, planMessages } from '../../../app/messages/messages.server.ts';
import type { MessageDraft } from '../../../app/messages/message.ts';
import type { HandOverDeps } from '../../../app/messages/messages.server.ts';
import { testDb } from '../../database.ts';
import {
  aDraft,
  aMessage,
  anOrderOf,
  aRecipient,
  aWritingShop,
  after,
  answersOf,
  handOverDeps,
  messageRow,
  noon,
  RememberingMail,
} from '../../messages.ts';

const t = testDb();
async function aReadyShop() {
  const shop = await aWritingShop(t.db);
  return { shop, draft: aDraft.bind(null, shop) };
}

/** A process that hands over, and plans what `plan` is given. */
function aProcess(more: Partial<HandOverDeps> = {}) {
  const mail = new RememberingMail();
  const { round, atOnce } = makeHandOver(handOverDeps(t.db, mail, more));
  return {
    mail,
    round,
    atOnce,
    async plan(drafts: MessageDraft[], now = noon) {
      const going = atOnce(now);
      const planned = await t.db.acrossShops((tx) => planMessages(tx, drafts, now, going));
      going?.depart();
      return planned.map(({ id }) => id);
    },
  };
}

const statesOf = async (ids: string[]) =>
  (await Promise.all(ids.map((id) => messageRow(t.db, id)))).map((row) => row.state);
test('what may go is planned as handing over, with its answer, and the next round of that process sends it', async () => {
  const { shop, draft } = await aReadyShop();
  const customer = await aRecipient(t.db, shop);
  const here = aProcess();
  const [id] = await here.plan([draft(customer)]);
  expect(await messageRow(t.db, id!)).toMatchObject({ state: 'handing-over', attempts: 1, handed_at: noon });
  expect(await answersOf(t.db, id!)).toEqual([{ answer: 'yes', reason: {} }]);
  const elsewhere = aProcess();
  expect(await elsewhere.round(noon)).toBe(0);
  expect(await here.round(noon)).toBe(1);
  expect(here.mail.accepted.map((one) => [one.id, one.subject])).toEqual([[id, 'Hello Ana']]);
  expect(await messageRow(t.db, id!)).toMatchObject({ state: 'sent', due_at: null, attempts: 1 });
  expect(await here.round(noon)).toBe(0);
});

test('what may not go now, is not due, or is planned already, waits in the outbox as ever', async () => {
  const { shop, draft } = await aReadyShop();
  const [stranger, later, known] = [
    await aRecipient(t.db, shop, { consent: null, country: 'DE' }),
    await aRecipient(t.db, shop),
    await aRecipient(t.db, shop),
  ];
  const before = await aMessage(t.db, shop, known, { key: 'known', class: 'service' });
  const here = aProcess();
  const ids = await here.plan([
    draft(stranger, { class: 'offer' }),
    draft(later, { dueAt: after(2) }),
    draft(known, { key: 'known', class: 'service' }),
  ]);
  expect(ids[2]).toBe(before);
  expect(await statesOf(ids)).toEqual(['waiting', 'waiting', 'waiting']);
  expect(await answersOf(t.db, ids[0]!)).toEqual([]);
  await here.round(noon);
  expect(await statesOf(ids)).toEqual(['skipped', 'waiting', 'sent']);
  expect(await answersOf(t.db, ids[0]!)).toMatchObject([{ answer: 'never', reason: { code: 'no-consent' } }]);
});

test('one budget: of two asks in a batch one goes, and none goes past one that waits', async () => {
  const { shop, draft } = await aReadyShop();
  const [twice, waiting] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop)];
  const older = await aMessage(t.db, shop, waiting, { dueAt: after(-1) });
  const here = aProcess();
  const ids = await here.plan([draft(twice), draft(twice), draft(waiting)]);
  expect((await statesOf(ids.slice(0, 2))).sort()).toEqual(['handing-over', 'waiting']);
  expect(await statesOf([ids[2]!])).toEqual(['waiting']);
  await here.round(noon);
  expect(await statesOf([older, ids[2]!])).toEqual(['sent', 'waiting']);
  expect(here.mail.accepted.filter(({ to }) => to.startsWith(twice))).toHaveLength(1);
});

test('a customer or an order in somebody else’s hands is not waited for', async () => {
  const { shop, draft } = await aReadyShop();
  const customer = await aRecipient(t.db, shop);
  const orderId = await anOrderOf(t.db, shop, customer);
  const here = aProcess();
  await t.db.acrossShops(async (tx) => {
    await tx.sql('select 1 from orders where shop_id = $1 and id = $2 for update', [shop.id, orderId]);
    const [id] = await here.plan([draft(customer, { orderId })]);
    expect(await statesOf([id!])).toEqual(['waiting']);
  });
});

test('what is stopped between the commit and the round is not sent', async () => {
  const { shop, draft } = await aReadyShop();
  const customer = await aRecipient(t.db, shop);
  const here = aProcess();
  const [id] = await here.plan([draft(customer)]);
  await t.db.acrossShops((tx) =>
    cancelMessages(tx, [{ shopId: shop.id, customerId: customer }], { code: 'cancelled' }, noon),
  );
  await here.round(noon);
  expect(here.mail.accepted.filter((one) => one.id === id)).toEqual([]);
  expect(await messageRow(t.db, id!)).toMatchObject({ state: 'skipped', reason: { code: 'cancelled' } });
});

test('a process that dies with it in its hands loses nothing: another one sends it when the lease is over, once', async () => {
  const { shop, draft } = await aReadyShop();
  const customer = await aRecipient(t.db, shop);
  const dying = aProcess({ leaseMs: 200 });
  const [id] = await dying.plan([draft(customer)]);
  const other = aProcess();
  expect(await other.round(noon)).toBe(0);
  await t.db.sqlAcrossShops(
    `update message set lease_until = clock_timestamp() - interval '1 s' where id = $1`,
    [id],
  );
  expect(await other.round(noon)).toBe(1);
  // It was not dead after all: what it holds is somebody else's by now.
  await dying.round(noon);
  expect([dying.mail.accepted.length, other.mail.accepted.length]).toEqual([0, 1]);
  expect(await messageRow(t.db, id!)).toMatchObject({ state: 'sent', attempts: 2 });
});

test('no more than there is room for; a shop of whose orders too little is known is asked first', async () => {
  const { shop, draft } = await aReadyShop();
  const customers = await Promise.all(Array.from({ length: 3 }, () => aRecipient(t.db, shop)));
  const here = aProcess({ batch: 2 });
  const ids = await here.plan(customers.map((customer) => draft(customer)));
  expect((await statesOf(ids)).sort()).toEqual(['handing-over', 'handing-over', 'waiting']);
  expect(here.atOnce(noon)).toBeNull();
  await here.round(noon);
  expect(await statesOf(ids)).toEqual(['sent', 'sent', 'sent']);

  let asked = 0;
  const careful = aProcess({
    hearing: {
      outdated: async (_tx, shopIds) => new Set(asked > 0 ? [] : shopIds),
      ask: async () => void (asked += 1),
    },
  });
  const [unheard] = await careful.plan([draft(await aRecipient(t.db, shop))]);
  expect(await statesOf([unheard!])).toEqual(['waiting']);
  await careful.round(noon);
  await careful.round(noon);
  expect([asked, ...(await statesOf([unheard!]))]).toEqual([1, 'sent']);
});

test('what a savepoint took back does not go', async () => {
  const { shop, draft } = await aReadyShop();
  const [one, other] = [await aRecipient(t.db, shop), await aRecipient(t.db, shop)];
  const here = aProcess();
  const going = here.atOnce(noon)!;
  await t.db.acrossShops(async (tx) => {
    await planMessages(tx, [draft(one)], noon, going);
    const count = going.count();
    await tx.sql('savepoint half');
    await planMessages(tx, [draft(other)], noon, going);
    await tx.sql('rollback to savepoint half');
    going.keep(count);
  });
  going.depart();
  expect(await here.round(noon)).toBe(1);
  expect(here.mail.calls).toBe(1);
});
