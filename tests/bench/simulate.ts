/**
 * Simulating sequences on the past, on one core: 100,000 enrollments, goal 30 s; and months in minutes. A shop-year is
 * 1,000 orders of some 580 customers over 365 days with the six sequences of every shop; goal 200 of them a minute.
 * Everything is lived through twice: the same seed has to give the same report, bit for bit.
 */
import { createHash } from 'node:crypto';
import type { World } from '../../app/sequences/past.ts';
import { liveThrough } from '../../app/sequences/simulate.ts';
import { makeTally, reportOf, type SimulationReport } from '../../app/sequences/tally.ts';
import { aWorld, chanceOf, drawPast } from '../pasts.ts';
import { stored } from './simulate/stored.ts';

const SHOP_YEAR_ORDERS = 1000;

/** @param quick a tenth of everything */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const enrollments = quick ? 10_000 : 100_000;
  const years = quick ? 5 : 40;
  const rssBefore = process.memoryUsage.rss();
  const big = repeated(() => run(aWorld(), 1, (_, enrolled) => enrolled >= enrollments));
  const rss = process.memoryUsage.rss();
  const year = aWorld({ days: 365 });
  const many = repeated(() => {
    const reports = Array.from({ length: years }, (_, seed) =>
      run(year, seed, (orders) => orders >= SHOP_YEAR_ORDERS),
    );
    return {
      seconds: sum(reports.map(({ seconds }) => seconds)),
      reports: reports.flatMap((one) => one.reports),
    };
  });
  const [report] = big.reports;
  if (report!.night.sent > 0) throw new Error('something was sent at night');
  const fromTables = await stored(Math.min(enrollments, 30_000));
  return {
    enrollments: report!.enrolled,
    simulate_100k_s: round((big.seconds / report!.enrolled) * 100_000),
    stored_enrollments: fromTables.enrolled,
    // Two plans are lived through for each: the draft and what is live.
    stored_100k_s: round((fromTables.seconds / fromTables.enrolled) * 100_000),
    simulate_rss_mb: round(rss / 2 ** 20),
    simulate_rss_grown_mb: round((rss - rssBefore) / 2 ** 20),
    messages: report!.messages.sent,
    shop_years: years,
    shop_years_per_min: round((years / many.seconds) * 60),
  };
}

interface Ran {
  /** Of one core, for simulating alone: drawing the pasts is the bench's own. */
  seconds: number;
  reports: SimulationReport[];
}

/** Lives through customer after customer until there are enough. */
function run(world: World, seed: number, isEnough: (orders: number, enrolled: number) => boolean): Ran {
  const chance = chanceOf(seed);
  const tally = makeTally(world);
  let orders = 0;
  let us = 0;
  for (let id = 0; !isEnough(orders, tally.enrolled);) {
    // In slices, so that the clock is not read for each.
    const pasts = Array.from({ length: 50 }, () => drawPast(world, id++, chance));
    orders += sum(pasts.map((past) => past.orders.length));
    const before = process.cpuUsage();
    for (const past of pasts) liveThrough(tally, past);
    const { user, system } = process.cpuUsage(before);
    us += user + system;
  }
  return { seconds: us / 1_000_000, reports: [reportOf(tally)] };
}

/** The second run of two that have to say the same. */
function repeated(work: () => Ran): Ran {
  const [first, second] = [work(), work()];
  if (digest(first) !== digest(second)) throw new Error('the same seed gave another report');
  return second;
}

const digest = ({ reports }: Ran) => createHash('sha256').update(JSON.stringify(reports)).digest('hex');
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const round = (value: number) => Number(value.toFixed(1));
