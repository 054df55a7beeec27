/** What the sandbox has accepted it keeps, whatever becomes of its process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../scripts/postgres.mjs';
import { restore } from '../../sandbox/state/keep.ts';
import type { State } from '../../sandbox/state/shop.ts';
import { ALL_SCOPES, startReceiver, startSandbox, type Receiver } from '../sandbox.ts';
import { root } from '../sourceTree.ts';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(path.join(tmpdir(), 'everafter-kept-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A webhook that is under way goes on while one looks. */
const plain = (state: State | null) => ({
  ...(JSON.parse(JSON.stringify(state)) as State),
  sequences: { ...state?.sequences, Mail: undefined },
  deliveries: state?.deliveries.map(({ id }) => id),
});
const progress = (state: State | null) =>
  state?.deliveries.map(({ id, state: at, attempts, nextAt }) => ({ id, at, attempts, nextAt }));

test('the files know every change as soon as it is answered', async () => {
  const at = await startSandbox({ dataDir, scopes: ALL_SCOPES });
  const { sandbox, control } = at;
  const post = async (call: string, body: unknown = {}) => {
    const answer = await control('POST', call, body);
    expect(answer).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) });
    expect(plain(restore(dataDir))).toEqual(plain(sandbox.state));
    return answer.body as { id: string };
  };
  const jo = await post('customers', { email: 'jo@example.com', address: { country: 'IE' } });
  const twin = await post('customers', { email: 'jo.two@example.com' });
  await at.graphql(
    `mutation($i: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $i) { userErrors { message } } }`,
    {
      i: {
        title: 'Ten',
        code: 'TEN',
        startsAt: '2020-01-01T00:00:00Z',
        context: { all: 'ALL' },
        customerGets: { value: { percentage: 0.1 }, items: { all: true } },
      },
    },
  );
  const lines = [{ handle: 'olive-oil', quantity: 2 }];
  const order = await post('orders', { customer: jo, lines, discountCodes: ['TEN'] });
  const other = await post('orders', { customer: twin, lines, paid: false });
  await post(`orders/${order.id}/fulfil`, { lines: [{ handle: 'olive-oil', quantity: 1 }] });
  await post(`orders/${order.id}/deliver`);
  await post(`orders/${order.id}/refund`, { amount: '1.00' });
  await post(`orders/${other.id}/edit`, { lines: [{ handle: 'olive-oil', quantity: 3 }] });
  await post(`orders/${other.id}/cancel`);
  await at.graphql(
    `mutation($o: ID!) { metafieldsSet(metafields: [{ ownerId: $o, namespace: "a", key: "b", value: "c", type: "single_line_text_field" }])
      { userErrors { message } } }`,
    { o: order.id },
  );
  await at.graphql(`mutation($o: ID!) { tagsAdd(id: $o, tags: ["vip"]) { userErrors { message } } }`, {
    o: jo.id,
  });
  await post('faults', { target: 'webhooks', mode: 'down', for: 'PT10M' });
  await post('orders', { customer: jo, lines });
  await post('clock', { advance: 'PT1M' });
  await post('faults', { target: 'webhooks', mode: 'off' });
  await post('shops', { domain: 'second.myshopify.com', currency: 'USD' });
  await post('uninstall?shop=second.myshopify.com');
  await sandbox.clock.settle();
  await pause(0);
  expect(progress(restore(dataDir))).toEqual(progress(sandbox.state));
  await at.close();
  expect(plain(restore(dataDir))).toEqual(plain(sandbox.state));
});

interface Program {
  url: string;
  child: ChildProcess;
}

async function startProgram(app: Receiver): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, ['sandbox/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      PORT: String(port),
      APP_URL: app.url,
      DATA_DIR: dataDir,
      CLOCK_FILE: path.join(dataDir, 'clock'),
      EVERAFTER_SEED_DEMO: '0',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://localhost:${port}/control`;
  for (let ready = false; !ready; await pause(50)) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    ready = ((await answer?.json()) as { ready?: boolean } | undefined)?.ready === true;
  }
  return { url, child };
}

interface Accepted {
  id: string;
  name: string;
}

const place = async ({ url }: Program, number: number): Promise<Accepted> => {
  const body = { customer: { email: `buyer${number}@example.com` }, lines: [{ handle: 'olive-oil' }] };
  const answer = await fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Accepted;
};

/** Orders from several hands until the sandbox is killed in the middle. */
async function acceptUntilKilled(program: Program): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  let number = 0;
  const hand = async () => {
    for (;;) {
      const order = await place(program, ++number).catch(() => null);
      if (!order) return;
      accepted.push(order);
    }
  };
  const hands = [hand(), hand(), hand(), hand()];
  while (accepted.length < 60) await pause(5);
  await pause(Math.random() * 200);
  program.child.kill('SIGKILL');
  await Promise.all(hands);
  return accepted;
}

test('a killed sandbox forgets no order, gives no id twice and still delivers the webhooks', async () => {
  const app = await startReceiver();
  let answers = true;
  app.answer = ({ path: called }) => (answers || !called.startsWith('/webhooks') ? 200 : 503);
  const program = await startProgram(app);
  await fetch(`${program.url}/clock`, { method: 'POST', body: JSON.stringify({ advance: 'P3D' }) });
  answers = false;
  const accepted = await acceptUntilKilled(program);
  answers = true;
  const again = await startProgram(app);
  const kept = restore(dataDir)?.shops[0]?.orders.map(({ id, name }) => ({ id, name })) ?? [];
  expect(kept).toEqual(expect.arrayContaining(accepted.map(({ id, name }) => ({ id, name }))));
  const { now } = (await (await fetch(`${again.url}/clock`)).json()) as { now: string };
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(3 * 86_400_000 - 60_000);

  const next = await place(again, 100_000);
  expect(kept.map(({ id }) => id)).not.toContain(next.id);
  expect(kept.map(({ name }) => name)).not.toContain(next.name);
  app.received.length = 0;
  await fetch(`${again.url}/clock`, { method: 'POST', body: JSON.stringify({ advance: 'PT5M' }) });
  const told = new Set(app.bodies('orders/create').map((body) => String(body.admin_graphql_api_id)));
  for (const { id } of accepted) expect(told).toContain(id);
  again.child.kill('SIGTERM');
  await new Promise((resolve) => again.child.once('exit', resolve));
  await app.close();
});
