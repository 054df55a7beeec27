/**
 * The engine of sequences: claim, facts, decide, decisions, message, next moment, line of the timeline, in batches.
 * Beside it, in the same run, R1: one UPDATE and one INSERT of one row a transaction.
 */
import { makeSequencesLoop, readFacts } from '../../app/sequences/sequences.server.ts';
import { measure, total, type Measured } from './engine/cpu.ts';
import { aBenchShop, addDue, addPending, NOW } from './engine/data.ts';
import { onServer, type Bench } from './engine/server.ts';
import { singleTransactions } from './engine/single.ts';

/** @param quick a twentieth of everything, in at most three minutes */
export function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return onServer((b) => figures(b, quick ? 0.05 : 1));
}

async function figures(b: Bench, scale: number): Promise<Record<string, number>> {
  const steps = 100_000 * scale;
  const pending = 2_000_000 * scale;
  // CPU time is counted in hundredths of a second: fewer transactions than this say nothing.
  const singles = Math.max(10_000, steps / 5);
  await drain(b, Math.round(steps / 5));
  const r1 = await singleTransactions(b, singles);
  const empty = await drain(b, steps);
  await addPending(b.owner, await aBenchShop(b.owner), pending);
  await b.owner.query('vacuum analyze');
  const full = await drain(b, steps);
  const r1Again = await singleTransactions(b, singles);
  const idle = await idlePoll(b);
  const fair = await fairness(b, steps);
  const r1Us = (r1.serverUs + r1Again.serverUs) / 2;
  return {
    steps_per_s: round(empty.done / empty.seconds),
    us_per_step: round(total(empty)),
    server_us: round(empty.serverUs),
    node_us: round(empty.nodeUs),
    r1_us: round(r1Us),
    full_per_core_vs_r1: round(r1Us / total(empty), 2),
    pending,
    steps_per_s_pending: round(full.done / full.seconds),
    us_per_step_pending: round(total(full)),
    cost_pending: round(total(full) / total(empty), 2),
    idle_poll_ms: round(idle, 2),
    small_shop_p99_ms: round(fair),
  };
}

const round = (value: number, digits = 0) => Number(value.toFixed(digits));

/** Steps of five shops, all due, until nothing is. */
async function drain(b: Bench, count: number): Promise<Measured> {
  for (let i = 0; i < 5; i++) await addDue(b.owner, await aBenchShop(b.owner), Math.round(count / 5));
  await b.owner.query('vacuum analyze enrollment_cursor, enrollment, customer, orders');
  const round_ = makeSequencesLoop({ db: b.db, facts: readFacts });
  return measure(b.postmaster, async () => {
    let sum = 0;
    for (let done = await round_(NOW); done > 0; done = await round_(NOW)) sum += done;
    return sum;
  });
}

/** Milliseconds that a look costs when nothing is due. */
async function idlePoll({ db, postmaster }: Bench): Promise<number> {
  const round_ = makeSequencesLoop({ db, facts: readFacts });
  const { serverUs, nodeUs } = await measure(postmaster, async () => {
    for (let i = 0; i < 500; i++) await round_(NOW);
    return 500;
  });
  return (serverUs + nodeUs) / 1000;
}

/** How long people of a small shop wait beside a shop that has everything due at once: p99 of ten groups of ten. */
async function fairness(b: Bench, count: number): Promise<number> {
  const [big, small] = [await aBenchShop(b.owner), await aBenchShop(b.owner)];
  await addDue(b.owner, big, count);
  const round_ = makeSequencesLoop({ db: b.db, facts: readFacts });
  let running = true;
  const worker = (async () => {
    while (running) await round_(NOW);
  })();
  const waits: number[] = [];
  for (let group = 0; group < 10; group++) {
    await addDue(b.owner, small, 10);
    const started = performance.now();
    while (await stillDue(b, small.id)) await new Promise((resolve) => setTimeout(resolve, 5));
    waits.push(performance.now() - started);
  }
  running = false;
  await worker;
  return Math.max(...waits);
}

async function stillDue({ owner }: Bench, shopId: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    'select 1 from enrollment_cursor where shop_id = $1 and due_at <= $2 limit 1',
    [shopId, NOW],
  );
  return rowCount! > 0;
}
