/**
 * E12: whatever happens in whatever order: orders, news twice, time, refunds, unsubscribes, erasures, switches, new
 * versions, uninstalls and returns, a provider that is down, workers that die. After each step the rows, and what the
 * provider was given, have to agree with what is promised; a plain list of orders is the model.
 * EVERAFTER_MODEL_RUNS=2000 takes its time.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin } from '../../../app/messages/quiet-hours.ts';
import { testDb } from '../../database.ts';
import { spoiled } from '../../faults/spoiled.ts';
import { acts, aWorld, perform, type Act, type World } from './lives.ts';

const t = testDb();

interface Row {
  order_id: bigint;
  state: string;
  has_cursor: boolean;
  due_at: Date | null;
  waiting: number;
  messages: number;
  steps: number;
  /** Steps that came too late to be a message. */
  left_out: number;
}

const ROWS = `
  select e.order_id, e.state, c.enrollment_id is not null as has_cursor, c.due_at,
    count(m.id) filter (where m.state = 'waiting')::int as waiting, count(m.id)::int as messages,
    count(distinct m.template_key)::int as steps,
    (select count(*)::int from decision d
      where d.shop_id = e.shop_id and d.enrollment_id = e.id and d.outcome = 'skipped') as left_out
  from enrollment e
  left join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  left join message m on m.shop_id = e.shop_id and m.enrollment_id = e.id
  where e.shop_id = $1 group by e.shop_id, e.id, e.order_id, e.state, c.enrollment_id, c.due_at`;

/** What has been seen of all that was promised: an engine that does nothing breaks nothing either. */
const seen = { done: 0, stopped: 0, sent: 0 };

interface MessageRow {
  id: string;
  order_id: bigint;
  state: string;
  useless_after: Date | null;
  yes: number;
}

const MESSAGES = `
  select m.id, m.order_id, m.state, m.useless_after,
    (select count(*)::int from permission_answer p
      where p.shop_id = m.shop_id and p.message_id = m.id and p.answer = 'yes') as yes
  from message m where m.shop_id = $1`;

const QUIET = { from: 21, to: 9 };

/** What the provider was given is the truth: it agrees with the rows, and with what was promised to each customer. */
async function checkMails(world: World): Promise<void> {
  const rows = await t.db.sqlAcrossShops<MessageRow>(MESSAGES, [world.shopId]);
  for (const row of rows) {
    const at = world.taken.get(row.id);
    expect({ id: row.id, sent: row.state === 'sent' }).toEqual({ id: row.id, sent: at !== undefined });
    if (!at) continue;
    expect(row.yes).toBeGreaterThan(0);
    expect(row.useless_after === null || at < row.useless_after).toBe(true);
    expect(isWithin(QUIET, at, 'Europe/Berlin')).toBe(false);
    const order = world.orders.find(({ id }) => id === row.order_id)!;
    expect(order.silentSince === null || at <= order.silentSince).toBe(true);
  }
  expect(rows.filter(({ id }) => world.taken.has(id))).toHaveLength(world.taken.size);
  for (const { id } of world.orders) {
    const own = rows.filter((row) => row.order_id === id).flatMap((row) => world.taken.get(row.id) ?? []);
    const [first, second] = own.sort((a, b) => a.getTime() - b.getTime());
    expect(!first || !second || second.getTime() - first.getTime() >= 24 * 3_600_000).toBe(true);
  }
}

async function check(world: World): Promise<void> {
  const rows = await t.db.sqlAcrossShops<Row>(ROWS, [world.shopId]);
  for (const row of rows) {
    const order = world.orders.find(({ id }) => id === row.order_id)!;
    expect(row.has_cursor).toBe(row.state === 'open');
    expect(row.messages).toBe(row.steps);
    if (order.stopped)
      expect([row.state, row.waiting]).toEqual([
        row.messages + row.left_out === 2 && row.state === 'done' ? 'done' : 'stopped',
        0,
      ]);
    if (row.state === 'done') expect(row.messages + row.left_out).toBe(2);
  }
  expect(new Set(rows.map((row) => row.order_id)).size).toBe(rows.length);
  await checkMails(world);
}

async function countEnds(world: World): Promise<void> {
  const rows = await t.db.sqlAcrossShops<Row>(ROWS, [world.shopId]);
  seen.done += rows.filter(({ state }) => state === 'done').length;
  seen.sent += world.taken.size;
  seen.stopped += rows.filter(({ state }) => state === 'stopped').length;
}

async function live(all: readonly Act[]): Promise<void> {
  const world = await aWorld(t);
  for (const act of all) {
    await perform(world, act);
    await check(world);
  }
  // In the end everybody who was let in is out again.
  if (!world.installed) await perform(world, { do: 'leave-or-return' });
  if (!world.on) await perform(world, { do: 'switch' });
  await perform(world, { do: 'provider', down: false });
  for (const hours of [200, 200, 200]) await perform(world, { do: 'time', hours, workers: 2 });
  await check(world);
  const left = await t.db.sqlAcrossShops('select 1 from enrollment_cursor where shop_id = $1', [
    world.shopId,
  ]);
  expect(left).toEqual([]);
  await countEnds(world);
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [world.shopId]);
}

const lives = (numRuns: number) =>
  fc.assert(fc.asyncProperty(fc.array(acts, { minLength: 6, maxLength: 16 }), live), {
    numRuns,
    endOnFailure: true,
  });
const RUNS = Number(process.env['EVERAFTER_MODEL_RUNS'] ?? 25);

test(
  'no order of events breaks a promise',
  async () => {
    await lives(RUNS);
    expect(seen.done).toBeGreaterThan(0);
    expect(seen.stopped).toBeGreaterThan(0);
    expect(seen.sent).toBeGreaterThan(0);
  },
  Math.max(120_000, RUNS * 5000),
);

test('a database in which a cancelled mail waits on is caught', async () => {
  const twin = {
    when: 'before update on message',
    how: `if new.reason ->> 'code' = 'refunded' then new.state := old.state; new.due_at := old.due_at; end if;`,
  };
  const refunded: Act[] = [
    { do: 'provider', down: true },
    { do: 'order' },
    { do: 'time', hours: 49, workers: 1 },
    { do: 'refund', which: 0, meanwhile: false },
  ];
  await live(refunded);
  await expect(spoiled(t, twin, () => live(refunded))).rejects.toThrow();
});
