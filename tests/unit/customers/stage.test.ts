/** How close somebody is: by signs, by what stands against it, by silence, and kept for a while. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STAGES } from '../../../app/customers/customer.ts';
import { FIRST_RULES, parseStageRules, type StageRules } from '../../../app/customers/stage-rules.ts';
import { nextSteps, stageOf, type StageFacts, type Standing } from '../../../app/customers/stage.ts';
import { movedIn, NOTHING_TRIED, withMoves, type StageMove } from '../../../app/customers/stage-trial.ts';

const now = new Date('2026-06-01T00:00:00Z');
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY);
const NOBODY: Standing = { stage: 'stranger', at: null };
const NONE = {
  answers: 0,
  kindWords: 0,
  reviews: 0,
  photos: 0,
  replies: 0,
  healed: 0,
  friends: 0,
  returned: 0,
};
const facts = (some: Partial<StageFacts>): StageFacts => ({
  orders: 1,
  firstOrderAt: daysAgo(10),
  lastOrderAt: daysAgo(10),
  spent: 0n,
  lastHeardAt: null,
  lastScore: null,
  ...NONE,
  ...some,
});
const rank = (stage: (typeof STAGES)[number]) => STAGES.indexOf(stage);

test.each([
  ['nobody who has ordered', { orders: 0, lastOrderAt: null }, 'stranger', 'no-order'],
  ['one order', {}, 'acquaintance', 'ordered-once'],
  ['two orders', { orders: 2 }, 'friend', 'signs'],
  ['one order and a kind word', { kindWords: 1, lastScore: 5 }, 'friend', 'signs'],
  ['a complaint that was healed', { healed: 1, lastScore: 3 }, 'friend', 'signs'],
  ['five orders and a good last word', { orders: 5, lastScore: 4 }, 'family', 'signs'],
  ['five orders without a word', { orders: 5 }, 'friend', 'signs'],
  ['orders, kind words and a photo', { orders: 3, kindWords: 2, photos: 1 }, 'family', 'signs'],
  ['a friend brought', { friends: 1 }, 'family', 'signs'],
  ['a friend brought before the first own order', { orders: 0, friends: 2 }, 'family', 'signs'],
  ['a bad last word', { orders: 9, friends: 3, lastScore: 2 }, 'acquaintance', 'unhappy'],
  ['much that came back', { orders: 5, returned: 3, kindWords: 2 }, 'acquaintance', 'sends-back'],
  ['something that came back', { orders: 5, returned: 2 }, 'friend', 'signs'],
  [
    'a year of silence',
    { orders: 2, lastOrderAt: daysAgo(366), firstOrderAt: daysAgo(380) },
    'acquaintance',
    'quiet',
  ],
  [
    'a year of silence of somebody who comes each winter',
    { orders: 3, lastOrderAt: daysAgo(400), firstOrderAt: daysAgo(1130) },
    'friend',
    'signs',
  ],
  [
    'a year without an order, but a word',
    { orders: 2, lastOrderAt: daysAgo(366), lastHeardAt: daysAgo(5) },
    'friend',
    'signs',
  ],
  ['two years of silence', { friends: 1, lastOrderAt: daysAgo(731) }, 'acquaintance', 'quiet'],
  ['ten years of silence', { friends: 1, lastOrderAt: daysAgo(3650) }, 'acquaintance', 'quiet'],
] as const)('%s', (_name, some, stage, code) => {
  expect(stageOf(facts(some), FIRST_RULES, NOBODY, now)).toMatchObject({ stage, reason: { code } });
});

test('the reason names what they have, not what was asked', () => {
  const { reason } = stageOf(facts({ orders: 7, lastScore: 5 }), FIRST_RULES, NOBODY, now);
  expect(reason).toEqual({ code: 'signs', signs: ['orders=7', 'score=5'] });
});

test('a stage that was just reached is kept while a word wavers, not while somebody is unhappy or silent', () => {
  const family = { stage: 'family', at: daysAgo(10) } as const;
  const loyal = facts({ orders: 6, lastScore: 3 });
  const kept = stageOf(loyal, FIRST_RULES, family, now);
  expect(kept).toEqual({
    stage: 'family',
    reason: { code: 'kept', days: 30 },
    until: new Date(now.getTime() + 20 * DAY),
  });
  expect(stageOf(loyal, FIRST_RULES, family, kept.until!).stage).toBe('friend');
  expect(stageOf({ ...loyal, returned: 5 }, FIRST_RULES, family, now).stage).toBe('family');
  expect(stageOf({ ...loyal, lastScore: 1 }, FIRST_RULES, family, now).stage).toBe('acquaintance');
  const silent = { ...loyal, firstOrderAt: daysAgo(800), lastOrderAt: daysAgo(799) };
  expect(stageOf(silent, FIRST_RULES, family, now)).toMatchObject({ reason: { code: 'quiet' } });
});

test('what was undone is taken back at once', () => {
  const family = { stage: 'family', at: daysAgo(1) } as const;
  expect(stageOf(facts({ friends: 0 }), FIRST_RULES, family, now).stage).toBe('acquaintance');
  expect(stageOf(facts({ orders: 0, lastOrderAt: null }), FIRST_RULES, family, now).stage).toBe('stranger');
});

const anyFacts = fc.record({
  orders: fc.nat(8),
  spent: fc.bigInt(0n, 100_000n),
  lastScore: fc.option(fc.integer({ min: 1, max: 5 })),
  answers: fc.nat(5),
  kindWords: fc.nat(4),
  reviews: fc.nat(4),
  photos: fc.nat(3),
  replies: fc.nat(3),
  healed: fc.nat(2),
  friends: fc.nat(2),
  returned: fc.nat(4),
  first: fc.nat(2000),
  last: fc.nat(2000),
  heard: fc.option(fc.nat(2000)),
});
const factsFrom = ({
  first,
  last,
  heard,
  ...some
}: typeof anyFacts extends fc.Arbitrary<infer T> ? T : never) =>
  facts({
    ...some,
    firstOrderAt: daysAgo(Math.max(first, last)),
    lastOrderAt: daysAgo(Math.min(first, last)),
    lastHeardAt: heard === null ? null : daysAgo(heard),
  });

test('silence never brings anybody closer, and nothing changes before the moment that was named', () => {
  fc.assert(
    fc.property(anyFacts, fc.nat(900), (some, later) => {
      const they = factsFrom(some);
      const first = stageOf(they, FIRST_RULES, NOBODY, now);
      const standing = { stage: first.stage, at: now };
      const at = new Date(now.getTime() + later * DAY);
      const then = stageOf(they, FIRST_RULES, standing, at);
      expect(rank(then.stage)).toBeLessThanOrEqual(rank(first.stage));
      if (first.until === null || at < first.until) expect(then.stage).toBe(first.stage);
    }),
    { numRuns: 500 },
  );
});

test('one more good sign never takes anybody farther away', () => {
  const signs = [
    'orders',
    'answers',
    'kindWords',
    'reviews',
    'photos',
    'replies',
    'healed',
    'friends',
  ] as const;
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...signs), (some, sign) => {
      const they = { ...factsFrom(some), returned: 0 };
      const more = { ...they, [sign]: they[sign] + 1 };
      // More orders in the same time are a quicker rhythm, whose silence is noticed sooner.
      const rules = { ...FIRST_RULES, quiet: { ...FIRST_RULES.quiet, rhythm: 0 } };
      const [before, after] = [they, more].map((each) => stageOf(each, rules, NOBODY, now).stage);
      expect(rank(after!)).toBeGreaterThanOrEqual(rank(before!));
    }),
    { numRuns: 500 },
  );
});

test('the next steps lead where they say', () => {
  fc.assert(
    fc.property(anyFacts, (some) => {
      const they = { ...factsFrom(some), returned: 0, lastOrderAt: daysAgo(1), lastScore: null };
      const { stage } = stageOf(they, FIRST_RULES, NOBODY, now);
      const next = nextSteps(they, FIRST_RULES, stage);
      if (!next) {
        expect(stage).toBe('family');
        return;
      }
      const done = { ...they, firstOrderAt: they.firstOrderAt ?? now };
      for (const { sign, atLeast } of next.needs) {
        if (sign === 'score') done.lastScore = atLeast as never;
        else if (sign === 'spent') done.spent += BigInt(atLeast);
        else if (sign === 'kind-words') done.kindWords += atLeast;
        else done[sign] += atLeast;
      }
      const reached = stageOf(done, FIRST_RULES, NOBODY, now).stage;
      expect(rank(reached)).toBeGreaterThanOrEqual(rank(next.stage));
      expect(rank(next.stage)).toBe(rank(stage) + 1);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['money alone', { friend: [[{ sign: 'spent', atLeast: 10_000 }]] }, 'friend.0', 'money alone'],
  [
    'a sign twice',
    {
      family: [
        [
          { sign: 'orders', atLeast: 1 },
          { sign: 'orders', atLeast: 2 },
        ],
      ],
    },
    'family.0',
    'twice',
  ],
  ['a score of nine', { friend: [[{ sign: 'score', atLeast: 9 }]] }, 'friend.0', 'above 5'],
  ['no way at all', { friend: [] }, 'friend', 'needs at least one'],
  [
    'a sign that nobody counts',
    { friend: [[{ sign: 'likes', atLeast: 1 }]] },
    'friend.0.0.sign',
    'none of those',
  ],
  ['a day of patience', { quiet: { days: 1, rhythm: 0 } }, 'quiet.days', 'at least 30'],
  ['half a day', { keepDays: 0.5 }, 'keepDays', 'whole number'],
  ['something else', { magic: true }, '', 'magic'],
])('rules with %s are refused, beside their place', (_name, wrong, path, message) => {
  const parsed = parseStageRules({ ...FIRST_RULES, ...wrong });
  const problems = 'problems' in parsed ? parsed.problems : [];
  expect(problems).toHaveLength(1);
  expect(problems[0]!.path).toBe(path);
  expect(problems[0]!.message).toContain(message);
});

test('the first rules are rules', () => {
  expect(parseStageRules(FIRST_RULES)).toEqual({ rules: FIRST_RULES satisfies StageRules });
});

test('a trial counts every move, and shows one example of each kind before more of one', () => {
  const move = (n: number, to: StageMove['to']): StageMove => ({
    customerId: `c${n}`,
    from: 'acquaintance',
    to,
    reason: { code: 'signs' },
  });
  const first = withMoves(
    NOTHING_TRIED,
    Array.from({ length: 9 }, (_, n) => move(n, 'friend')),
  );
  const trial = withMoves(first, [move(10, 'family'), move(11, 'stranger')]);
  expect(movedIn(trial)).toBe(11);
  expect(trial.examples).toHaveLength(5);
  expect(trial.examples.slice(0, 3).map(({ to }) => to)).toEqual(['friend', 'family', 'stranger']);
});
