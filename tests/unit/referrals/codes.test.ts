import { expect, test } from 'vitest';
import { codeCursor, readCodeCursor } from '../../../app/referrals/codes.ts';

const at = new Date('2026-05-10T12:00:00.123Z');

test.each([
  { code: 'FRIEND-7KQ4-WXHT', issuedAt: at },
  { code: 'A_CODE_OF_ITS_OWN', issuedAt: at },
  { code: 'FRIEND-7KQ4-WXHT', issuedAt: null },
])('a cursor leads back to its code: %j', (row) => {
  expect(readCodeCursor(codeCursor(row))).toEqual({ code: row.code, at: row.issuedAt });
});

test.each([
  null,
  '',
  'x',
  '_',
  'FRIEND-7KQ4-WXHT',
  '2026-99-99T00:00:00Z_FRIEND-7KQ4',
  'yesterday_FRIEND-7KQ4',
])('%j is none', (text) => expect(readCodeCursor(text)).toBeNull());
