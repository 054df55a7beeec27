/** Shopify's search syntax, and the filters and fields of webhook subscriptions that are written in it. */

import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../sandbox/search/parse.ts';
import { passes, withFields } from '../../../sandbox/webhooks/body-fields.ts';

const body = {
  id: JSON.rawJSON('9007199254740993'),
  test: false,
  source_name: 'web',
  total_price: '30.00',
  email: '',
  created_at: '2026-11-22T10:00:00+00:00',
  tags: 'vip, friend',
  customer: { id: 1, email: 'jo@example.com' },
  line_items: [
    { id: 1, product_id: 7, title: 'Olive oil' },
    { id: 2, product_id: 8, title: 'Honey' },
  ],
};

describe('a filter', () => {
  test.each([
    ['test:false', true],
    ['test:true', false],
    ['-test:true', true],
    ['NOT test:true', true],
    ['source_name:web AND total_price:>=30', true],
    ['source_name:web total_price:>30', false],
    ['source_name:pos OR customer.email:"jo@example.com"', true],
    ['(source_name:pos OR source_name:web) -line_items.product_id:9', true],
    ['line_items.product_id:8', true],
    ['line_items.title:Oli*', true],
    ['id:9007199254740993', true],
    ['id:9007199254740992', false],
    ['created_at:>2026-11-22T09:00:00Z', true],
    ['created_at:2026-11-22', true],
    ['email:*', false],
    ['customer.email:*', true],
    ['nothing:1', false],
    ['', true],
  ])('%s', (filter, expected) => {
    expect(passes(body, filter)).toBe(expected);
  });

  test.each(['(test:false', 'test:false)', 'AND ('])('%s is not understood', (filter) => {
    expect(() => parseQuery(filter)).toThrow(/^search/);
  });
});

test('a body keeps nothing but the fields that are named, through lists, digits and all', () => {
  const kept = withFields(body, ['id', 'line_items.product_id', 'customer']);
  expect(JSON.stringify(kept)).toBe(
    '{"id":9007199254740993,"customer":{"id":1,"email":"jo@example.com"},"line_items":[{"product_id":7},{"product_id":8}]}',
  );
  expect(withFields(body, [])).toBe(body);
});
