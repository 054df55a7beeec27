import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budgetOf, channelBudgetOf, nextWithin, type Handed } from '../../../app/messages/budget.ts';
import { permission, type Permission, type PermissionFacts } from '../../../app/messages/permission.ts';
import { afterDays, isWithin } from '../../../app/messages/quiet-hours.ts';
import { byRank, PRIORITIES } from '../../../app/messages/rank.ts';
import { shopSettingsSchema } from '../../../app/shops/settings.ts';

const at = (iso: string) => new Date(iso);
const byMail = (iso: string): Handed => ({ at: at(iso), channel: 'email' });
const byText = (iso: string): Handed => ({ at: at(iso), channel: 'sms' });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A customer in Berlin whom nothing keeps from being asked at noon. */
const free: PermissionFacts = {
  class: 'ask',
  channel: 'email',
  installed: true,
  customer: {
    erased: false,
    reachable: true,
    timeZone: 'Europe/Berlin',
    country: 'DE',
    lastOrderAt: at('2026-05-20T10:00:00Z'),
  },
  consent: 'subscribed',
  suppressed: null,
  preferences: { frequency: 'all', hour: null, pausedUntil: null },
  orderOver: null,
  problem: null,
  handed: [],
  rhythm: shopSettingsSchema.parse({}).rhythm,
  uselessAfter: null,
};
const noon = at('2026-06-01T10:00:00Z');
const midnight = at('2026-06-01T22:00:00Z');
const summary = (answer: Permission) =>
  answer.answer === 'later'
    ? `later ${answer.until.toISOString()} ${answer.reason.code}`
    : answer.answer === 'never'
      ? `never ${answer.reason.code}`
      : 'yes';

describe('who may be written to', () => {
  const cases: [string, Partial<PermissionFacts>, string][] = [
    ['nothing in the way', {}, 'yes'],
    ['the shop has left', { installed: false }, 'never uninstalled'],
    ['erased', { customer: { ...free.customer, erased: true } }, 'never erased'],
    ['no address', { customer: { ...free.customer, reachable: false } }, 'never no-address'],
    ['cancelled, service too', { class: 'service', orderOver: 'cancelled' }, 'never order-cancelled'],
    ['too late', { uselessAfter: noon }, 'never too-late'],
    ['bounced, service too', { class: 'service', suppressed: 'bounced' }, 'never suppressed'],
    ['unsubscribed', { consent: 'unsubscribed' }, 'never unsubscribed'],
    ['service without consent', { class: 'service', consent: 'unsubscribed' }, 'yes'],
    ['an ask by soft opt-in', { consent: 'not-subscribed' }, 'yes'],
    [
      'an ask without any order',
      { consent: null, customer: { ...free.customer, lastOrderAt: null } },
      'never no-consent',
    ],
    [
      'an ask where soft opt-in is unknown',
      { consent: null, customer: { ...free.customer, country: 'CN' } },
      'never no-consent',
    ],
    ['an offer without consent', { class: 'offer', consent: 'not-subscribed' }, 'never no-consent'],
    ['an offer with consent', { class: 'offer' }, 'yes'],
    ['a text without consent', { channel: 'sms', consent: null }, 'never no-consent'],
    [
      'only order news',
      { preferences: { ...free.preferences, frequency: 'order-news' } },
      'never order-news-only',
    ],
    [
      'order news themselves',
      { class: 'service', preferences: { ...free.preferences, frequency: 'order-news' } },
      'yes',
    ],
    ['an open problem', { problem: 'return' }, 'later 2026-06-02T10:00:00.000Z open-problem'],
    ['service with an open problem', { class: 'service', problem: 'return' }, 'yes'],
    [
      'the gap since the last one',
      { handed: [byMail('2026-06-01T06:00:00Z')] },
      'later 2026-06-02T07:00:00.000Z gap',
    ],
    ['service in the gap', { class: 'service', handed: [byMail('2026-06-01T06:00:00Z')] }, 'yes'],
    [
      'the budget of the week',
      { handed: [byMail('2026-05-28T12:00:00Z'), byMail('2026-05-30T12:00:00Z')] },
      'later 2026-06-04T12:00:00.000Z budget',
    ],
    [
      'the budget is one over all channels',
      { handed: [byText('2026-05-28T12:00:00Z'), byText('2026-05-30T12:00:00Z')] },
      'later 2026-06-04T12:00:00.000Z budget',
    ],
    [
      'within it, what the merchant allows by this channel',
      {
        rhythm: { ...free.rhythm, perWeek: 5, mailsPerWeek: 1 },
        handed: [byMail('2026-05-28T12:00:00Z'), byText('2026-05-30T12:00:00Z')],
      },
      'later 2026-06-04T12:00:00.000Z budget',
    ],
    [
      'the other channel has its own',
      {
        rhythm: { ...free.rhythm, perWeek: 5, mailsPerWeek: 1 },
        handed: [byText('2026-05-28T12:00:00Z'), byText('2026-05-30T12:00:00Z')],
      },
      'yes',
    ],
    [
      'a day that is not one of theirs',
      { rhythm: { ...free.rhythm, days: [3, 4] } },
      'later 2026-06-03T07:00:00.000Z day',
    ],
    ['service on any day', { class: 'service', rhythm: { ...free.rhythm, days: [3, 4] } }, 'yes'],
    [
      'fewer, however generous the shop is',
      {
        rhythm: { ...free.rhythm, perWeek: 14, minGapHours: 0 },
        preferences: { ...free.preferences, frequency: 'fewer' },
        handed: [byMail('2026-05-22T12:00:00Z')],
      },
      'later 2026-06-05T12:00:00.000Z budget',
    ],
    [
      'fewer',
      { preferences: { ...free.preferences, frequency: 'fewer' }, handed: [byMail('2026-05-22T12:00:00Z')] },
      'later 2026-06-05T12:00:00.000Z budget',
    ],
    [
      'paused',
      { preferences: { ...free.preferences, pausedUntil: at('2026-06-10T00:00:00Z') } },
      'later 2026-06-10T07:00:00.000Z paused',
    ],
    [
      'paused for longer than it is worth sending',
      {
        preferences: { ...free.preferences, pausedUntil: at('2026-06-10T00:00:00Z') },
        uselessAfter: at('2026-06-05T00:00:00Z'),
      },
      'later 2026-06-05T00:00:00.000Z paused',
    ],
    [
      'the hour of their choice',
      { preferences: { ...free.preferences, hour: 18 } },
      'later 2026-06-01T16:00:00.000Z chosen-hour',
    ],
    ['an hour that lies in the night', { preferences: { ...free.preferences, hour: 23 } }, 'yes'],
  ];
  test.each(cases)('%s', (_name, change, expected) => {
    expect(summary(permission({ ...free, ...change }, noon))).toBe(expected);
  });

  test('at night everything waits for the morning, service too', () => {
    for (const kind of ['service', 'ask', 'offer'] as const) {
      expect(summary(permission({ ...free, class: kind }, midnight))).toBe(
        'later 2026-06-02T07:00:00.000Z night',
      );
    }
  });

  test('a day is where the customer lives, not where the shop is', () => {
    const kiritimati = { ...free.customer, timeZone: 'Pacific/Kiritimati' };
    const weekdays = { ...free.rhythm, days: [1, 2, 3, 4, 5] };
    // Friday noon in Berlin is Saturday there, and Monday begins while it is Sunday here.
    expect(
      summary(permission({ ...free, customer: kiritimati, rhythm: weekdays }, at('2026-06-05T10:00:00Z'))),
    ).toBe('later 2026-06-07T19:00:00.000Z day');
  });

  test('night is where the customer lives, not where the shop is', () => {
    const tokyo = { ...free.customer, timeZone: 'Asia/Tokyo' };
    expect(summary(permission({ ...free, customer: tokyo }, at('2026-06-01T12:30:00Z')))).toBe(
      'later 2026-06-02T00:00:00.000Z night',
    );
  });
});

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
  'Africa/Casablanca',
);
const moments = fc.date({
  min: at('2025-01-01T00:00:00Z'),
  max: at('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const hour = fc.integer({ min: 0, max: 23 });
const someFacts: fc.Arbitrary<PermissionFacts> = fc.record({
  class: fc.constantFrom('service', 'ask', 'offer'),
  channel: fc.constantFrom('email', 'sms'),
  installed: fc.constant(true),
  customer: fc.record({
    erased: fc.constant(false),
    reachable: fc.constant(true),
    timeZone: zones,
    country: fc.constantFrom('DE', 'KR', null),
    lastOrderAt: fc.option(moments),
  }),
  consent: fc.constantFrom('subscribed', 'not-subscribed', null),
  suppressed: fc.constant(null),
  preferences: fc.record({
    frequency: fc.constantFrom('all', 'fewer'),
    hour: fc.option(hour),
    pausedUntil: fc.option(moments),
  }),
  orderOver: fc.constant(null),
  problem: fc.option(fc.constant('return')),
  handed: fc.array(fc.record({ at: moments, channel: fc.constantFrom('email', 'sms') }), { maxLength: 6 }),
  rhythm: fc.record({
    quietFrom: hour,
    quietTo: hour,
    perWeek: fc.integer({ min: 1, max: 5 }),
    mailsPerWeek: fc.option(fc.integer({ min: 1, max: 5 })),
    textsPerWeek: fc.option(fc.integer({ min: 1, max: 5 })),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    minGapHours: fc.integer({ min: 0, max: 100 }),
  }),
  uselessAfter: fc.option(moments),
});

describe('whatever is known', () => {
  test('nobody is written to at night', () => {
    fc.assert(
      fc.property(someFacts, moments, (facts, now) => {
        const quiet = { from: facts.rhythm.quietFrom, to: facts.rhythm.quietTo };
        const isYes = permission(facts, now).answer === 'yes';
        expect(!(isYes && isWithin(quiet, now, facts.customer.timeZone))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing is asked on a day that the shop keeps free', () => {
    fc.assert(
      fc.property(someFacts, moments, (facts, now) => {
        const isYes = permission(facts, now).answer === 'yes';
        const isFree = afterDays(facts.rhythm.days, now, facts.customer.timeZone) > now;
        expect(isYes && isFree && facts.class !== 'service').toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('later is later than now, and the same question has the same answer', () => {
    fc.assert(
      fc.property(someFacts, moments, (facts, now) => {
        const answer = permission(facts, now);
        expect(permission(structuredClone(facts), new Date(now))).toEqual(answer);
        expect(answer.answer !== 'later' || answer.until > now).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('asked again when it said so, it says yes, unless a problem is still open or it has become useless', () => {
    fc.assert(
      fc.property(someFacts, moments, (facts, now) => {
        const answer = permission({ ...facts, problem: null, uselessAfter: null }, now);
        // Consent by an order long ago may have run out meanwhile.
        const consented = { ...facts, consent: 'subscribed' as const, problem: null, uselessAfter: null };
        expect(answer.answer !== 'later' || permission(consented, answer.until).answer === 'yes').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('a later question never gets an earlier answer', () => {
    fc.assert(
      fc.property(someFacts, moments, fc.integer({ min: 1, max: 60 * DAY }), (facts, now, ms) => {
        const calm = { ...facts, uselessAfter: null };
        const [early, late] = [permission(calm, now), permission(calm, new Date(now.getTime() + ms))];
        expect(!(early.answer === 'later' && late.answer === 'later') || late.until >= early.until).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

test('however many ask at once, no customer gets more than the budget', () => {
  const wishes = fc.array(fc.integer({ min: 0, max: 40 * DAY }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(someFacts, wishes, (facts, offsets) => {
      const calm: PermissionFacts = {
        ...facts,
        class: 'ask',
        consent: 'subscribed',
        problem: null,
        uselessAfter: null,
        preferences: { ...facts.preferences, pausedUntil: null },
      };
      const sent = runThrough(
        calm,
        offsets.map((offset) => at('2026-03-01T00:00:00Z').getTime() + offset),
      );
      const { most: inAll, days, gapHours } = budgetOf(calm.rhythm, calm.preferences.frequency);
      const byIt = channelBudgetOf(calm.rhythm, calm.channel)?.most ?? inAll;
      const most = calm.preferences.frequency === 'fewer' ? inAll : Math.min(inAll, byIt);
      for (const [index, moment] of sent.entries()) {
        const within = sent.filter((other) => other <= moment && other > moment - days * DAY);
        expect(within.length).toBeLessThanOrEqual(most);
        expect(moment - (sent[index - 1] ?? 0)).toBeGreaterThanOrEqual(gapHours * HOUR);
      }
      expect(sent).toHaveLength(offsets.length);
    }),
    { numRuns: 300 },
  );
});

/** Plays the outbox: due moments in order, each answered yes or moved. */
function runThrough(facts: PermissionFacts, due: number[]): number[] {
  const sent: number[] = [];
  const waiting = [...due];
  while (waiting.length > 0) {
    waiting.sort((a, b) => a - b);
    const now = waiting.shift()!;
    const answer = permission(
      { ...facts, handed: sent.map((moment) => ({ at: new Date(moment), channel: facts.channel })) },
      new Date(now),
    );
    if (answer.answer === 'yes') sent.push(now);
    else if (answer.answer === 'later') waiting.push(answer.until.getTime());
  }
  return sent;
}

test('the budget names what held a message up', () => {
  const budget = { most: 1, days: 7, gapHours: 24 };
  expect(nextWithin(budget, [], noon).because).toBeNull();
  expect(nextWithin(budget, [{ at: new Date(noon.getTime() - HOUR) }], noon).because).toBe('budget');
  expect(nextWithin({ ...budget, most: 2 }, [{ at: new Date(noon.getTime() - HOUR) }], noon).because).toBe(
    'gap',
  );
});

test('the higher priority goes first, then the older, and no two are equal', () => {
  const [old, young] = [at('2026-06-01T10:00:00Z'), at('2026-06-02T10:00:00Z')];
  const ranked = [
    { priority: PRIORITIES.high, plannedAt: young, id: 'd' },
    { priority: PRIORITIES.normal, plannedAt: old, id: 'b' },
    { priority: PRIORITIES.normal, plannedAt: old, id: 'c' },
    { priority: PRIORITIES.normal, plannedAt: young, id: 'a' },
    { priority: PRIORITIES.low, plannedAt: old, id: 'e' },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(ranked, { minLength: ranked.length }), (shuffled) => {
      expect(shuffled.toSorted(byRank)).toEqual(ranked);
    }),
  );
});
