/** The reply clock: what is told when, that it stops and starts, and what other promises make of what is open. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  due,
  recomputed,
  resolveBy,
  started,
  stopped,
  timeLeft,
  warnAt,
  type Ticking,
} from '../../../app/conversations/clock.ts';
import { workingTime, type Week } from '../../../app/conversations/hours.ts';
import { CLOCKS } from '../../../app/conversations/matters.ts';
import { readInboxSettings } from '../../../app/conversations/settings.ts';

const DAY = [{ from: '09:00', to: '18:00' }];
const working = workingTime({
  week: [DAY, DAY, DAY, DAY, DAY, [], []] as Week,
  timeZone: 'Europe/Berlin',
  isClosed: () => false,
});
const chain = [
  { lateBy: 0, to: 'lead@example.com' },
  { lateBy: 60, to: 'owner@example.com' },
];
const promised = { settings: { ...readInboxSettings({}), chain }, working };
/** Monday, ten in the morning in Berlin. */
const ten = new Date('2026-06-01T08:00:00Z');
const at = (hours: number) => new Date(ten.getTime() + hours * 3_600_000);

const blank: Ticking = {
  state: 'open',
  clock: 'complaint',
  openedAt: ten,
  awaitingSince: null,
  replyDueAt: null,
  resolutionDueAt: null,
  warnedAt: null,
  breachedAt: null,
  overdueAt: null,
  escalated: 0,
  snoozedUntil: null,
  solvedAt: null,
  helpDueAt: null,
  helpAskedAt: null,
  dueAt: null,
};
const waiting = (more: Partial<Ticking> = {}) =>
  started(resolveBy({ ...blank, ...more }, ten, promised), ten, promised);

describe('the clock', () => {
  test('is shorter for whom more was promised, never longer, and stays so for what they say next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 100 }), fc.constantFrom(...CLOCKS), (pace, clock) => {
        const [usual, sooner] = [waiting({ clock }), waiting({ clock, pace })];
        const minutes = Math.ceil((promised.settings.targets[clock].reply * pace) / 100);
        expect(sooner.replyDueAt).toEqual(working.after(ten, minutes));
        expect(sooner.replyDueAt!.getTime()).toBeLessThanOrEqual(usual.replyDueAt!.getTime());
        expect(sooner.resolutionDueAt).toEqual(usual.resolutionDueAt);
        expect(warnAt(sooner, promised)!.getTime()).toBeLessThan(sooner.replyDueAt!.getTime());
        expect(recomputed(sooner, promised, ten).replyDueAt).toEqual(sooner.replyDueAt);
        expect(started(stopped(sooner, promised), ten, promised).replyDueAt).toEqual(sooner.replyDueAt);
      }),
    );
  });

  test('warns, notices, tells one after the other, each once', () => {
    const complaint = waiting();
    expect(complaint.replyDueAt).toEqual(at(0.5));
    // A quarter of half an hour is left; two hours before would be before it began.
    expect(complaint.dueAt).toEqual(at(0.375));
    const told = [at(0.375), at(0.5), at(0.6), at(1.5), at(1.6)].map((now) => {
      const { doings, after } = due(complaintNow, promised, now);
      complaintNow = after;
      return doings.map(({ kind }) => kind);
    });
    expect(told).toEqual([['warn'], ['late', 'escalate'], [], ['escalate'], []]);
  });
  let complaintNow = waiting();

  test('looked at late, it does not warn any more, and leaves nobody of the chain out', () => {
    const { doings } = due(waiting(), promised, at(3));
    expect(doings.map((one) => ('to' in one ? one.to : one.kind))).toEqual([
      'late',
      'lead@example.com',
      'owner@example.com',
    ]);
  });

  test('an answer stops it, the next voice starts it again', () => {
    const late = due(waiting({ clock: 'message' }), promised, at(9)).after;
    const answered = stopped(late, promised);
    expect(answered).toMatchObject({ awaitingSince: null, replyDueAt: null, breachedAt: null, escalated: 0 });
    expect(due(answered, promised, at(9)).doings).toEqual([]);
    expect(started(answered, at(24), promised)).toMatchObject({ awaitingSince: at(24), replyDueAt: at(28) });
  });

  test('sleeping it says nothing, and wakes when it should', () => {
    const asleep = { ...waiting(), state: 'snoozed' as const, snoozedUntil: at(100) };
    expect(due(asleep, promised, at(99)).doings).toEqual([]);
    expect(due(asleep, promised, at(100)).doings[0]).toEqual({ kind: 'wake' });
  });

  test('other promises: what has time again is warned of again, what is late stays late', () => {
    const late = due(waiting(), promised, at(1)).after;
    const longer = {
      ...promised,
      settings: readInboxSettings({ targets: { complaint: { reply: 600, resolution: null } } }),
    };
    expect(recomputed(late, longer, at(1))).toMatchObject({
      breachedAt: null,
      warnedAt: null,
      escalated: 0,
      resolutionDueAt: null,
    });
    expect(recomputed(late, promised, at(1))).toEqual(late);
    expect(due(recomputed(late, promised, at(1)), promised, at(1)).doings).toEqual([]);
  });

  test('the ring empties as time goes', () => {
    const message = waiting({ clock: 'message' });
    expect([0, 2, 4, 6].map((hours) => timeLeft(message, at(hours)))).toEqual([1, 0.5, 0, -0.5]);
    expect(timeLeft(blank, at(1))).toBeNull();
    expect(warnAt(blank, promised)).toBeNull();
  });

  const kind = fc.constantFrom(...CLOCKS);
  const minute = fc.integer({ min: 0, max: 20 * 1440 });

  test('however often it is looked at, the same things are told as in one look, but for warnings that came too late', () => {
    fc.assert(
      fc.property(kind, minute, fc.array(minute, { maxLength: 8 }), (clock, end, looks) => {
        const begun = waiting({ clock });
        const last = new Date(ten.getTime() + end * 60_000);
        let one = begun;
        const told: string[] = [];
        for (const look of looks.filter((each) => each < end).toSorted((a, b) => a - b)) {
          const { doings, after } = due(one, promised, new Date(ten.getTime() + look * 60_000));
          told.push(...doings.map((doing) => JSON.stringify(doing)));
          one = after;
        }
        const rest = due(one, promised, last);
        told.push(...rest.doings.map((doing) => JSON.stringify(doing)));
        const once = due(begun, promised, last).doings.map((doing) => JSON.stringify(doing));
        const isWarning = (doing: string) => doing.includes('"warn"');
        expect(told.filter((doing) => !isWarning(doing)).toSorted()).toEqual(
          once.filter((doing) => !isWarning(doing)).toSorted(),
        );
        expect(new Set(told).size).toBe(told.length);
        // Whatever is still to come is to come later.
        expect(rest.after.dueAt === null || rest.after.dueAt > last).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
