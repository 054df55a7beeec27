/** What a simulation came to: counted as it goes, the same in whatever order customers come. */
import type { MessageClass } from '../messages/message.ts';
import { toLocal } from '../zones.ts';
import type { World } from './past.ts';

/** A number of things, by their code; most first. */
export interface Count {
  code: string;
  count: number;
}

/** The messages of one step. */
export interface StepReport {
  sequence: string;
  step: string;
  template: string;
  class: MessageClass;
  sent: number;
  /** One number a day of the report. */
  byDay: number[];
}

/** For staff, and stored as it is: no names, no addresses. */
export interface SimulationReport {
  /** Days on the shop's calendar, YYYY-MM-DD. */
  days: string[];
  /** Customers with orders in that time. */
  customers: number;
  enrolled: number;
  /** Still inside at the end. */
  inside: number;
  ended: Count[];
  /** planned = sent + waiting + all of skipped */
  messages: { planned: number; sent: number; waiting: number; skipped: Count[] };
  steps: StepReport[];
  /** Customers who would get two within 24 hours, at least one of them from here. */
  twoWithinADay: number;
  /** Messages whose moment fell into the customer's night, and those that were sent in it all the same. */
  night: { due: number; sent: number };
  /** Asks and offers that went later than drawn, of all that went. */
  moved: { of: number; count: number; medianMinutes: number; p90Minutes: number; because: Count[] };
}

type Counts = Map<string, number>;

/** Where a simulation counts. */
export interface Tally {
  world: World;
  customers: number;
  enrolled: number;
  planned: number;
  sent: number;
  ended: Counts;
  skipped: Counts;
  /** Sent messages by step and day. */
  steps: Map<string, Map<number, number>>;
  twoWithinADay: number;
  dueAtNight: number;
  sentAtNight: number;
  /** Asks and offers that went. */
  asks: number;
  /** How many of them were moved by so many minutes. */
  movedBy: Map<number, number>;
  movedBecause: Counts;
}

export const makeTally = (world: World): Tally => ({
  world,
  customers: 0,
  enrolled: 0,
  planned: 0,
  sent: 0,
  ended: new Map(),
  skipped: new Map(),
  steps: new Map(),
  twoWithinADay: 0,
  dueAtNight: 0,
  sentAtNight: 0,
  asks: 0,
  movedBy: new Map(),
  movedBecause: new Map(),
});

export function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const DAY_MS = 86_400_000;
const dayOf = ({ shop }: World, at: Date) => Math.floor(toLocal(at, shop.timeZone) / DAY_MS);

/** A message of a step went at `at`. */
export function countSent(tally: Tally, sequence: string, step: string, at: Date): void {
  tally.sent++;
  const name = `${sequence} ${step}`;
  let days = tally.steps.get(name);
  if (!days) tally.steps.set(name, (days = new Map()));
  count(days, dayOf(tally.world, at));
}

/** The same for the same counts, byte for byte. */
export function reportOf(tally: Tally): SimulationReport {
  const { world } = tally;
  const [first, last] = [dayOf(world, world.from), dayOf(world, world.until)];
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const skipped = total(tally.skipped);
  return {
    days: days.map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10)),
    customers: tally.customers,
    enrolled: tally.enrolled,
    inside: tally.enrolled - total(tally.ended),
    ended: listed(tally.ended),
    messages: {
      planned: tally.planned,
      sent: tally.sent,
      waiting: tally.planned - tally.sent - skipped,
      skipped: listed(tally.skipped),
    },
    steps: stepsOf(tally, days),
    twoWithinADay: tally.twoWithinADay,
    night: { due: tally.dueAtNight, sent: tally.sentAtNight },
    moved: {
      of: tally.asks,
      count: total(tally.movedBy),
      medianMinutes: quantile(tally.movedBy, 0.5),
      p90Minutes: quantile(tally.movedBy, 0.9),
      because: listed(tally.movedBecause),
    },
  };
}

function stepsOf({ world, steps }: Tally, days: readonly number[]): StepReport[] {
  return world.sequences.flatMap(({ key, plan }) =>
    plan.steps.flatMap((step) => {
      if (step.kind !== 'message') return [];
      const sent = steps.get(`${key} ${step.key}`) ?? new Map<number, number>();
      const byDay = days.map((day) => sent.get(day) ?? 0);
      const { template, class: class_ } = step;
      return [{ sequence: key, step: step.key, template, class: class_, sent: total(sent), byDay }];
    }),
  );
}

const total = (counts: ReadonlyMap<unknown, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);

const listed = (counts: Counts): Count[] =>
  [...counts]
    .map(([code, n]) => ({ code, count: n }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));

/** The least value that so large a share does not exceed; 0 of nothing. */
function quantile(counts: ReadonlyMap<number, number>, share: number): number {
  let left = Math.ceil(total(counts) * share);
  for (const [value, n] of [...counts].sort(([a], [b]) => a - b)) {
    left -= n;
    if (left <= 0) return value;
  }
  return 0;
}
