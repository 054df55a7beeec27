import { expect, test } from 'vitest';
import { stageOf, type StageFacts } from '../../../app/customers/stage.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const facts = (some: Partial<StageFacts>): StageFacts => ({
  ordersCount: 1,
  lastOrderAt: daysAgo(10),
  lastHeardAt: null,
  lastScore: null,
  friends: 0,
  ...some,
});

test.each([
  ['nobody who has ordered', { ordersCount: 0, lastOrderAt: null }, 'stranger', 'no-order'],
  ['one order', {}, 'acquaintance', 'ordered-once'],
  ['two orders', { ordersCount: 2 }, 'friend', 'ordered-again'],
  ['one order and a good word', { lastScore: 5 }, 'friend', 'said-well'],
  ['five orders and a good word', { ordersCount: 5, lastScore: 4 }, 'family', 'loyal'],
  ['five orders without a word', { ordersCount: 5 }, 'friend', 'ordered-again'],
  ['a friend brought', { friends: 1 }, 'family', 'brought-friends'],
  [
    'a friend brought before the first own order',
    { ordersCount: 0, friends: 2 },
    'family',
    'brought-friends',
  ],
  ['a bad last word', { ordersCount: 9, friends: 3, lastScore: 2 }, 'acquaintance', 'unhappy'],
  ['a year of silence', { ordersCount: 2, lastOrderAt: daysAgo(366) }, 'acquaintance', 'quiet'],
  [
    'a year without an order, but a word',
    { ordersCount: 2, lastOrderAt: daysAgo(366), lastHeardAt: daysAgo(5) },
    'friend',
    'ordered-again',
  ],
  ['two years of silence', { friends: 1, lastOrderAt: daysAgo(731) }, 'acquaintance', 'quiet'],
  ['ten years of silence', { friends: 1, lastOrderAt: daysAgo(3650) }, 'acquaintance', 'quiet'],
] as const)('%s', (_name, some, stage, code) => {
  expect(stageOf(facts(some), now)).toMatchObject({ stage, reason: { code } });
});

test('silence never brings anybody closer', () => {
  for (let days = 0; days < 1500; days += 30) {
    const [sooner, later] = [
      stageOf(facts({ friends: 1, lastOrderAt: daysAgo(days) }), now),
      stageOf(facts({ friends: 1, lastOrderAt: daysAgo(days + 30) }), now),
    ];
    const rank = ['stranger', 'acquaintance', 'friend', 'family'];
    expect(rank.indexOf(later.stage)).toBeLessThanOrEqual(rank.indexOf(sooner.stage));
  }
});
