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
