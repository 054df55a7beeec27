/** The clock moves from due moment to due moment, waits for the app, and says what is stuck. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

const name = `clock_${randomUUID().replaceAll('-', '')}`;
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-clock-'));
const clockFile = path.join(folder, 'clock');
const MINUTE = 60_000;

let at: SandboxUnderTest;
let db: pg.Pool;
let working = true;
/** What was done, and when by the sandbox's clock. */
const done: { id: number; at: number }[] = [];

/** Does what is due, as a worker of the app would: it reads the clock from the file. */
async function worker(): Promise<void> {
  while (working) {
    const now = Date.now() + Number(readFileSync(clockFile, 'utf8'));
    const { rows } = await db.query<{ id: number }>(
      `delete from thing where due_at <= $1 and kind <> 'stuck' returning id`,
      [new Date(now)],
    );
    done.push(...rows.map(({ id }) => ({ id, at: now })));
    await pause(5);
  }
}

beforeAll(async () => {
  const server = new pg.Client(inject('serverUrl'));
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  db = new pg.Pool({ connectionString: url.href });
  await db.query(`
    create table shop (id bigint, domain text);
    create table thing (id int, kind text, due_at timestamptz);
    create view due_moment as select 1::bigint as shop_id, kind, due_at from thing`);
  at = await startSandbox({ databaseUrl: url.href, clockFile, stuckMs: 400 });
  void worker();
});
afterAll(async () => {
  working = false;
  await pause(30);
  await at.close();
  await db.end();
  const server = new pg.Client(inject('serverUrl'));
  await server.connect();
  await server.query(`drop database ${name} with (force)`);
  await server.end();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  done.length = 0;
  await db.query('delete from thing');
});

const due = (id: number, minutes: number, kind = 'message') =>
  db.query('insert into thing values ($1, $2, $3)', [
    id,
    kind,
    new Date(at.sandbox.clock.now() + minutes * MINUTE),
  ]);

test('each moment is lived through at its own time', async () => {
  const start = at.sandbox.clock.now();
  await due(1, 10);
  await due(2, 90);
  await due(3, 24 * 60);
  await due(4, 3 * 24 * 60);
  await at.sandbox.clock.moveTo(start + 2 * 24 * 60 * MINUTE);
  expect(done.map(({ id }) => id)).toEqual([1, 2, 3]);
  for (const [index, minutes] of [10, 90, 24 * 60].entries()) {
    expect(Math.abs(done[index]!.at - (start + minutes * MINUTE))).toBeLessThan(5000);
  }
  expect(at.sandbox.clock.now() - (start + 2 * 24 * 60 * MINUTE)).toBeLessThan(5000);
});

test('what comes of a moment and is due on the way is lived through too', async () => {
  const start = at.sandbox.clock.now();
  await due(1, 10);
  await db.query(`create or replace function follow() returns trigger language plpgsql as $$ begin
    if old.id < 5 then insert into thing values (old.id + 1, 'message', old.due_at + interval '1 hour'); end if; return old; end $$`);
  await db.query(
    'create or replace trigger follow after delete on thing for each row execute function follow()',
  );
  await at.sandbox.clock.moveTo(start + 3 * 60 * MINUTE);
  expect(done.map(({ id }) => id)).toEqual([1, 2, 3]);
  await db.query('drop trigger follow on thing');
});

test('with a grain the clock stops once for what lies close together, and not for a comparison', async () => {
  const start = at.sandbox.clock.now();
  await due(1, 10);
  await due(2, 40);
  await due(3, 200, 'reconciliation');
  await due(4, 300);
  await at.sandbox.clock.moveTo(start + 500 * MINUTE, 60 * MINUTE);
  const stops = done.map((each) => [each.id, Math.round((each.at - start) / MINUTE)]);
  expect(stops).toEqual([
    [1, 70],
    [2, 70],
    [3, 360],
    [4, 360],
  ]);
});

test('hundreds of moments a minute', async () => {
  const start = at.sandbox.clock.now();
  for (let n = 0; n < 100; n++) await due(n, n + 1);
  const began = performance.now();
  await at.sandbox.clock.moveTo(start + 200 * MINUTE);
  const seconds = (performance.now() - began) / 1000;
  expect(done).toHaveLength(100);
  expect(100 / seconds).toBeGreaterThan(10);
});

test('what does not move is named', async () => {
  await due(1, -1, 'stuck');
  await expect(at.sandbox.clock.settle()).rejects.toThrow(
    /^nothing has moved for .*stuck: 1 × stuck, due since/,
  );
});

test('a job that is begun anew again and again is not stuck', async () => {
  await db.query(`
    create schema pgboss;
    create table pgboss.job (name text, state text, start_after timestamptz, retry_count int);
    insert into pgboss.job values ('mint', 'active', now(), 0)`);
  const settled = at.sandbox.clock.settle();
  // For three times as long as nothing may move.
  for (let again = 0; again < 8; again++) {
    await pause(150);
    await db.query('update pgboss.job set retry_count = retry_count + 1');
  }
  await db.query('delete from pgboss.job');
  await settled;
});

test('what comes next is told in words', async () => {
  await due(1, 120);
  await due(2, 60, 'enrollment');
  await at.control('POST', 'faults', { target: 'mail', mode: 'slow', for: 'PT30M' });
  const { body } = await at.control('GET', 'upcoming');
  expect(body.map((u: { what: string }) => u.what)).toEqual([
    'mail slow is over',
    'a sequence takes its next step',
    'a message goes out',
  ]);
  await at.control('POST', 'faults', { target: 'mail', mode: 'off' });
});

test('an earlier moment sets the clock back at once', async () => {
  const real = Date.now();
  await at.control('POST', 'clock', { to: new Date(real).toISOString() });
  expect(Math.abs(at.sandbox.clock.now() - Date.now())).toBeLessThan(2000);
  expect(Math.abs(Number(readFileSync(clockFile, 'utf8')))).toBeLessThan(2000);
});

describe('kept', () => {
  const dataDir = path.join(folder, 'data');

  test('the store, its mails and its clock outlive the process', async () => {
    const one = createSandbox({ dataDir, clockFile });
    await one.listen();
    one.store.placeOrder(one.shop(), {
      customer: { email: 'jo@example.com' },
      lines: [{ handle: 'olive-oil' }],
    });
    await one.clock.moveTo(Date.now() + 86_400_000);
    const mail = { from: '', text: '', html: '', headers: {}, raw: '', at: '' };
    one.state.mails.push(
      { id: '1', to: 'a', subject: 'One', ...mail },
      { id: '2', to: 'b', subject: 'Two', ...mail },
    );
    await one.close();

    const two = createSandbox({ dataDir, clockFile });
    expect(two.isNew).toBe(false);
    expect(two.shop().orders.map((o) => o.name)).toEqual(['#1001']);
    expect(two.shop().customers[0]).toMatchObject({ email: 'jo@example.com' });
    expect(two.state.mails.map((m) => m.subject)).toEqual(['One', 'Two']);
    expect(two.clock.now() - Date.now()).toBeGreaterThan(86_000_000);
    const next = two.store.placeOrder(two.shop(), {
      customer: { email: 'jo@example.com' },
      lines: [{ handle: 'olive-oil' }],
    });
    expect(next.name).toBe('#1002');
    expect(next.id).not.toBe(two.shop().orders[0]!.id);
    two.state.mails.push({ ...two.state.mails[1]!, id: '3', subject: 'Three' });
    await two.close();

    const three = createSandbox({ dataDir });
    expect(three.state.mails.map((m) => m.subject)).toEqual(['One', 'Two', 'Three']);
    await three.reset();
    await three.close();
    const four = createSandbox({ dataDir });
    expect(four.state.mails).toEqual([]);
    await four.close();
  });
});
