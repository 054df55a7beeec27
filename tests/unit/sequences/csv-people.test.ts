import { expect, test } from 'vitest';
import { guessColumn, namesIn, readCsv, type CsvFile } from '../../../app/sequences/csv-people.ts';

const read = (text: string): CsvFile => {
  const file = readCsv(text);
  if ('unclosed' in file) throw new Error(`unclosed in row ${file.unclosed}`);
  return file;
};

test.each([
  ['commas, a byte order mark and Windows lines', '\ufeffName,E-mail\r\nAna,ana@example.com\r\n'],
  ['semicolons', 'Name;E-mail\nAna;ana@example.com'],
  ['tabs', 'Name\tE-mail\nAna\tana@example.com\n'],
  ['old Macs', 'Name,E-mail\rAna,ana@example.com\r'],
])('%s', (_title, text) => {
  expect(read(text)).toEqual({ head: ['Name', 'E-mail'], rows: [['Ana', 'ana@example.com']] });
});

test('quoted cells hold separators, lines and quotation marks', () => {
  expect(read('a,b\n"x, ""y""\nz", w\n')).toEqual({ head: ['a', 'b'], rows: [['x, "y"\nz', 'w']] });
});

test('a quotation mark that never closes is named by its row', () => {
  expect(readCsv('a,b\n1,2\n"3,4\n5,6\n')).toEqual({ unclosed: 3 });
});

test.each([
  ['Name,E-Mail\nAna,ana@example.com', { column: 1, by: 'email' }],
  ['Customer ID,City\n17,Oslo', { column: 0, by: 'shopify-id' }],
  ['id,City\n0198a7f0-0000-7000-8000-000000000001,Oslo', { column: 0, by: 'id' }],
  ['who,where\nOslo,ana@example.com', { column: 1, by: 'email' }],
  ['who,where\nOslo,Ana', { column: 0, by: 'email' }],
])('the column is guessed: %j', (text, expected) => {
  expect(guessColumn(read(text))).toEqual(expected);
});

test('every broken row has the number that a spreadsheet shows, and its reason', () => {
  const file = read('email\nAna@Example.com\n\nnobody\n,\nana@example.com\nben@example.com\n');
  expect(namesIn(file, 0, 'email')).toEqual({
    named: [
      { row: 2, value: 'Ana@Example.com', key: 'ana@example.com' },
      { row: 7, value: 'ben@example.com', key: 'ben@example.com' },
    ],
    broken: [
      { row: 4, value: 'nobody', why: 'not-an-address' },
      { row: 6, value: 'ana@example.com', why: 'twice' },
    ],
  });
});

test.each([
  ['17', '17'],
  ["'17", '17'],
  ['gid://shopify/Customer/17', '17'],
  ['9223372036854775808', null],
  ['0', null],
  ['17.0', null],
])('Shopify’s number %j', (value, key) => {
  const { named } = namesIn({ head: ['id'], rows: [[value]] }, 0, 'shopify-id');
  expect(named[0]?.key ?? null).toBe(key);
});
