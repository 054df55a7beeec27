/** The database fails under everything of `npm start`: whoever asks is told, and afterwards all is made good, once. */
import http from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../browser.ts';
import { startStack, type Mail, type Stack } from '../stack.ts';

interface Delivery {
  topic: string;
  state: string;
  attempts: { status: number | null }[];
}

let stack: Stack;
let browser: TestBrowser;
let db: pg.Pool;
let people = 0;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  // As the sandbox sees it: never disturbed.
  db = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
  await stack.post('/control/settle');
  await db.query(`update sequence set status = 'on'`);
}, 300_000);
afterAll(async () => {
  await db?.end();
  await browser?.close();
  await stack?.stop();
});
beforeEach(() => fault('off'));

const fault = (mode: string, more: object = {}) =>
  stack.post('/control/faults', { target: 'database', mode, ...more });

/** Somebody new buys something. @returns the address */
async function order(): Promise<string> {
  const email = `buyer${++people}@example.com`;
  await stack.post('/control/orders', {
    customer: {
      email,
      firstName: 'Bo',
      lastName: 'Reed',
      locale: 'en',
      acceptsMarketing: true,
      address: { country: 'DE' },
    },
    lines: [{ handle: 'olive-oil', quantity: 1 }],
  });
  return email;
}
const orders = (count: number) => Promise.all(Array.from({ length: count }, order));

const mailsTo = (email: string) => stack.get<Mail[]>(`/control/mail?to=${encodeURIComponent(email)}`);
const deliveries = () => stack.get<Delivery[]>('/control/deliveries?topic=orders/paid&limit=500');

/** One order, one event of it, a first mail and none of the others twice: nothing lost, nothing double. */
async function expectAllOnce(emails: string[]) {
  expect((await deliveries()).filter(({ state }) => state !== 'delivered')).toEqual([]);
  for (const email of emails) {
    const subjects = (await mailsTo(email)).map(({ subject }) => subject);
    expect(subjects.length).toBeGreaterThan(0);
    expect(subjects).toEqual([...new Set(subjects)]);
  }
  const { rows } = await db.query<{ orders: number; paid: number }>(
    `select count(distinct o.id)::int as orders, count(e.id)::int as paid
     from orders o join customer c on c.shop_id = o.shop_id and c.id = o.customer_id
     left join event e on e.shop_id = o.shop_id and e.order_id = o.id and e.kind = 'order.paid'
     where c.email = any($1)`,
    [emails],
  );
  expect(rows[0]).toEqual({ orders: emails.length, paid: emails.length });
}

test('down: 503 to Shopify, a plain word to the merchant, and everything made good afterwards', async () => {
  const before = await orders(2);
  await stack.post('/control/settle');
  await fault('down', { for: 'PT10M' });
  const during = await orders(5);
  await expect
    .poll(async () => (await deliveries()).filter((one) => one.attempts.at(-1)?.status === 503).length)
    .toBe(5);

  const { page, close } = await browser.open();
  await page.goto(`${stack.url}/admin/apps/everafter/app/customers`);
  await page.frameLocator('#app-frame').getByText('Nothing is lost').waitFor();
  expect((await fetch(`${stack.appUrl}/health/ready`)).status).toBe(503);
  expect((await fetch(`${stack.appUrl}/health/live`)).status).toBe(200);

  await stack.post('/control/clock', { advance: 'PT9M' });
  expect((await deliveries()).filter(({ state }) => state === 'waiting')).toHaveLength(5);
  await stack.post('/control/clock', { advance: 'P1D' });
  await expectAllOnce([...before, ...during]);
  await page.frameLocator('#app-frame').getByRole('button', { name: 'Try again' }).click();
  await page.frameLocator('#app-frame').getByRole('link', { name: 'Bo Reed' }).first().waitFor();
  await close();
});

test('too large: 413 in words that arrive, however much is still to be sent', async () => {
  for (const megabytes of [6, 15]) {
    const body = JSON.stringify({ note: 'x'.repeat(megabytes * 1024 * 1024) });
    expect(await stack.post('/control/webhooks', { topic: 'orders/create', body })).toMatchObject({
      status: 413,
    });
  }
});

test('a body that is refused unread is not left standing in the connection', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string, body?: string, headers = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = http.request(`${stack.appUrl}${path}`, { method, agent, headers }, (answered) => {
        answered.resume().once('end', () => resolve(answered.statusCode));
      });
      asked.once('error', reject).end(body);
    });
  const body = JSON.stringify({ text: 'x'.repeat(3 * 1024 * 1024) });
  // Its length told beforehand, and told by its end.
  for (const headers of [{ 'content-length': body.length }, { 'transfer-encoding': 'chunked' }]) {
    expect(await ask('PUT', '/api/sequences/push', body, headers)).toBe(401);
    const started = performance.now();
    expect(await ask('GET', '/api/sequences')).toBe(401);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
  agent.destroy();
});

test.each([
  ['half of the connections down', { mode: 'down', rate: 0.5 }],
  ['a full house now and then', { mode: 'throttled', rate: 0.3 }],
  ['one answer in ten lost after the commit', { mode: 'accept-then-drop', rate: 0.1 }],
])(
  '%s: orders come in, once',
  async (_, { mode, rate }) => {
    await fault(mode, { rate, for: 'PT1H' });
    const emails = await orders(12);
    await stack.post('/control/clock', { advance: 'P1D' });
    await expectAllOnce(emails);
    // What was taken by an answer that got lost is taken anew after its lease: forty seconds, perhaps for several.
  },
  300_000,
);

test('slow: later, not otherwise', async () => {
  await fault('slow', { for: 'PT20M' });
  const emails = await orders(3);
  await stack.post('/control/clock', { advance: 'P1D' });
  await expectAllOnce(emails);
});
