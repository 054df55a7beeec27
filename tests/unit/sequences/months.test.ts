/**
 * E14: months in minutes. Shops with rhythms of their own live through a year, their customers in forty zones, with
 * outages of the provider and sequences that are edited while people are inside; the real `decide` and `permission` on a
 * virtual clock. What was let through is held against what is promised, computed anew by Intl; the same seed has to
 * give the same year, bit for bit. EVERAFTER_SHOP_YEARS=500 takes its time.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { permission, type PermissionFacts } from '../../../app/messages/permission.ts';
import type { World } from '../../../app/sequences/past.ts';
import { planSchema } from '../../../app/sequences/plan.ts';
import { liveThrough } from '../../../app/sequences/simulate.ts';
import { makeTally, reportOf } from '../../../app/sequences/tally.ts';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';
import { aWorld, chanceOf, DAY, drawPast, HOUR } from '../../pasts.ts';

const SHOPS = Number(process.env['EVERAFTER_SHOP_YEARS'] ?? 12);
const CUSTOMERS = 80;
const ALL_ZONES = Intl.supportedValuesOf('timeZone');
/** Forty of them, from everywhere. */
const ZONES = Array.from({ length: 40 }, (_, i) => ALL_ZONES[Math.floor((i * ALL_ZONES.length) / 40)]!);

type Judge = typeof permission;

/** Something that was let through. */
interface Sent {
  at: Date;
  facts: PermissionFacts;
}

interface Outage {
  from: number;
  to: number;
}

/** One shop's year. @returns what was broken, how much was sent, and a digest of all of it */
function aYear(seed: number, judge: Judge) {
  const chance = chanceOf(seed);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(chance() * values.length)]!;
  const rhythm = shopSettingsSchema.parse({
    rhythm: {
      perWeek: pick([1, 2, 2, 5]),
      mailsPerWeek: pick([null, null, 1]),
      minGapHours: pick([0, 24, 48]),
      quietFrom: pick([20, 21, 23]),
      quietTo: pick([7, 9]),
      days: pick([
        [1, 2, 3, 4, 5, 6, 7],
        [1, 2, 3, 4, 5],
        [2, 6],
      ]),
    },
  }).rhythm;
  const plain = aWorld({ days: 365 });
  const world = { ...plain, shop: { ...plain.shop, timeZone: pick(ZONES), rhythm } };
  const span = world.until.getTime() - world.from.getTime();
  const outages = Array.from({ length: 8 }, (): Outage => {
    const from = world.from.getTime() + Math.floor(chance() * span);
    return { from, to: from + Math.ceil(chance() * 30) * HOUR };
  });
  const editedAt = world.from.getTime() + span * chance();
  const tally = makeTally(world);
  const digest = createHash('sha256');
  const broken: string[] = [];
  let count = 0;
  for (let id = 0; id < CUSTOMERS; id++) {
    const drawn = drawPast(world, id, chance);
    const past = { ...drawn, customer: { ...drawn.customer, timeZone: pick(ZONES) } };
    const sent: Sent[] = [];
    world.sequences = plain.sequences;
    liveThrough(tally, past, (facts, now) => {
      if (now.getTime() >= editedAt) world.sequences = edited(plain);
      const answer = judge(facts, now);
      if (answer.answer !== 'yes') return answer;
      const down = outages.find(({ from, to }) => now.getTime() >= from && now.getTime() < to);
      if (down)
        return { answer: 'later', until: new Date(down.to), reason: { code: 'provider-unavailable' } };
      sent.push({ at: now, facts });
      return answer;
    });
    broken.push(...brokenOf(sent, outages));
    count += sent.length;
    digest.update(JSON.stringify(sent.map(({ at, facts }) => [at, facts.class, facts.customer.timeZone])));
  }
  digest.update(JSON.stringify(reportOf(tally)));
  return { broken, count, digest: digest.digest('hex') };
}

/** The next version of each sequence: every wait is a day longer. Whoever is inside stays in theirs. */
const edits = new WeakMap<World, World['sequences']>();
function edited(world: World): World['sequences'] {
  let sequences = edits.get(world);
  if (!sequences) {
    sequences = world.sequences.map((sequence) => ({
      ...sequence,
      version: sequence.version + 1,
      plan: planSchema.parse({
        ...sequence.plan,
        steps: sequence.plan.steps.map((step) =>
          step.kind === 'wait'
            ? {
                ...step,
                until: {
                  ...step.until,
                  after: { ...step.until.after, days: (step.until.after.days ?? 0) + 1 },
                },
              }
            : step,
        ),
      }),
    }));
    edits.set(world, sequences);
  }
  return sequences;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Hour and weekday (1 Monday … 7 Sunday) as Intl knows them. */
function wallOf(at: Date, timeZone: string): { hour: number; day: number } {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
    clocks.set(timeZone, clock);
  }
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.get('weekday')!) + 1;
  return { hour: Number(parts.get('hour')), day };
}

/** What one customer got, held against what is promised. */
function brokenOf(sent: readonly Sent[], outages: readonly Outage[]): string[] {
  const broken: string[] = [];
  const asks = sent.filter(({ facts }) => facts.class !== 'service');
  for (const { at, facts } of sent) {
    const { rhythm, customer, uselessAfter } = facts;
    const { hour, day } = wallOf(at, customer.timeZone);
    const isService = facts.class === 'service';
    if (hour >= rhythm.quietFrom || hour < rhythm.quietTo) broken.push(`at night: ${hour}`);
    if (!isService && !rhythm.days.includes(day)) broken.push(`on day ${day}`);
    if (!isService && facts.consent === 'unsubscribed') broken.push('unsubscribed');
    if (uselessAfter && at >= uselessAfter) broken.push('too late');
    if (facts.orderOver) broken.push(facts.orderOver);
    if (outages.some(({ from, to }) => at.getTime() >= from && at.getTime() < to)) broken.push('while down');
  }
  for (const [index, { at, facts }] of asks.entries()) {
    const { perWeek, mailsPerWeek, minGapHours } = facts.rhythm;
    const week = asks.filter((one) => one.at <= at && one.at.getTime() > at.getTime() - 7 * DAY);
    if (week.length > Math.min(perWeek, mailsPerWeek ?? perWeek)) broken.push(`${week.length} in a week`);
    const before = asks[index - 1];
    if (before && at.getTime() - before.at.getTime() < minGapHours * HOUR) broken.push('too soon');
  }
  return broken;
}

const years = (judge: Judge, shops = SHOPS) =>
  Array.from({ length: shops }, (_, seed) => aYear(seed + 1, judge));

test(
  'a year keeps every promise, and the same seed gives the same year, bit for bit',
  () => {
    const all = years(permission);
    expect(all.flatMap(({ broken }) => broken)).toEqual([]);
    for (const { count } of all) expect(count).toBeGreaterThan(50);
    const digests = all.map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(SHOPS);
    expect(years(permission).map(({ digest }) => digest)).toEqual(digests);
  },
  Math.max(60_000, SHOPS * 2000),
);

const TWINS: [string, Judge, RegExp][] = [
  [
    'nights',
    (facts, now) => permission({ ...facts, rhythm: { ...facts.rhythm, quietFrom: 0, quietTo: 0 } }, now),
    /night/,
  ],
  [
    'days',
    (facts, now) => permission({ ...facts, rhythm: { ...facts.rhythm, days: [1, 2, 3, 4, 5, 6, 7] } }, now),
    /on day/,
  ],
  ['what was sent', (facts, now) => permission({ ...facts, handed: [] }, now), /in a week|too soon/],
  ['uselessness', (facts, now) => permission({ ...facts, uselessAfter: null }, now), /too late/],
  [
    'zones',
    (facts, now) => permission({ ...facts, customer: { ...facts.customer, timeZone: 'UTC' } }, now),
    /night/,
  ],
];

test.each(TWINS)('a permission that forgets %s is caught', (_what, twin, as) => {
  expect(
    years(twin, 4)
      .flatMap(({ broken }) => broken)
      .join(),
  ).toMatch(as);
});
