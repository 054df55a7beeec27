import { expect, test } from 'vitest';
import { cursorOf, readCursor } from '../../app/cursor.ts';

const id = '0190a0a0-0000-7000-8000-000000000000';

test('a cursor comes back as it went', () => {
  const at = new Date('2026-06-01T10:00:00.123Z');
  expect(readCursor(cursorOf(at, id))).toEqual({ at, id });
});

test.each([
  null,
  undefined,
  '',
  '_',
  'x',
  `_${id}`,
  `2026-13-01T00:00:00Z_${id}`,
  `1_${id}`,
  `2026-01-01T00:00:00Z_x`,
])('%j is none: the list begins at its beginning', (text) => expect(readCursor(text)).toBeNull());
