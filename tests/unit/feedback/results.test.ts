/** Results question by question, and what two wordings come to. */
import { expect, test } from 'vitest';
import type { Question, Value } from '../../../app/feedback/question.ts';
import { npsOf, rateOf, resultOf, verdictOf } from '../../../app/feedback/results.ts';
import { surveySchema } from '../../../app/feedback/survey.ts';

const en = (text: string) => ({ en: text });
const reader = { locale: 'en', shopLocale: 'en' };
const question = (part: object): Question =>
  surveySchema.parse({
    name: 'x',
    questions: [{ key: 'q', text: en('Q'), ...part }],
    thanks: { glad: {}, neutral: {}, sorry: {} },
  }).questions[0]!;
const named = (...names: string[]) => names.map((value) => ({ value, label: en(value) }));
const of = (part: object, ...given: [Value, number][]) =>
  resultOf(
    question(part),
    given.map(([value, count]) => ({ value, count })),
    reader,
  );

test('0 to 10: promoters less detractors, with an interval that stays within what is possible', () => {
  const { estimate, shares } = of({ kind: 'nps' }, [10, 6], [7, 2], [0, 2]);
  expect(estimate!.value).toBe(40);
  // 95 % of a mean of 100, 0 and -100: 40 ± 1.96 · 84.33 / √10.
  expect(estimate!.low).toBeCloseTo(-12.27, 1);
  expect(estimate!.high).toBeCloseTo(92.27, 1);
  expect(shares.map(({ count }) => count)).toEqual([2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 6]);
  expect(npsOf([{ value: 10, count: 4 }])).toEqual({ value: 100, low: null, high: null });
  expect(npsOf([])).toBeNull();
  expect(
    npsOf([
      { value: 9, count: 99 },
      { value: 0, count: 1 },
    ])!.high,
  ).toBe(100);
});

test('choices are shares of those who answered, also where several may be chosen; what is gone is counted', () => {
  const { answers, shares } = of(
    { kind: 'choice', multiple: true, options: named('friend', 'search') },
    [['friend', 'search'], 3],
    [['radio'], 1],
  );
  expect(answers).toBe(4);
  expect(shares).toEqual([
    { label: 'friend', count: 3, share: 0.75 },
    { label: 'search', count: 3, share: 0.75 },
    { label: 'radio (no longer offered)', count: 1, share: 0.25 },
  ]);
});

test('a ranking is told by mean place among those who placed it, the best first', () => {
  const { places } = of(
    { kind: 'ranking', options: named('price', 'look', 'fit') },
    [['look', 'price'], 2],
    [['price'], 1],
  );
  expect(places).toEqual([
    { label: 'look', place: 1, count: 2 },
    { label: 'price', place: 5 / 3, count: 3 },
  ]);
});

test('a grid row by row, and wishes for contact part by part', () => {
  const columns = [
    { value: 1, label: en('bad') },
    { value: 2, label: en('good') },
  ];
  const { rows } = of(
    { kind: 'matrix', rows: named('speed', 'price'), columns },
    [{ speed: 2, price: 1 }, 3],
    [{ speed: 1 }, 1],
  );
  expect(rows).toMatchObject([
    {
      label: 'speed',
      mean: 1.75,
      shares: [
        { count: 1, share: 0.25 },
        { count: 3, share: 0.75 },
      ],
    },
    {
      label: 'price',
      mean: 1,
      shares: [
        { count: 3, share: 1 },
        { count: 0, share: 0 },
      ],
    },
  ]);
  const wishes = of({ kind: 'contact' }, [{ channel: 'email', hour: '18' }, 2]);
  expect(wishes.rows[0]!.shares).toMatchObject([{ label: 'E-mail', count: 2 }, { count: 0 }]);
});

test('two wordings: nothing is said before there is enough, then only what chance does not explain', () => {
  expect(verdictOf({ shown: 99, answered: 90 }, { shown: 900, answered: 10 })).toBe('too-few');
  expect(verdictOf({ shown: 200, answered: 60 }, { shown: 200, answered: 66 })).toBe('no-difference');
  expect(verdictOf({ shown: 200, answered: 40 }, { shown: 200, answered: 80 })).toBe('b');
  expect(verdictOf({ shown: 200, answered: 80 }, { shown: 200, answered: 40 })).toBe('a');
  expect(rateOf({ shown: 10, answered: 0 })).toMatchObject({ value: 0, low: 0 });
  expect(rateOf({ shown: 10, answered: 0 }).high).toBeCloseTo(0.278, 2);
});
