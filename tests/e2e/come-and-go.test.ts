/** Install, uninstall, reinstall, and what the law demands, with everything of `npm start` running. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../app/db.server.ts';
import { tablesWith } from '../database/rows.ts';
import { startStack, type Mail, type Stack } from '../stack.ts';

let stack: Stack;
let db: Db;
beforeAll(async () => {
  stack = await startStack();
  db = openDb({ url: stack.databaseUrl, max: 2 });
  await stack.post('/control/settle');
}, 300_000);
afterAll(async () => {
  await db?.close();
  await stack?.stop();
});

const ana = {
  email: 'ana.canary@example.com',
  firstName: 'Anacanary',
  lastName: 'Lima',
  locale: 'en',
  acceptsMarketing: true,
  address: { country: 'DE', city: 'Canarystadt', zip: '10115', line1: 'Weg 1' },
};
const mails = async () =>
  (await stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(ana.email)}`)).length;
const rows = async (text: string) => (await db.sqlAcrossShops(text)).length;
const shop = async () => {
  const [row] = await db.sqlAcrossShops<{ status: string; epoch: number }>('select status, epoch from shop');
  return row;
};

async function order(customer: object): Promise<string> {
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const placed = await stack.post<{ id: string }>('/control/orders', {
    customer,
    lines: [{ handle: product!.handle, quantity: 1 }],
  });
  await stack.post('/control/settle');
  return placed.id.split('/').at(-1)!;
}

/** Waits for what is due in real time: the first sync asks Shopify until its file is ready. */
async function until(what: () => Promise<boolean>) {
  for (let tries = 0; tries < 120; tries++) {
    if (await what()) return;
    await stack.post('/control/settle');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect.unreachable('it never came');
}
const synced = () => until(async () => (await rows(`select 1 from sync_run where state = 'done'`)) === 3);

describe('a shop comes and goes', () => {
  let customer: { id: string };

  test('installed: everything is fetched, sequences run', async () => {
    expect(await shop()).toEqual({ status: 'installed', epoch: 1 });
    await synced();
    expect(await rows('select 1 from product')).toBeGreaterThan(5);
    await db.sqlAcrossShops(`update sequence set status = 'on'`);
    customer = await stack.post<{ id: string }>('/control/customers', ana);
    await order({ id: customer.id });
    expect(await rows('select 1 from enrollment_cursor')).toBeGreaterThan(0);
  });

  test('uninstalled: nothing is left that waits, and nothing is sent', async () => {
    await stack.post('/control/uninstall');
    await until(async () => (await shop())?.status === 'uninstalled');
    expect(await shop()).toEqual({ status: 'uninstalled', epoch: 2 });
    expect(await rows('select 1 from shopify_session')).toBe(0);
    expect(await rows('select 1 from enrollment_cursor where due_at is not null')).toBe(0);
    expect(await rows(`select 1 from message where state = 'waiting'`)).toBe(0);
    const before = await mails();
    await stack.post('/control/clock', { advance: 'P3D' });
    expect(await mails()).toBe(before);
  });

  test('installed again: a new epoch, nothing old resumes, new orders are heard of', async () => {
    await stack.post('/control/install');
    await until(async () => (await shop())?.status === 'installed');
    expect(await shop()).toEqual({ status: 'installed', epoch: 3 });
    await synced();
    const before = await mails();
    await stack.post('/control/clock', { advance: 'P1D' });
    expect(await mails()).toBe(before);
    await order({ id: customer.id });
    await stack.post('/control/clock', { advance: 'PT30H' });
    expect(await mails()).toBeGreaterThan(before);
  });

  test('a customer who is erased is found nowhere, and gets nothing more', async () => {
    const id = await order({ id: customer.id });
    expect(await tablesWith(db, ana.email)).not.toEqual([]);
    await stack.post('/control/redact', { customer: customer.id });
    await until(async () => (await rows(`select 1 from data_request where state = 'done'`)) === 1);
    await stack.post('/control/settle');
    for (const text of [ana.email, ana.firstName, ana.address.city])
      expect(await tablesWith(db, text)).toEqual([]);
    const before = await mails();
    await stack.post(`/control/orders/${id}/fulfil`);
    await stack.post(`/control/orders/${id}/deliver`);
    await stack.post('/control/clock', { advance: 'P20D' });
    expect(await mails()).toBe(before);
    const found = await tablesWith(db, ana.email);
    expect(found.filter((name) => name !== 'public.webhook_inbox')).toEqual([]);
  });

  test('a shop that is gone is erased 48 hours later', async () => {
    await stack.post('/control/uninstall');
    await until(async () => (await shop())?.status === 'uninstalled');
    await stack.post('/control/redact');
    await until(async () => (await shop())?.status === 'erased');
    await until(async () => (await rows('select 1 from orders')) === 0);
    expect(await rows('select 1 from customer')).toBe(0);
    expect(await rows('select 1 from tombstone')).toBeGreaterThan(0);
  });
});
