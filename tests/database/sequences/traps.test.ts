/** The traps that were met when schedulers were compared (ENGINE 10): each stays shut. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { claim, claimOfMany, claimOfOne } from '../../../app/sequences/claim.server.ts';
import { advanceDue, readFacts } from '../../../app/sequences/sequences.server.ts';
import { makeTurns, takeTurns } from '../../../app/sequences/turns.server.ts';
import { aSequence, ASK_AT_ONCE, later, manyEnrolled, messagesIn, NOON, runDue } from './fixtures.ts';

const t = testDb();
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: t.url, options: '-c role=everafter_worker -c app.across=on' });
  await owner.connect();
});
afterAll(() => owner.end());

const FILL = `
  with e as (
    insert into enrollment (shop_id, id, sequence_id, version, customer_id, subject, epoch, state, anchor_at, started_at)
    select $1, gen_random_uuid(), $2, 1, gen_random_uuid(), 'n:' || n, 1, 'open', $3, $3 from generate_series(1, $4::int) n
    returning shop_id, id, sequence_id)
  insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
  select shop_id, id, sequence_id, 1, '', $3, $3::timestamptz + random() * interval '60 days' from e`;

/** A shop with so many people inside, due over sixty days. */
async function aFullShop(count: number) {
  const shop = await aShop(t.db);
  const sequenceId = await aSequence(t.db, shop.id, ASK_AT_ONCE);
  await t.db.sqlAcrossShops(FILL, [shop.id, sequenceId, NOON, count]);
  return shop;
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What a prepared statement does once its plan has become generic. */
async function genericPlan(text: string, types: string, values: string) {
  await owner.query('set plan_cache_mode = force_generic_plan');
  await owner.query(`prepare claiming(${types}) as ${text}`);
  const { rows } = await owner.query(`explain (format json) execute claiming(${values})`);
  await owner.query('deallocate claiming');
  return nodesOf((rows[0] as { 'QUERY PLAN': { Plan: Node }[] })['QUERY PLAN'][0]!.Plan);
}

const scansOf = (nodes: Node[], table: string) =>
  nodes
    .filter((node) => node['Relation Name'] === table)
    .map((node) => [node['Node Type'], node['Index Name']]);

test('both claims go by their index, before and after statistics change, also with a generic plan', async () => {
  const [big, small] = [await aFullShop(20_000), await aFullShop(50)];
  const many = claimOfMany(25);
  const one = claimOfOne(500);
  const moment = `'${NOON.toISOString()}'`;
  for (let round = 0; round < 2; round++) {
    const ofMany = await genericPlan(
      many,
      'bigint[], timestamptz[], timestamptz',
      `'{${big.id},${small.id}}', array[${moment}, ${moment}]::timestamptz[], ${moment}`,
    );
    const ofOne = await genericPlan(
      one,
      'bigint, timestamptz, timestamptz',
      `${big.id}, ${moment}, ${moment}`,
    );
    for (const nodes of [ofMany, ofOne]) {
      expect(scansOf(nodes, 'enrollment_cursor')).toEqual([['Index Scan', 'enrollment_cursor_due']]);
      expect(scansOf(nodes, 'enrollment')).toEqual([['Index Scan', 'enrollment_pkey']]);
    }
    const superuser = new pg.Client(t.url);
    await superuser.connect();
    await superuser.query('vacuum analyze');
    await superuser.end();
  }
});

test('no limit of a claim is a parameter', () => {
  expect(claimOfOne(100)).toMatch(/limit 100 for update skip locked/);
  expect(claimOfMany(25)).toMatch(/limit 25 for update skip locked/);
});

test('a shop that is named twice in a claim gives its rows once', async () => {
  const shop = await aFullShop(30);
  const other = await aFullShop(30);
  const turn = { shopId: shop.id, low: new Date(0) };
  const all = later(24 * 61);
  await t.db.acrossShops(async (tx) => {
    const rows = await claim(tx, [turn, turn, { shopId: other.id, low: new Date(0) }, turn], all);
    expect(new Set(rows.map((row) => row.enrollmentId)).size).toBe(rows.length);
    expect(rows).toHaveLength(60);
  });
});

test('one shop’s thousands do not delay another’s three', async () => {
  const big = await aShop(t.db);
  await aSequence(t.db, big.id, ASK_AT_ONCE);
  await manyEnrolled(t.db, big.id, 300);
  const small = await aShop(t.db);
  await aSequence(t.db, small.id, ASK_AT_ONCE);
  await manyEnrolled(t.db, small.id, 3, later(1));
  const deps = { facts: readFacts, turns: makeTurns() };
  await t.db.acrossShops((tx) => advanceDue(tx, later(1), deps));
  expect(await messagesIn(t.db, small.id)).toHaveLength(3);
  expect((await messagesIn(t.db, big.id)).length).toBeLessThan(300);
});

test('while somebody holds a snapshot, claims stay off the dead rows before the watermark', async () => {
  const shop = await aFullShop(3000);
  const all = later(24 * 61);
  const holder = new pg.Client(t.url);
  await holder.connect();
  await holder.query('begin isolation level repeatable read');
  await holder.query('select 1 from shop limit 1');
  await t.db.sqlAcrossShops('update enrollment_cursor set due_at = null where shop_id = $1 and due_at < $2', [
    shop.id,
    later(24 * 59),
  ]);
  const touched = async (low: Date) => {
    const { rows } = await owner.query(
      `explain (analyze, buffers, format json, costs off) ${claimOfOne(100)}`,
      [String(shop.id), low, all],
    );
    const [top] = rows as { 'QUERY PLAN': [{ Plan: Node & { 'Shared Hit Blocks': number } }] }[];
    const scan = nodesOf(top!['QUERY PLAN'][0].Plan).find(
      (node) => node['Index Name'] === 'enrollment_cursor_due',
    );
    return (scan as unknown as { 'Shared Hit Blocks': number })['Shared Hit Blocks'];
  };
  const [from0, fromLow] = [await touched(new Date(0)), await touched(later(24 * 59))];
  await holder.query('rollback');
  await holder.end();
  expect(from0).toBeGreaterThan(2000);
  expect(fromLow).toBeLessThan(500);
});

test('a row that is put back below the watermark is seen within a second', async () => {
  const shop = await aFullShop(1);
  const turns = makeTurns();
  turns.low.set(shop.id, later(24 * 100));
  turns.lowsSince = Infinity;
  const look = () => t.db.acrossShops((tx) => takeTurns(tx, turns, later(24 * 101)));
  expect(await look()).not.toContainEqual(expect.objectContaining({ shopId: shop.id }));
  turns.lowsSince = 0;
  turns.lookedAt = -Infinity;
  expect(await look()).toContainEqual({ shopId: shop.id, low: new Date(0) });
});

test('nothing due costs one statement and gives nothing', async () => {
  const before = new Date('2020-01-01T00:00:00Z');
  expect(await runDue(t.db, before)).toBe(0);
});
