import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALPHABET,
  codeCursor,
  makeCode,
  MOST_PROGRAMS,
  nameInCode,
  readCode,
  readCodeCursor,
  saidByCode,
} from '../../../app/referrals/codes.ts';

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

const random = (bytes: Uint8Array) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

describe('codes', () => {
  test('say who invites and by which programme, and no two are alike', () => {
    // Of 1.8 thousand million there are: two of 400 alike once in twenty thousand runs.
    const codes = new Set(Array.from({ length: 400 }, () => makeCode(random, { program: 3 })));
    expect(codes.size).toBe(400);
    for (const code of codes) expect(saidByCode(code)).toEqual({ name: null, program: 3 });
    expect(makeCode(random, { name: 'ANA', program: 0 })).toMatch(/^ANA-[2-9CFHKMNPRTVWXY]{6}$/);
  });

  test('every sign is equally likely', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++)
      for (const sign of makeCode(random, { name: 'ANA', program: 0 }).slice(4, 9))
        counts.set(sign, (counts.get(sign) ?? 0) + 1);
    const expected = (20_000 * 5) / ALPHABET.length;
    const chi = [...ALPHABET].reduce((sum, sign) => sum + (counts.get(sign)! - expected) ** 2 / expected, 0);
    // 20 degrees of freedom: beyond 55 once in forty thousand runs
    expect(chi).toBeLessThan(55);
  });

  test('no two signs look alike', () => {
    for (const alike of ['0ODQ', '1ILJ', '2Z', '5S', '6G', '8B', 'UV'])
      expect([...alike].filter((sign) => ALPHABET.includes(sign)).length).toBeLessThan(2);
    expect(ALPHABET).not.toMatch(/[AEIOU]/);
  });

  test('are read whatever is taken for what, however they are grouped and cased', () => {
    const taken: Record<string, string> = { 2: 'Z', 5: 'S', 6: 'G', 8: 'B', V: 'U' };
    const codes = fc
      .tuple(fc.constantFrom('ANA', 'BO', 'ZOE', 'SIGBRITT'), fc.integer({ min: 0, max: MOST_PROGRAMS - 1 }))
      .map(([name, program]) => makeCode(random, { name, program }));
    fc.assert(
      fc.property(
        codes,
        fc.infiniteStream(fc.boolean()),
        fc.constantFrom('', ' ', '-', '–', '. '),
        (code, coins, gap) => {
          const [name, signs] = code.split('-') as [string, string];
          const written = [...signs]
            .map((sign) => (coins.next().value ? (taken[sign] ?? sign) : sign))
            .join('');
          const typed = `${name}${gap}${written}`;
          expect(readCode(coins.next().value ? typed.toLowerCase() : typed)).toBe(code);
          expect(saidByCode(code).name).toBe(name[0]! + name.slice(1).toLowerCase());
        },
      ),
    );
  });

  test.each([
    ['ana 7k4xr2', 'ANA-7K4XR2'],
    [' ANA7K4XRZ ', 'ANA-7K4XR2'],
    ['4na-7k4xr2', '4NA-7K4XR2'],
    ['zoe-7k4-xr2', 'ZOE-7K4XR2'],
    ['20e 7k4xr2', 'ZOE-7K4XR2'],
    ['friends 7k4x rhtb', 'FRIENDS-7K4XRHT8'],
    ['FRIEND-7KQ4-WXHT', 'FRIEND-7KQ4-WXHT'],
    [' friend-7kq4-wxht ', 'FRIEND-7KQ4-WXHT'],
    ['FRIEND–7KQ4—WXHT', 'FRIEND-7KQ4-WXHT'],
    ['SUMMER', 'SUMMER'],
    ['', null],
    ['ab', null],
    ['<script>', null],
    ['x'.repeat(60), null],
  ])('%j is read as %j', (typed, code) => {
    expect(readCode(typed)).toBe(code);
  });

  test.each([
    ['Ana', 'ANA'],
    ['Zoë-Marie', 'ZOE'],
    ['  Łukasz Jan', 'LUKASZ'],
    ['Jürgen', 'JURGEN'],
    ['X', null],
    ['花子', null],
    ['Wolfeschlegelstein', null],
    ['Friends', null],
    [null, null],
  ])('%j is called %j', (firstName, name) => {
    expect(nameInCode(firstName)).toBe(name);
  });
});
