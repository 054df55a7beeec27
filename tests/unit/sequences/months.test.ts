/**
 * E14: months in minutes. Shops with rhythms of their own live through a year, their customers in forty zones, with
 * outages of the provider and sequences that are edited while people are inside; the real `decide` and `permission` on a
 * virtual clock; some move into the newer version, some stay. What was let through is held against what is promised, computed anew by Intl; the same seed has to
 * give the same year, bit for bit. EVERAFTER_SHOP_YEARS=500 takes its time.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { permission, type PermissionFacts } from '../../../app/messages/permission.ts';
import type { Listening } from '../../../app/sequences/candidates.ts';
import type { Letter, Publishing, Telling } from '../../../app/sequences/life.ts';
import { planSchema, type Plan } from '../../../app/sequences/plan.ts';
import type { Step } from '../../../app/sequences/steps.ts';
import { liveThrough } from '../../../app/sequences/simulate.ts';
import { makeTally, reportOf } from '../../../app/sequences/tally.ts';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';
import { aWorld, chanceOf, DAY, drawPast, HOUR, listeningTo } from '../../pasts.ts';

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

/** What of a year is put in place of the real thing. */
interface Twin extends Pick<Telling, 'judge' | 'place' | 'isKnown'> {
  /** What publishing does to those inside, whatever the merchant chose. */
  inside?: Publishing['inside'];
}

const WORD = { kind: 'message', class: 'service', template: 'word' } as const;
/** Several words to one person: whoever is moved has had some of them. */
const THREE_WORDS = listeningTo(
  {
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
    start: 'first',
    steps: [
      { ...WORD, key: 'first', next: 'some-days' },
      { kind: 'wait', key: 'some-days', until: { after: { days: 3 }, from: 'reached' }, next: 'second' },
      { ...WORD, key: 'second', next: 'more-days' },
      { kind: 'wait', key: 'more-days', until: { after: { days: 20 }, from: 'reached' }, next: 'third' },
      { ...WORD, key: 'third', next: null },
    ],
  },
  'three-words',
);

/** One shop's year. @returns what was broken, how much was sent, and a digest of all of it */
function aYear(seed: number, { judge = permission, inside, ...twin }: Twin) {
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
  const sequences = [...plain.sequences, THREE_WORDS];
  const world = { ...plain, sequences, shop: { ...plain.shop, timeZone: pick(ZONES), rhythm } };
  const span = world.until.getTime() - world.from.getTime();
  const outages = Array.from({ length: 8 }, (): Outage => {
    const from = world.from.getTime() + Math.floor(chance() * span);
    return { from, to: from + Math.ceil(chance() * 30) * HOUR };
  });
  // Twice a year every sequence is edited while people are inside; whoever says so takes them along.
  const publishings = editsOf(sequences).map((newer, index): Publishing => ({
    at: new Date(world.from.getTime() + span * (0.2 + 0.4 * index + 0.2 * chance())),
    sequences: newer,
    inside: pick(['stay', 'move']),
  }));
  const done = inside ? publishings.map((one) => ({ ...one, inside })) : publishings;
  const tally = makeTally(world);
  const digest = createHash('sha256');
  const broken: string[] = [];
  let count = 0;
  let moved = 0;
  for (let id = 0; id < CUSTOMERS; id++) {
    const drawn = drawPast(world, id, chance);
    const past = { ...drawn, customer: { ...drawn.customer, timeZone: pick(ZONES) } };
    const sent: Sent[] = [];
    const letters: Letter[] = [];
    liveThrough(tally, past, {
      ...twin,
      publishings: done,
      judge: (facts, now) => {
        const answer = judge(facts, now);
        if (answer.answer !== 'yes') return answer;
        const down = outages.find(({ from, to }) => now.getTime() >= from && now.getTime() < to);
        if (down)
          return { answer: 'later', until: new Date(down.to), reason: { code: 'provider-unavailable' } };
        sent.push({ at: now, facts });
        return answer;
      },
      onSent: (letter) => letters.push(letter),
    });
    broken.push(...brokenOf(sent, outages), ...lostOnTheWay(letters, publishings));
    count += sent.length;
    moved += letters.filter(({ of }) => of.sequence.version > 1 && of.startedAt < publishings[0]!.at).length;
    digest.update(JSON.stringify(sent.map(({ at, facts }) => [at, facts.class, facts.customer.timeZone])));
  }
  digest.update(JSON.stringify(reportOf(tally)));
  return { broken, count, moved, digest: digest.digest('hex') };
}

/** First every wait is a day longer; then a word comes before all others, and the first one goes to the end. */
const editsOf = (sequences: readonly Listening[]): readonly (readonly Listening[])[] => {
  const longer = sequences.map((sequence) => newerOf(sequence, slower));
  return [longer, longer.map((sequence) => newerOf(sequence, turnedRound))];
};

/** The plans of a year are the same in every shop. */
const newer = new Map<string, Listening>();
function newerOf(sequence: Listening, edit: (plan: Plan) => Plan): Listening {
  const name = `${sequence.key} ${sequence.version + 1}`;
  const known = newer.get(name) ?? {
    ...sequence,
    version: sequence.version + 1,
    plan: planSchema.parse(edit(sequence.plan)),
  };
  newer.set(name, known);
  return known;
}

const slower = (plan: Plan): Plan => ({
  ...plan,
  steps: plan.steps.map((step) => {
    if (step.kind !== 'wait') return step;
    const { until } = step;
    return { ...step, until: { ...until, after: { ...until.after, days: (until.after.days ?? 0) + 1 } } };
  }),
});

const BEFORE_ALL = 'before-all';
function turnedRound(plan: Plan): Plan {
  const [first] = plan.steps;
  const before = { ...plan.steps.find(({ kind }) => kind === 'message')!, key: BEFORE_ALL, next: plan.start };
  const isFirst = first?.kind === 'message' && first.key === plan.start && first.next !== null;
  if (!isFirst) return { ...plan, start: BEFORE_ALL, steps: [before as Step, ...plan.steps] };
  const rest = plan.steps
    .slice(1)
    .map((step) => ('next' in step && step.next === null ? { ...step, next: first.key } : step));
  return {
    ...plan,
    start: BEFORE_ALL,
    steps: [{ ...before, next: first.next } as Step, ...rest, { ...first, next: null }],
  };
}

/** What publishing promises those inside: nothing twice, nothing that lies behind them, and what was chosen for them. */
function lostOnTheWay(letters: readonly Letter[], publishings: readonly Publishing[]): string[] {
  const first = new Map<unknown, Date>();
  const met = new Map<unknown, Set<string>>();
  return letters.flatMap(({ of, step, rank: { plannedAt } }) => {
    const steps = met.get(of) ?? new Set();
    met.set(of, steps);
    const twice = steps.has(step) ? ['twice'] : [];
    steps.add(step);
    if (step === 'first') first.set(of, plannedAt);
    if (step === BEFORE_ALL && of.startedAt < publishings[1]!.at) return [...twice, 'what lies behind'];
    const since = first.get(of);
    if (step !== 'second' || !since) return twice;
    const isOld = publishings.every(
      ({ at, inside }) => of.startedAt < at && (inside === 'stay' || plannedAt < at),
    );
    // A day of a clock change has an hour more or less.
    const days = Math.round((plannedAt.getTime() - since.getTime()) / DAY);
    return days === (isOld ? 3 : 4) ? twice : [...twice, `after ${days} days in another version`];
  });
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

const years = (twin: Twin = {}, shops = SHOPS) =>
  Array.from({ length: shops }, (_, seed) => aYear(seed + 1, twin));

test(
  'a year keeps every promise, and the same seed gives the same year, bit for bit',
  () => {
    const all = years();
    expect(all.flatMap(({ broken }) => broken)).toEqual([]);
    for (const { count } of all) expect(count).toBeGreaterThan(50);
    expect(all.filter(({ moved }) => moved > 0).length).toBeGreaterThan(SHOPS / 6);
    const digests = all.map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(SHOPS);
    expect(years().map(({ digest }) => digest)).toEqual(digests);
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
    years({ judge: twin }, 4)
      .flatMap(({ broken }) => broken)
      .join(),
  ).toMatch(as);
});

const MOVES: [string, Twin, RegExp][] = [
  ['begins again', { place: () => '' }, /what lies behind/],
  ['writes without looking whether it has', { isKnown: () => false }, /twice/],
  ['leaves those inside where they were', { inside: 'stay' }, /after 3 days/],
  ['takes along those who were to stay', { inside: 'move' }, /after 4 days/],
];

test.each(MOVES)('a publishing that %s is caught', (_what, twin, as) => {
  expect(
    years(twin, 4)
      .flatMap(({ broken }) => broken)
      .join(),
  ).toMatch(as);
});
