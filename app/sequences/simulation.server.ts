/**
 * Tries a draft on the last days of a shop. Asked for on the page, worked off by the chores queue: nobody's clock depends
 * on it. Facts are read in transactions that cannot write; only the shop's one row of `simulation` is written.
 */
import { realNow } from '../clock.server.ts';
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { JobPayload, JobResult } from '../jobs/catalog.ts';
import { restDays } from '../orders/orders.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { sequenceOf } from './edit.server.ts';
import { BEGINNING, countPasts, readPasts, type PastTime, type PastWanted } from './past.server.ts';
import type { Past, World } from './past.ts';
import { parsePlan, type Plan, type Problem } from './plan.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { calendarWishes } from './wishes.ts';
import { assumedBy, SIMULATED_DAYS, type Compared, type SimulationView } from './simulation.ts';
import { liveThrough } from './simulate.ts';
import { makeTally, reportOf, type Tally } from './tally.ts';

export interface SimulationDeps {
  db: Db;
  /** Keys the hashes of suppressed addresses. */
  hashKey: Uint8Array;
  /** Whether texts can be sent at all. */
  texts: boolean;
}

export type AskResult =
  { outcome: 'asked'; id: string } | { outcome: 'problems'; problems: Problem[] } | { outcome: 'unknown' };

/** The one row of the shop: whoever works on an older try finds another id there and gives up. */
const ASK = `
  insert into simulation (shop_id, id, sequence_id, plan, live_version, state, progress, report, asked_at)
  values ($1, $2::uuid, $3::uuid, $4::jsonb, $5, 'waiting', 0, null, $6)
  on conflict (shop_id) do update set id = excluded.id, sequence_id = excluded.sequence_id, plan = excluded.plan,
    live_version = excluded.live_version, state = 'waiting', progress = 0, report = null, asked_at = excluded.asked_at`;

/** See the door. @param drawn a plan that is not saved; what the page of the sequence shows otherwise */
export async function askSimulation(
  tx: ShopTx,
  sequenceId: string,
  enqueue: (tx: SqlTx, payload: JobPayload<'sequences.simulate'>) => Promise<void>,
  now: Date,
  drawn?: unknown,
): Promise<AskResult> {
  const sequence = await sequenceOf(tx, sequenceId);
  if (!sequence) return { outcome: 'unknown' };
  const plan = drawn ?? sequence.draft ?? sequence.live;
  const parsed = parsePlan(plan);
  if ('problems' in parsed) return { outcome: 'problems', problems: parsed.problems };
  const id = newId(now);
  await tx.sql(ASK, [tx.shopId, id, sequenceId, JSON.stringify(plan), sequence.liveVersion, now]);
  await enqueue(tx, { shopId: String(tx.shopId), simulationId: id });
  return { outcome: 'asked', id };
}

const VIEW = `
  select m.id, m.state, m.progress::int as progress, m.report, m.asked_at as "askedAt",
    m.live_version is not distinct from s.live_version and m.plan = coalesce(s.draft, v.plan) as "isCurrent"
  from simulation m
  join sequence s on s.shop_id = m.shop_id and s.id = m.sequence_id
  left join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id and v.version = s.live_version
  where m.shop_id = $1 and m.sequence_id = $2::uuid`;

/** See the door. */
export async function simulationOf(tx: ShopTx, sequenceId: string): Promise<SimulationView | null> {
  const [row] = await tx.sql<SimulationView>(VIEW, [tx.shopId, sequenceId]);
  return row ? { ...row, progress: row.progress / 1000 } : null;
}

interface Asked {
  sequence_id: string;
  key: string;
  plan: unknown;
  live_version: number | null;
}

const BEGIN = `
  update simulation m set state = 'running', progress = 0 from sequence s
  where m.shop_id = $1 and m.id = $2::uuid and m.state <> 'done' and s.shop_id = m.shop_id and s.id = m.sequence_id
  returning m.sequence_id, s.key, m.plan, m.live_version`;

/** A newer try has another id: then nothing is written, and the work is given up. */
const PROGRESS = `update simulation set progress = $3 where shop_id = $1 and id = $2::uuid returning 1`;
const DONE = `
  update simulation set state = 'done', progress = 1000, report = $3::jsonb
  where shop_id = $1 and id = $2::uuid returning 1`;
const FAILED = `update simulation set state = 'failed' where shop_id = $1 and id = $2::uuid`;

const GIVEN_UP: JobResult = { outcome: 'cancel', reason: 'a newer one was asked for' };
/** How often progress is written, and looked whether it is still wanted. */
const TELL_EVERY_MS = 500;

/** See the door. */
export async function simulate(
  deps: SimulationDeps,
  payload: JobPayload<'sequences.simulate'>,
  now: Date,
): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const { simulationId: id } = payload;
  const sql = deps.db.sqlAcrossShops;
  const [asked] = await sql<Asked>(BEGIN, [shopId, id]);
  if (!asked) return GIVEN_UP;
  try {
    let told = realNow();
    const report = await tryOut(deps, shopId, asked, now, async (progress) => {
      if (realNow() - told < TELL_EVERY_MS) return true;
      told = realNow();
      const rows = await sql(PROGRESS, [shopId, id, Math.floor(progress * 999)]);
      return rows.length > 0;
    });
    const kept = report ? await sql(DONE, [shopId, id, JSON.stringify(report)]) : [];
    return kept.length > 0 ? { outcome: 'done' } : GIVEN_UP;
  } catch (error) {
    await sql(FAILED, [shopId, id]);
    throw error;
  }
}

const DAY_MS = 86_400_000;

/** @param goOn told how far it is; answers whether it is still wanted */
async function tryOut(
  deps: SimulationDeps,
  shopId: bigint,
  asked: Asked,
  now: Date,
  goOn: (progress: number) => Promise<boolean>,
): Promise<Compared | null> {
  const time = {
    from: new Date(now.getTime() - SIMULATED_DAYS * DAY_MS),
    until: now,
  };
  const { draft, live, plan, customers } = await readOnly(deps.db, shopId, async (tx) => ({
    ...(await worldsOf(tx, asked, time, deps.texts)),
    customers: await countPasts(tx, time),
  }));
  const wanted: PastWanted = {
    ...time,
    sequenceId: asked.sequence_id,
    hashKey: deps.hashKey,
    calendar: calendarWishes([draft, ...(live ? [live] : [])].map(({ sequences }) => sequences[0]!.plan)),
    timeZone: draft.shop.timeZone,
  };
  const tallies = [draft, ...(live ? [live] : [])].map(makeTally);
  let after = BEGINNING;
  for (let done = 0; ;) {
    const pasts = await readOnly(deps.db, shopId, (tx) => readPasts(tx, wanted, after));
    const last = pasts.at(-1);
    if (!last) break;
    await liveInSlices(tallies, pasts);
    done += pasts.length;
    after = last.customer.id;
    if (!(await goOn(Math.min(1, done / Math.max(customers, 1))))) return null;
  }
  const [ofDraft, ofLive] = tallies.map(reportOf);
  return { draft: ofDraft!, live: ofLive ?? null, assumes: assumedBy(plan) };
}

/** What is read here cannot be written, whatever a rule might want. */
const readOnly = <Result>(db: Db, shopId: bigint, read: (tx: ShopTx) => Promise<Result>): Promise<Result> =>
  db.inShop(shopId, async (tx) => {
    await tx.sql('set transaction read only');
    return read(tx);
  });

const PROGRAMME = `select exists (select 1 from program where shop_id = $1 and status = 'on') as "isOn"`;

async function worldsOf(tx: ShopTx, asked: Asked, { from, until }: PastTime, texts: boolean) {
  const shop = await shopById(tx, tx.shopId);
  const parsed = parsePlan(asked.plan);
  if (!shop || 'problems' in parsed) throw new Error('what is to be tried cannot be read');
  const [programme] = await tx.sql<{ isOn: boolean }>(PROGRAMME, [tx.shopId]);
  const { id, timeZone, locale, settings } = shop;
  const restDaysOf = await restDays();
  const worldOf = (plan: Plan, version: number): World => ({
    shop: { id, timeZone, locale, rhythm: settings.rhythm },
    sequences: [{ shopId: id, sequenceId: asked.sequence_id, key: asked.key, version, plan }],
    from,
    until,
    restDaysOf,
    texts,
    codes: programme!.isOn,
  });
  const { live_version: version } = asked;
  const ref = { shopId: id, sequenceId: asked.sequence_id, version: version ?? 0 };
  const live = version === null ? undefined : (await plansOf(tx, [ref])).get(versionKey(ref));
  return {
    draft: worldOf(parsed.plan, (version ?? 0) + 1),
    live: live && worldOf(live, version!),
    plan: parsed.plan,
  };
}

/** So long the process does nothing else; then whatever waits has its turn. */
const SLICE_MS = 8;

async function liveInSlices(tallies: readonly Tally[], pasts: readonly Past[]): Promise<void> {
  let since = realNow();
  for (const past of pasts) {
    for (const tally of tallies) liveThrough(tally, past);
    if (realNow() - since < SLICE_MS) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    since = realNow();
  }
}
