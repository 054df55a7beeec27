/**
 * The schedule beside its peers: pg-boss in batches and singly, graphile-worker, BullMQ, and the raw limit of the
 * database, in one run. What each figure says, and what it is meant to be, stands in docs/running-it.md.
 */
import { addPending } from './engine/data.ts';
import { total } from './engine/cpu.ts';
import { onServer, type Bench } from './engine/server.ts';
import * as costs from './schedule/costs.ts';
import { fairness } from './schedule/fairness.ts';
import { idlePoll, besideSnapshot, bytesARow } from './schedule/size.ts';
import { killWorker } from './schedule/kill.ts';
import { latency } from './schedule/latency.ts';
import { median, round } from './schedule/numbers.ts';
import { makeDomain } from './schedule/peer.ts';
import { fiveShops } from './schedule/people.ts';
import { startRedis, type Redis } from './schedule/redis.ts';
import { rendering } from './schedule/rendering.ts';
import { fullSteps, type FullSteps } from './schedule/steps.ts';
import { cancelSequence, pauseSequence } from './schedule/stops.ts';
import { twoWorkers } from './schedule/two-workers.ts';

type Figures = Record<string, number>;

interface Sizes {
  rounds: number;
  /** Of them, those in which the slower peers take part. */
  slowRounds: number;
  steps: number;
  held: number;
  /** Who waits, at first and in the end. */
  some: number;
  many: number;
  paused: number;
  cancelled: number;
  big: number;
  groups: number;
  mails: number;
  rendered: number;
}

const FULL: Sizes = {
  rounds: 3,
  slowRounds: 3,
  steps: 40_000,
  held: 200_000,
  some: 2_000_000,
  many: 10_000_000,
  paused: 1_000_000,
  cancelled: 500_000,
  big: 500_000,
  groups: 20,
  mails: 300,
  rendered: 20_000,
};

/** A twentieth of what waits, a tenth of the steps: in at most three minutes. */
const QUICK: Sizes = {
  rounds: 2,
  slowRounds: 1,
  steps: 4000,
  held: 8000,
  some: 100_000,
  many: 500_000,
  paused: 50_000,
  cancelled: 25_000,
  big: 120_000,
  groups: 4,
  mails: 60,
  rendered: 2000,
};

const started = performance.now();
/** What is being measured, for whoever waits. */
const say = (what: string) => console.error(`${Math.round((performance.now() - started) / 1000)} s  ${what}`);

/** @param quick smaller in everything, in at most three minutes */
export function bench({ quick }: { quick: boolean }): Promise<Figures> {
  return onServer(async (b) => {
    const redis = await startRedis();
    if (!redis) console.error('BullMQ is left out: there is no redis-server on the PATH.');
    try {
      return await figures(b, redis, quick ? QUICK : FULL);
    } finally {
      await redis?.stop();
    }
  });
}

async function figures(b: Bench, redis: Redis | null, sizes: Sizes): Promise<Figures> {
  await makeDomain(b);
  const said = {
    ...(await rendered(sizes)),
    ...(await compared(b, redis, sizes)),
    ...(await workers(b, sizes)),
    ...(await stopped(b, sizes)),
  };
  return Object.fromEntries(Object.entries(said).sort(([one], [other]) => order(one) - order(other)));
}

/** The agreed figures first, in their order; what explains them after. */
const NAMES =
  `bare_vs_pgboss bare_vs_pgboss_2m full_vs_pgboss full_vs_pgboss_2m full_per_core_vs_r1 cost_10m cost_held_snapshot
  two_workers latency_p50_ms latency_p99_ms small_shop_p99_ms big_shop_share pause_1m_ms cancel_500k_ms kill_resume_ms
  kill_duplicates render_per_s idle_poll_ms worker_rss_mb bytes_pending wal_bytes_step`.split(/\s+/);
const order = (name: string) => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length);

async function rendered({ rendered: mails }: Sizes): Promise<Figures> {
  const { perSecond, vsMjml } = await rendering(mails);
  return { render_per_s: round(perSecond), render_vs_mjml: round(vsMjml) };
}

/** Costs of a step: with nobody else, beside a held snapshot, beside those who wait; and what those cost themselves. */
async function compared(b: Bench, redis: Redis | null, sizes: Sizes): Promise<Figures> {
  const peers = await costs.openPeers(b, redis);
  try {
    const [empty, some] = [costs.noRounds(), costs.noRounds()];
    say('steps beside the peers');
    await fullSteps(b, sizes.steps / 4);
    for (let n = 0; n < sizes.rounds; n++) {
      await costs.oneRound(b, peers, sizes.steps, empty);
      if (n < sizes.slowRounds) await costs.slowRound(peers, sizes.steps, empty);
    }
    say('a held snapshot');
    const held = await besideSnapshot(b, () => fullSteps(b, sizes.held));
    const after = await fullSteps(b, sizes.steps);
    say(`${sizes.some} who wait`);
    await wait(b, sizes.some);
    await peers.boss.addPending(sizes.some);
    for (let n = 0; n < sizes.rounds; n++) await costs.oneRound(b, peers, sizes.steps, some);
    say(`${sizes.many} who wait`);
    await wait(b, sizes.many - sizes.some);
    const many: FullSteps[] = [];
    for (let n = 0; n < sizes.rounds; n++) many.push(await fullSteps(b, sizes.steps));
    return {
      ...ratios(empty, some),
      cost_10m: round(wholeUs(many) / wholeUs(empty.full), 2),
      cost_held_snapshot: round(total(held.whole) / total(after.whole), 2),
      idle_poll_ms: round(await idlePoll(b), 2),
      bytes_pending: round(await bytesARow(b, 'enrollment_cursor')),
      bytes_enrollment: round(await bytesARow(b, 'enrollment')),
      ...(await waits(b, sizes)),
    };
  } finally {
    await costs.closePeers(peers);
  }
}

/** So many more people who wait, in the shops of the steps. */
async function wait(b: Bench, count: number): Promise<void> {
  for (const shop of await fiveShops(b)) await addPending(b.owner, shop, Math.round(count / 5));
  await b.owner.query('vacuum analyze');
}

const wholes = (full: readonly FullSteps[]) => full.map((one) => one.whole);
const decideds = (full: readonly FullSteps[]) => full.map((one) => one.decided);
const wholeUs = (full: readonly FullSteps[]) => costs.usOf(wholes(full));

function ratios(empty: costs.Rounds, some: costs.Rounds): Figures {
  const r1Us = median(empty.r1.map((one) => one.serverUs));
  return {
    bare_vs_pgboss: round(costs.timesCheaper(empty.bare, empty.boss), 2),
    bare_vs_pgboss_2m: round(costs.timesCheaper(some.bare, some.boss), 2),
    full_vs_pgboss: round(costs.timesCheaper(wholes(empty.full), empty.boss), 2),
    full_vs_pgboss_2m: round(costs.timesCheaper(wholes(some.full), some.boss), 2),
    full_per_core_vs_r1: round(r1Us / wholeUs(empty.full), 2),
    decided_vs_pgboss: round(costs.timesCheaper(decideds(empty.full), empty.boss), 2),
    decided_vs_pgboss_2m: round(costs.timesCheaper(decideds(some.full), some.boss), 2),
    decided_per_core_vs_r1: round(r1Us / costs.usOf(decideds(empty.full)), 2),
    wal_bytes_step: round(median(empty.full.map((one) => one.walBytes))),
    r1_us: round(r1Us),
    r1_node_us: round(median(empty.r1.map((one) => one.nodeUs))),
    r1_per_s: round(costs.rateOf(empty.r1)),
    ...inDetail(empty, ''),
    ...inDetail(some, '_2m'),
    pgboss_single_us: round(costs.usOf(empty.bossSingle)),
    pgboss_single_per_s: round(costs.rateOf(empty.bossSingle)),
    graphile_us: round(costs.usOf(empty.graphile)),
    graphile_per_s: round(costs.rateOf(empty.graphile)),
    ...(empty.bull.length === 0
      ? {}
      : { bullmq_us: round(costs.usOf(empty.bull)), bullmq_per_s: round(costs.rateOf(empty.bull)) }),
  };
}

function inDetail({ bare, boss, full }: costs.Rounds, when: string): Figures {
  return {
    [`bare_us${when}`]: round(costs.usOf(bare)),
    [`bare_per_s${when}`]: round(costs.rateOf(bare)),
    [`pgboss_us${when}`]: round(costs.usOf(boss)),
    [`pgboss_per_s${when}`]: round(costs.rateOf(boss)),
    [`full_us${when}`]: round(wholeUs(full)),
    [`full_per_s${when}`]: round(costs.rateOf(wholes(full))),
    [`full_server_us${when}`]: round(median(full.map((one) => one.whole.serverUs))),
    [`full_node_us${when}`]: round(median(full.map((one) => one.whole.nodeUs))),
    [`decided_us${when}`]: round(costs.usOf(decideds(full))),
    [`handed_over_us${when}`]: round(costs.usOf(full.map((one) => one.handedOver))),
  };
}

async function waits(b: Bench, sizes: Sizes): Promise<Figures> {
  say('mails at low load');
  const { p50Ms, p99Ms, rssMb, rssGrowthMb } = await latency(b, sizes.mails);
  return {
    latency_p50_ms: round(p50Ms),
    latency_p99_ms: round(p99Ms),
    worker_rss_mb: round(rssMb),
    worker_rss_growth_mb: round(rssGrowthMb),
  };
}

async function workers(b: Bench, sizes: Sizes): Promise<Figures> {
  say('two workers');
  const { rate, cost } = await twoWorkers(b, sizes.steps / 2);
  say('small shops beside a big one');
  const { smallP99Ms, bigShare } = await fairness(b, sizes);
  say('a killed worker');
  const { resumeMs, duplicates } = await killWorker(b, sizes.steps);
  return {
    two_workers: round(rate, 2),
    two_workers_cost: round(cost, 2),
    small_shop_p99_ms: round(smallP99Ms),
    big_shop_share: round(bigShare, 2),
    kill_resume_ms: round(resumeMs),
    kill_duplicates: duplicates,
  };
}

async function stopped(b: Bench, { paused, cancelled, steps }: Sizes): Promise<Figures> {
  say('a pause and a cancellation');
  const pauseMs = await pauseSequence(b, { inside: paused, due: steps });
  const { ms, writtenDownMs } = await cancelSequence(b, cancelled);
  return {
    pause_1m_ms: round(pauseMs),
    cancel_500k_ms: round(ms),
    cancel_written_down_ms: round(writtenDownMs),
  };
}
