import { expect, test } from 'vitest';
import { attributesOf, attributesSchema, readAttributes } from '../../../app/reviews/attributes.ts';

const attribute = (productType: string, key: string) => ({
  productType,
  key,
  label: { en: key },
  low: { en: 'low' },
  high: { en: 'high' },
});

test('the narrower one wins, five at most', () => {
  const all = [
    attribute('', 'quality'),
    attribute('Shoes', 'fit'),
    attribute('shoes', 'quality'),
    attribute('Hats', 'brim'),
  ];
  expect(attributesOf(all, 'SHOES').map(({ productType, key }) => `${productType}/${key}`)).toEqual([
    'Shoes/fit',
    'shoes/quality',
  ]);
  expect(attributesOf(all, '').map(({ key }) => key)).toEqual(['quality']);
  expect(
    attributesOf(
      Array.from({ length: 9 }, (_, i) => attribute('', `k${i}`)),
      'x',
    ),
  ).toHaveLength(5);
});

test('only what was asked, from 1 to 5', () => {
  const asked = [attribute('', 'fit')];
  expect(readAttributes(asked, { fit: 3 })).toEqual({ fit: 3 });
  for (const value of [0, 6, 2.5, Number.NaN])
    expect(readAttributes(asked, { fit: value })).toEqual({ wrong: 'fit' });
  expect(readAttributes(asked, { __proto__: 1, color: 2 })).toEqual({ wrong: 'color' });
});

test('what a merchant sends is read, and what is wrong is named', () => {
  const good = attribute('', 'fit');
  expect(attributesSchema.safeParse([{ ...good, label: { en: ' Fit ', de: '' } }])).toMatchObject({
    success: true,
    data: [{ label: { en: 'Fit' } }],
  });
  const wrong = (given: unknown) => attributesSchema.safeParse(given).error?.issues[0]?.path.join('.');
  expect(wrong([good, good])).toBe('1.key');
  expect(wrong([{ ...good, key: 'Fit!' }])).toBe('0.key');
  expect(wrong([{ ...good, label: { en: '' } }])).toBe('0.label');
  expect(wrong(Array.from({ length: 6 }, (_, i) => attribute('x', `k${i}`)))).toBe('5');
});
