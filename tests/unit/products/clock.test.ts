import { expect, test } from 'vitest';
import { clockOfProduct } from '../../../app/products/clock.ts';

const wax = { id: 7n, title: 'Wax', productType: 'Care', tags: ['Winter'], imageUrl: null, url: null };
const guide = (title: string) => ({ en: { title, text: '…', url: null } });

test('for each field the narrowest rule that says something', () => {
  const clock = clockOfProduct(wax, [
    {
      scope: 'all',
      ref: '',
      firstUseDays: 1,
      readyToJudgeDays: 10,
      usefulLifeDays: 100,
      careGuide: guide('all'),
    },
    { scope: 'type', ref: 'care', readyToJudgeDays: 20, careGuide: guide('care') },
    { scope: 'tag', ref: 'winter', usefulLifeDays: 200, careGuide: {} },
    { scope: 'tag', ref: 'summer', firstUseDays: 99 },
    { scope: 'product', ref: '7', firstUseDays: 3 },
    { scope: 'product', ref: '8', firstUseDays: 98 },
  ]);
  expect(clock).toMatchObject({ firstUseDays: 3, readyToJudgeDays: 20, usefulLifeDays: 200 });
  expect(clock.careGuide['en']?.title).toBe('care');
});

test('without a rule there is a usual clock, and no useful life', () => {
  expect(clockOfProduct(wax, [])).toMatchObject({
    firstUseDays: 3,
    readyToJudgeDays: 14,
    usefulLifeDays: null,
    careGuide: {},
  });
});

test('a rule may say nought', () => {
  expect(clockOfProduct(wax, [{ scope: 'product', ref: '7', firstUseDays: 0 }])).toMatchObject({
    firstUseDays: 0,
  });
});
