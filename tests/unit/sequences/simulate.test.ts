import { describe, expect, test } from 'vitest';
import { permission } from '../../../app/messages/permission.ts';
import { makeAgenda } from '../../../app/sequences/agenda.ts';
import type { Past, World } from '../../../app/sequences/past.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { liveThrough } from '../../../app/sequences/simulate.ts';
import { makeTally, reportOf, type SimulationReport } from '../../../app/sequences/tally.ts';
import { aPast, aPastOrder, aWorld, chanceOf, DAY, drawPast, HOUR, listeningTo } from '../../pasts.ts';

const DAYTIME = new Date('2026-03-10T11:00:00Z');
const after = (days: number, from = DAYTIME) => new Date(from.getTime() + days * DAY);

const ASK: PlanInput = {
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'wait',
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 2 } }, next: 'ask' },
    { kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: null },
  ],
};
const asking = (changes: Partial<PlanInput> = {}, key = 'asking') => listeningTo({ ...ASK, ...changes }, key);

/** What comes of these pasts. */
function simulated(world: World, pasts: readonly Past[], judge = permission): SimulationReport {
  const tally = makeTally(world);
  for (const past of pasts) liveThrough(tally, past, { judge });
  return reportOf(tally);
}

const skipped = ({ messages }: SimulationReport) =>
  messages.skipped.reduce((sum, { count }) => sum + count, 0);

test('a paid order is asked about two days later, on its day', () => {
  const report = simulated(aWorld({ sequences: [asking()] }), [aPast({ orders: [aPastOrder(DAYTIME)] })]);
  expect(report).toMatchObject({
    enrolled: 1,
    inside: 0,
    ended: [{ code: 'done', count: 1 }],
    messages: { planned: 1, sent: 1, waiting: 0, skipped: [] },
    twoWithinADay: 0,
  });
  expect(report.days[report.steps[0]!.byDay.indexOf(1)]).toBe('2026-03-12');
});

test('what is known later is not known before: a cancelled order ends it when it is cancelled', () => {
  const world = aWorld({ sequences: [asking()] });
  const cancelled = (days: number) =>
    simulated(world, [aPast({ orders: [aPastOrder(DAYTIME, { cancelledAt: after(days) })] })]);
  expect(cancelled(1)).toMatchObject({ ended: [{ code: 'cancelled' }], messages: { planned: 0 } });
  expect(cancelled(3)).toMatchObject({ ended: [{ code: 'done' }], messages: { sent: 1 } });
});

test('an unsubscribe counts from its day on', () => {
  const consent = (days: number): Past['consent'] => ({
    email: { state: 'unsubscribed', at: after(days) },
    sms: null,
  });
  const orders = [aPastOrder(DAYTIME)];
  const world = aWorld({ sequences: [asking()] });
  expect(simulated(world, [aPast({ orders, consent: consent(1) })]).messages.sent).toBe(0);
  expect(simulated(world, [aPast({ orders, consent: consent(3) })]).messages.sent).toBe(1);
});

test('what is due at night is moved to the morning, and the report says how long', () => {
  const atNight = new Date('2026-03-10T22:00:00Z');
  const report = simulated(aWorld({ sequences: [asking()] }), [aPast({ orders: [aPastOrder(atNight)] })]);
  expect(report.night).toEqual({ due: 1, sent: 0 });
  expect(report.moved).toMatchObject({
    of: 1,
    count: 1,
    medianMinutes: 600,
    p90Minutes: 600,
    because: [{ code: 'night', count: 1 }],
  });
});

test('a wait that the plan itself moves out of the night counts the same', () => {
  const wait = {
    kind: 'wait',
    key: 'wait',
    until: { after: { days: 2 }, awake: true },
    next: 'ask',
  } as const;
  const sequence = asking({ steps: [wait, ASK.steps[1]!] });
  const atNight = new Date('2026-03-10T22:00:00Z');
  const report = simulated(aWorld({ sequences: [sequence] }), [aPast({ orders: [aPastOrder(atNight)] })]);
  expect(report.night).toEqual({ due: 1, sent: 0 });
  expect(report.moved).toMatchObject({ count: 1, medianMinutes: 600 });
});

test('the budget is one over all that a customer gets, also from others', () => {
  const world = aWorld({ sequences: [asking()] });
  const orders = [aPastOrder(DAYTIME)];
  const sent = [
    {
      at: after(2, new Date(DAYTIME.getTime() - 2 * HOUR)),
      class: 'ask' as const,
      channel: 'email' as const,
    },
  ];
  expect(simulated(world, [aPast({ orders, sent })]).moved).toMatchObject({
    count: 1,
    medianMinutes: 22 * 60,
  });
  const service = [{ ...sent[0]!, class: 'service' as const }];
  const beside = simulated(world, [aPast({ orders, sent: service })]);
  expect(beside.moved.count).toBe(0);
  expect(beside.twoWithinADay).toBe(1);
});

test('two sequences at once share the budget of one customer', () => {
  const world = aWorld({ sequences: [asking(), asking({}, 'another')] });
  const report = simulated(world, [aPast({ orders: [aPastOrder(DAYTIME)] })]);
  expect(report.messages).toMatchObject({ planned: 2, sent: 2 });
  expect(report.moved).toMatchObject({ of: 2, count: 1, because: [{ code: 'gap', count: 1 }] });
});

test('two in 24 hours are one customer, however many follow', () => {
  const service = { ...ASK.steps[1]!, class: 'service' } as PlanInput['steps'][number];
  const sequence = asking({ start: 'ask', steps: [service] });
  const orders = [0, 0.2, 0.4].map((days, index) => aPastOrder(after(days), { id: BigInt(index + 1) }));
  const report = simulated(aWorld({ sequences: [sequence] }), [aPast({ orders })]);
  expect(report).toMatchObject({ messages: { sent: 3 }, twoWithinADay: 1 });
});

test('whoever comes in once does not come in again, also when the first time was before', () => {
  const sequence = asking({
    trigger: { ...ASK.trigger, each: 'customer' },
    reentry: { kind: 'after', days: 30 },
  });
  const orders = [0, 10, 50].map((days, index) => aPastOrder(after(days), { id: BigInt(index + 1) }));
  const world = aWorld({ sequences: [sequence] });
  expect(simulated(world, [aPast({ orders })]).enrolled).toBe(2);
  const before = [{ sequenceId: sequence.sequenceId, startedAt: after(-5) }];
  expect(simulated(world, [aPast({ orders, before })]).enrolled).toBe(1);
});

test('a wait for something ends when it happens', () => {
  const waitFor = {
    kind: 'wait-for',
    key: 'wait',
    when: { fact: 'order.answered', is: 'equal', value: true },
    within: { days: 10 },
    next: 'ask',
    otherwise: null,
  } as const;
  const world = aWorld({ sequences: [asking({ steps: [waitFor, ASK.steps[1]!] })] });
  const at = after(3.1);
  const answers = [{ id: 'a', orderId: 1n, score: 5, at, verifiedAt: at }];
  const report = simulated(world, [aPast({ orders: [aPastOrder(DAYTIME)], answers })]);
  expect(report.messages.sent).toBe(1);
  expect(report.days[report.steps[0]!.byDay.indexOf(1)]).toBe('2026-03-13');
  expect(simulated(world, [aPast({ orders: [aPastOrder(DAYTIME)] })]).messages.planned).toBe(0);
});

test('a step leads into another sequence, which is lived through as well', () => {
  const start = { kind: 'start', key: 'ask', sequence: 'another', next: null } as const;
  const first = asking({ steps: [ASK.steps[0]!, start] });
  const another = asking({ trigger: { ...ASK.trigger, on: ['sequence.started'] } }, 'another');
  const report = simulated(aWorld({ sequences: [first, another] }), [
    aPast({ orders: [aPastOrder(DAYTIME)] }),
  ]);
  expect(report).toMatchObject({ enrolled: 2, messages: { sent: 1 } });
});

test('what is due after the end still waits', () => {
  const placed = new Date(aWorld().until.getTime() - DAY);
  const report = simulated(aWorld({ sequences: [asking()] }), [aPast({ orders: [aPastOrder(placed)] })]);
  expect(report).toMatchObject({ enrolled: 1, inside: 1, messages: { planned: 0 } });
});

describe('over whole shops, drawn by a seed', () => {
  const shopOf = (seed: number) => {
    const world = aWorld();
    const chance = chanceOf(seed);
    return { world, pasts: Array.from({ length: 150 }, (_, id) => drawPast(world, id, chance)) };
  };
  const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

  test.each(SEEDS)('the totals add up (seed %i)', (seed) => {
    const { world, pasts } = shopOf(seed);
    const report = simulated(world, pasts);
    const ended = report.ended.reduce((sum, { count }) => sum + count, 0);
    const byDay = report.steps.flatMap((step) => step.byDay).reduce((sum, count) => sum + count, 0);
    expect(report.enrolled).toBe(report.inside + ended);
    expect(report.messages.planned).toBe(report.messages.sent + report.messages.waiting + skipped(report));
    expect(byDay).toBe(report.messages.sent);
    expect(report.messages.waiting).toBeGreaterThanOrEqual(0);
    expect(report.messages.sent).toBeGreaterThan(200);
    expect(report.moved.count).toBeGreaterThan(0);
    expect(report.moved.p90Minutes).toBeGreaterThanOrEqual(report.moved.medianMinutes);
  });

  test.each(SEEDS)('nothing is sent at night, though much was due in it (seed %i)', (seed) => {
    const { world, pasts } = shopOf(seed);
    const { night } = simulated(world, pasts);
    expect(night.due).toBeGreaterThan(20);
    expect(night.sent).toBe(0);
  });

  test('a permission that forgets the night is caught', () => {
    const { world, pasts } = shopOf(1);
    const sleepless: typeof permission = (facts, now) =>
      permission({ ...facts, rhythm: { ...facts.rhythm, quietFrom: 0, quietTo: 0 } }, now);
    expect(simulated(world, pasts, sleepless).night.sent).toBeGreaterThan(0);
  });

  test('a permission that forgets the budget lets more customers get two within a day', () => {
    const { world, pasts } = shopOf(1);
    const generous: typeof permission = (facts, now) => permission({ ...facts, handed: [] }, now);
    const [held, let_] = [simulated(world, pasts), simulated(world, pasts, generous)];
    expect(let_.twoWithinADay).toBeGreaterThan(held.twoWithinADay);
  });

  test('the same past gives the same report, byte for byte, in whatever order customers come', () => {
    const { world, pasts } = shopOf(9);
    const report = JSON.stringify(simulated(world, pasts));
    expect(JSON.stringify(simulated(world, shopOf(9).pasts))).toBe(report);
    expect(JSON.stringify(simulated(world, pasts.toReversed()))).toBe(report);
    expect(JSON.stringify(simulated(world, shopOf(10).pasts))).not.toBe(report);
  });
});

test('an agenda gives the earliest first, and of one moment what was entered first', () => {
  const chance = chanceOf(5);
  const entered = Array.from({ length: 500 }, (_, number) => ({ at: Math.floor(chance() * 50), number }));
  const agenda = makeAgenda<number>();
  for (const { at, number } of entered) agenda.enter(new Date(at), number);
  const taken: number[] = [];
  for (let next = agenda.next(); next; next = agenda.next()) taken.push(next.item);
  expect(taken).toEqual(entered.toSorted((a, b) => a.at - b.at).map(({ number }) => number));
});
