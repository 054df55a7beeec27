/** The wire between the app and its database: no hindrance while all is well, and disturbed exactly as it is told to be. */

import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort, viaRelay } from '../../scripts/postgres.mjs';
import { Relay, SLOW_ANSWER_MS } from '../../sandbox/faults/relay.ts';
import { createFaults } from '../../sandbox/faults/faults.ts';
import { emptyState } from '../../sandbox/state/keep.ts';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

let relay: Relay;
let url: string;
const open: pg.Client[] = [];

beforeAll(async () => {
  const direct = new pg.Client(inject('serverUrl'));
  relay = new Relay({ host: direct.host, port: direct.port });
  url = viaRelay(inject('serverUrl'), await relay.listen(0))!;
});
afterEach(async () => {
  relay.disturb(null);
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => {})));
});
afterAll(() => relay.close());

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  open.push(client);
  await client.connect();
  return client;
}

const isAlive = (client: pg.Client) =>
  client.query('select 1').then(
    () => true,
    () => false,
  );

test('large questions and answers pass whole', async () => {
  const client = await connect();
  const text = 'äé'.repeat(2_000_000);
  const { rows } = await client.query<{ same: string }>('select $1::text as same', [text]);
  expect(rows[0]?.same === text).toBe(true);
});

test('down: who was there is cut off, nobody gets in, and afterwards everybody does', async () => {
  const before = await connect();
  relay.disturb({ mode: 'down', rate: 1 });
  expect(await isAlive(before)).toBe(false);
  await expect(connect()).rejects.toThrow();
  relay.disturb(null);
  expect(await isAlive(await connect())).toBe(true);
});

test('down for a share: about that many, those who were there and those who come', async () => {
  const before = await Promise.all(Array.from({ length: 40 }, connect));
  relay.disturb({ mode: 'down', rate: 0.5 });
  const alive = (await Promise.all(before.map(isAlive))).filter(Boolean).length;
  const came = await Promise.allSettled(Array.from({ length: 40 }, connect));
  for (const count of [alive, came.filter(({ status }) => status === 'fulfilled').length]) {
    expect(count).toBeGreaterThan(8);
    expect(count).toBeLessThan(32);
  }
});

test('a transaction that is cut off leaves nothing behind', async () => {
  const client = await connect();
  await client.query('create table if not exists cut_off (id int)');
  await client.query('begin');
  await client.query('insert into cut_off values (1)');
  relay.disturb({ mode: 'down', rate: 1 });
  await expect(client.query('commit')).rejects.toThrow();
  relay.disturb(null);
  const after = await connect();
  expect((await after.query('select 1 from cut_off')).rowCount).toBe(0);
  await after.query('drop table cut_off');
});

test('slow: every answer is late, none overtakes another when it ends', async () => {
  const client = await connect();
  relay.disturb({ mode: 'slow', rate: 1 });
  const began = performance.now();
  const first = client.query('select 1 as n');
  await pause(SLOW_ANSWER_MS / 2);
  relay.disturb(null);
  const second = client.query('select 2 as n');
  expect((await first).rows).toEqual([{ n: 1 }]);
  expect(performance.now() - began).toBeGreaterThanOrEqual(SLOW_ANSWER_MS - 5);
  expect((await second).rows).toEqual([{ n: 2 }]);
});

test('throttled: PostgreSQL’s own words for a full house', async () => {
  const before = await connect();
  relay.disturb({ mode: 'throttled', rate: 1 });
  expect(await isAlive(before)).toBe(false);
  await expect(connect()).rejects.toMatchObject({
    code: '53300',
    message: 'sorry, too many clients already',
  });
});

test('accept-then-drop: it is committed, but the answer does not arrive', async () => {
  const client = await connect();
  await client.query('create table if not exists dropped (id int)');
  relay.disturb({ mode: 'accept-then-drop', rate: 1 });
  const other = await connect();
  await other.query('begin');
  await other.query('insert into dropped values (1)');
  await expect(other.query('commit')).rejects.toThrow();
  await expect(client.query('insert into dropped values (2)')).rejects.toThrow();
  relay.disturb(null);
  const after = await connect();
  expect((await after.query('select id from dropped order by id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
  await after.query('drop table dropped');
});

describe('in a sandbox', () => {
  let at: SandboxUnderTest;
  let through: string;

  beforeAll(async () => {
    const databaseRelayPort = await freePort();
    at = await startSandbox({ databaseUrl: inject('serverUrl'), databaseRelayPort, stuckMs: 300 });
    through = viaRelay(inject('serverUrl'), databaseRelayPort)!;
  });
  afterAll(() => at.close());

  const answers = async () => {
    const client = new pg.Client(through);
    client.on('error', () => {});
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  };

  test('a fault begins with the call and ends with its time', async () => {
    expect(await answers()).toBe(true);
    const set = await at.control('POST', 'faults', { target: 'database', mode: 'down', for: 'PT10M' });
    expect(set.body).toMatchObject([{ target: 'database', mode: 'down', rate: 1 }]);
    await expect.poll(answers).toBe(false);
    await at.control('POST', 'clock', { advance: 'PT11M' });
    await expect.poll(answers).toBe(true);
  });

  test('what makes no sense for a database is said', async () => {
    const answer = await at.control('POST', 'faults', { target: 'database', mode: 'reorder' });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(/database knows down, slow, throttled, accept-then-drop and off/);
  });
});

test('a clock stops for an outage at its end, and only for a whole one', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  const faults = createFaults(
    emptyState(),
    () => now,
    () => {},
    true,
  );
  const ends = (...given: Parameters<typeof faults.set>) => (faults.set(...given), faults.outageEnd());
  expect(faults.outageEnd()).toBeNull();
  expect(ends('database', 'down', { forMs: 600_000 })).toBe(now + 600_000);
  expect(ends('database', 'throttled')).toBe(Infinity);
  expect(ends('database', 'down', { rate: 0.9 })).toBeNull();
  expect(ends('database', 'slow')).toBeNull();
});

test('TLS lets nobody stand in between', () => {
  expect(viaRelay('postgresql://me@db.example/shop?sslmode=verify-full', 5)).toBeNull();
  expect(viaRelay('postgres:///shop?host=/tmp', 5)).toBe('postgres://127.0.0.1:5/shop');
});
