import { expect, test } from 'vitest';
import { explain } from '../../../app/sequences/explain.ts';

const night = { code: 'night', from: '2026-05-09T00:10:00Z', zone: 'Europe/Madrid' };

test.each([
  ['en', 'moved from Sat 02:10: night in Madrid'],
  ['de-AT', 'verschoben von Sa., 02:10: Nacht in Madrid'],
  ['ja', 'moved from'],
])('a night is named with its place and time, in %s', (locale, expected) => {
  expect(explain(night, locale).replaceAll('Sat, ', 'Sat ')).toContain(expected);
});

test('exits of the six sequences have words of their own, others their name', () => {
  expect(explain({ code: 'exit:not-happy' })).toBe('the customer’s last answer was not a happy one');
  expect(explain({ code: 'exit:vip' }, 'de')).toContain('vip');
});

test('a code without words is shown as it is', () => {
  expect(explain({ code: 'something-new' })).toBe('something-new');
  expect(explain({ code: 'cancelled' }, 'fr')).toBe('la commande a été annulée');
});

test('a fork says what was looked at, and what was known of it', () => {
  const seen = JSON.stringify([
    ['customer.orders', 3],
    ['order.total', 4900],
    ['customer.tags', ['vip', 'gold']],
    ['order.answered', false],
    ['customer.country', null],
  ]);
  expect(explain({ code: 'branch', branch: 2, seen })).toBe(
    'condition 2 held (orders: 3, total: 49.00, tags: vip + gold, answered: no, country: not known)',
  );
  expect(explain({ code: 'otherwise', seen: '[["customer.orders",1]]' }, 'de')).toContain(
    '(Bestellungen: 1)',
  );
  // Decisions of before have none.
  expect(explain({ code: 'otherwise' })).toBe('no condition held');
});
