import { expect, test } from 'vitest';
import { csvRow } from '../../../app/shops/csv.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|x', '\n=1'])(
  '%j is not run by a spreadsheet',
  (text) => {
    expect(csvRow([text])).toBe(`"'${text}"\r\n`);
  },
);

test('quotes, commas, lines and what is harmless', () => {
  expect(csvRow(['a "b", c\nd', 5, 7n, null, new Date('2026-01-01T00:00:00Z'), 'a=b'])).toBe(
    '"a ""b"", c\nd",5,7,,"2026-01-01T00:00:00.000Z","a=b"\r\n',
  );
});
