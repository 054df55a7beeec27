import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newTextOf } from '../../../app/correspondence/new-text.ts';

const cases: [string, string, string][] = [
  [
    'English',
    'It broke.\n\nOn Mon, 1 Jun 2026 at 10:00, The Shop <shop@example.org> wrote:\n> How is it?\n> Bye',
    'It broke.',
  ],
  [
    'German',
    'Es ist kaputt.\n\nAm Mo., 1. Juni 2026 um 10:00 Uhr schrieb Laden <shop@example.org>:\n\n> Wie ist es?',
    'Es ist kaputt.',
  ],
  [
    'French',
    'Il est cassé.\n\nLe lun. 1 juin 2026 à 10:00, La boutique <shop@example.org> a écrit :\n> Alors ?',
    'Il est cassé.',
  ],
  [
    'Spanish',
    'Se rompió.\n\nEl lun, 1 jun 2026 a las 10:00, Tienda (<shop@example.org>) escribió:\n> ¿Qué tal?',
    'Se rompió.',
  ],
  [
    'Portuguese',
    'Quebrou.\n\nEm seg., 1 de jun. de 2026 às 10:00, Loja <shop@example.org> escreveu:\n> E aí?',
    'Quebrou.',
  ],
  ['a signature', 'It broke.\n\n-- \nAna Lima\n+49 30 1', 'It broke.'],
  ['a telephone', 'It broke.\n\nSent from my iPhone', 'It broke.'],
  ['a German telephone', 'Kaputt.\n\nVon meinem iPhone gesendet', 'Kaputt.'],
  [
    'Outlook',
    'It broke.\n\n________________________________\nFrom: Shop <shop@example.org>\nSent: Monday\nTo: Ana\nSubject: Hi\n\nHow is it?',
    'It broke.',
  ],
  [
    'a German Outlook',
    'Kaputt.\n\n-----Ursprüngliche Nachricht-----\nVon: Shop <shop@example.org>\nGesendet: Montag\n\nWie ist es?',
    'Kaputt.',
  ],
];

test.each(cases)('what is new of a mail: %s', (_name, whole, fresh) => {
  expect(newTextOf(whole)).toBe(fresh);
});

test('words between the lines of the quote stay', () => {
  const text = newTextOf('> Which size?\nLarge\n> Which colour?\nBlue');
  expect(text).toContain('Large');
  expect(text).toContain('Blue');
});

test('a mail that only quotes is kept whole, so that no voice is lost', () => {
  expect(newTextOf('> How is it?\n> Bye')).toContain('How is it?');
});

test('nothing invisible is kept, and nothing that turns the direction of what follows', () => {
  expect(newTextOf('a\u202e\u200bb\u0000c')).toBe('abc');
  expect(newTextOf('\ud800half')).toBe('\ufffdhalf');
});

test('any text gives words that stand in it, in a moment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (text) => {
      const fresh = newTextOf(text);
      expect(newTextOf(fresh).length).toBeLessThanOrEqual(fresh.length);
      expect(fresh).toBe(fresh.trim());
    }),
    { numRuns: 40 },
  );
});

test('a text made to keep patterns busy does not', () => {
  const nasty = [
    `On ${'a '.repeat(9000)}`,
    'Am '.repeat(6000),
    `Op ${'x\n'.repeat(500)}`,
    `${'在'.repeat(9000)}`,
    `${'>'.repeat(19_000)}`,
    'From: '.repeat(3000),
    `${' '.repeat(19_000)}x`,
    'W dniu '.repeat(2500),
  ];
  // Of this process, not of the clock: others use the machine too.
  const started = process.cpuUsage();
  for (const text of nasty) newTextOf(text);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(4000);
});
