import { expect, test } from 'vitest';
import { DEFAULT_SEQUENCES } from '../../../app/sequences/defaults/defaults.ts';
import { openingOf } from '../../../app/sequences/opening.ts';
import { planSchema, type Plan } from '../../../app/sequences/plan.ts';
import { promiseOf } from '../../../app/ui/planSentences.ts';

const planOf = (key: string): Plan =>
  planSchema.parse(DEFAULT_SEQUENCES.find((one) => one.key === key)!.plan);
const said = (key: string, plan = planOf(key)) => promiseOf(key, openingOf(plan));

test.each([
  ['thank-you', 'An hour after payment, a personal note and nothing to sell.'],
  ['getting-started', 'A day after delivery, care for what they bought.'],
  ['how-is-it-going', 'A week after delivery, one question answered by one click.'],
  ['review', 'When the product is ready to judge, or 14 days after delivery, their story.'],
  ['invite', '2 days after an answer or a review, a code for friends, if it was a good one.'],
  [
    'win-back',
    'When the product is used up, or 90 days after payment, a hello to those who have not come back.',
  ],
])('%s as every shop begins with it', (key, sentence) => {
  expect(said(key)).toBe(sentence);
});

test('another wait is another sentence', () => {
  const plan = planOf('thank-you');
  const waiting = (after: Record<string, number>): Plan => ({
    ...plan,
    steps: plan.steps.map((step) =>
      step.kind === 'wait' ? { ...step, until: { ...step.until, after } } : step,
    ),
  });
  expect(said('thank-you', waiting({ hours: 3 }))).toMatch(/^3 hours after payment, /);
  expect(said('thank-you', waiting({ days: 1, hours: 2 }))).toMatch(/^A day and 2 hours after payment, /);
  expect(said('thank-you', waiting({ hours: 0 }))).toMatch(/^At once after payment, /);
});

test('where the way forks or waits twice, nothing is said of when', () => {
  const plan = planOf('thank-you');
  const [wait, note] = plan.steps;
  if (wait?.kind !== 'wait' || !note) throw new Error('The thank-you begins with a wait');
  const second = { ...wait, key: 'again' };
  const twice: Plan = { ...plan, steps: [{ ...wait, next: 'again' }, second, note] };
  expect(said('thank-you', twice)).toBe('A personal note and nothing to sell.');
});
