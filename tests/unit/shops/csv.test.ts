import { expect, test } from 'vitest';
import { csvOf, csvRow } from '../../../app/shops/csv.ts';

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

test('a list is read page by page, each once, to its end', async () => {
  const asked: (string | null)[] = [];
  const pages = [
    { rows: [['a'], ['b']], next: 'after b' },
    { rows: [['c']], next: null },
  ];
  const parts: string[] = [];
  for await (const part of csvOf(['Letter'], (after) => {
    asked.push(after);
    return Promise.resolve(pages[asked.length - 1]!);
  })) {
    parts.push(part);
  }
  expect(asked).toEqual([null, 'after b']);
  expect(parts.join('')).toBe('\ufeff"Letter"\r\n"a"\r\n"b"\r\n"c"\r\n');
});
