/** Migrations while the previous release serves: they wait for their lock without holding everybody up. */
import { spawn } from 'node:child_process';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withPatience } from '../../scripts/schema-wasm.mjs';
import { testDb } from '../database.ts';
import { root } from '../sourceTree.ts';

const t = testDb();
let migrating: pg.Client;
let serving: pg.Client;
let reading: pg.Client;

beforeEach(async () => {
  [migrating, serving, reading] = (await Promise.all(
    [1, 2, 3].map(async () => {
      const client = new pg.Client(t.url);
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client, pg.Client];
  await migrating.query('create table kept (n int); insert into kept values (1)');
});
afterEach(async () => {
  await serving.query('rollback');
  await migrating.query('drop table kept');
  await Promise.all([migrating.end(), serving.end(), reading.end()]);
});

const CHANGE = 'alter table kept add column more int; update kept set more = n + 1;';
const kept = async () => (await reading.query('select * from kept')).rows as object[];

/** Another statement, while a long one of the old release is under way and the migration wants the table. */
async function readBehind(change: (sql: string) => Promise<unknown>) {
  await serving.query('begin; select * from kept');
  const changed = change(CHANGE);
  await expect
    .poll(async () => (await reading.query(`select 1 from pg_locks where not granted`)).rowCount)
    .toBeGreaterThan(0);
  await reading.query(`set statement_timeout = '3s'`);
  const read = await kept().catch((error: { code?: string }) => error.code);
  await serving.query('commit');
  await changed;
  return read;
}

test('who reads behind a waiting migration is served before it', async () => {
  expect(await readBehind((sql) => withPatience(migrating, sql, { lockMs: 100 }))).toEqual([{ n: 1 }]);
  expect(await kept()).toEqual([{ n: 1, more: 2 }]);
});

test('a migration that waits without an end holds everybody up, and is caught', async () => {
  const forEver = (sql: string) => migrating.query(sql);
  expect(await readBehind(forEver)).toBe('57014');
});

test('of two that migrate at once, the second waits for the first, which has begun and is not done', async () => {
  await serving.query('select pg_advisory_lock(74120)');
  await serving.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at) values ('1', '', '20990101000000_next', now())`,
  );
  const second = spawn(process.execPath, ['scripts/migrate.mjs', 'deploy'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: t.url },
  });
  let said = '';
  for (const stream of [second.stdout, second.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise((resolve) => second.once('exit', resolve));
  await expect.poll(() => said, { timeout: 20_000 }).toContain('Somebody else is migrating');
  await serving.query(`delete from _prisma_migrations where id = '1'`);
  await serving.query('select pg_advisory_unlock(74120)');
  expect([await ended, said]).toEqual([0, expect.stringContaining('No migration is missing')]);
});

test('what was given up has changed nothing, and says why', async () => {
  await serving.query('begin; lock table kept');
  const script = `create table half_done (n int); ${CHANGE}`;
  await expect(withPatience(migrating, script, { lockMs: 50, tries: 2 })).rejects.toMatchObject({
    code: '55P03',
  });
  await serving.query('commit');
  expect((await reading.query(`select to_regclass('half_done') as half`)).rows).toEqual([{ half: null }]);
  expect(await kept()).toEqual([{ n: 1 }]);
});
