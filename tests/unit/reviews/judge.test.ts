/** What a review may be kept back for, and how much may not be a reason. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../../app/reviews/judge.ts';
import { HOLD_REASONS, shownName, stateOf } from '../../../app/reviews/review.ts';

const said = (text: string, locale = 'en', country: string | null = null) =>
  judge({ texts: [null, text, 'Ana S.'], locale, country })?.what ?? null;

describe('opinions are shown', () => {
  test.each([
    ['en', 'This is shit. The worst pot I ever bought, a rip-off, and it sucks.'],
    ['en', 'Arrived 12/05/2026, order #1042, 3.5 kg, 24 x 30 x 12 cm, EAN 4006381333931. Burnt on day 2.'],
    ['en', 'I live in a nice street with 12 neighbours and all of them hate the smell.'],
    ['en', 'Kill the smell with vinegar. It will kill you laughing.'],
    ['de', 'Totaler Mist, eine Frechheit für 49,90 €. Nie wieder. Der Hahn tropft, die Muschel ist schön.'],
    ['de', 'EAN 4006381333931, passt perfekt.'],
    ['en', 'The seller is a bit slow, the support was no help, and whoever designed this is an idiot.'],
    ['de', 'Der Verkäufer ist leider keine Hilfe. Idiotensicher ist die Anleitung nicht.'],
    [
      'en',
      'Met the artist at Rome dot matrix print fair, 5* service, a*** for looks. I was an idiot to wait.',
    ],
    ['de', 'Am 24.12.2025 bestellt, am 02.01.2026 gekommen. 1 Stern ist noch zu viel.'],
    [
      'fr',
      'De la merde. Cassé au bout de 3 jours, 89,90 € à la poubelle. La tapette à mouches, par contre, oui.',
    ],
    ['es', 'Una mierda de producto. El martillo y los cacahuetes (panchitos) bien; la concha, rota.'],
    ['pt', 'Péssimo. A torneira vaza, o saco rasgou, e a cerveja esquentou.'],
    ['ja', '最悪です。3日で壊れました。二度と買いません。'],
  ])('%s: %s', (locale, text) => expect(said(text, locale)).toBeNull());

  test('stars are not even asked for', () => {
    expect(
      Object.keys({ texts: [], locale: null, country: null } satisfies Parameters<typeof judge>[0]),
    ).not.toContain('stars');
    expect(HOLD_REASONS).toEqual(['abuse', 'personal-data', 'wrong-product']);
  });
});

describe('personal data', () => {
  test.each([
    ['en', 'Write to me: ana.sanz+pots@example.co.uk', 'email'],
    ['en', 'ana (at) example (dot) com', 'email'],
    ['de', 'Bilder unter ana.sanz ät example punkt de', 'email'],
    ['en', 'Call me at (415) 555-2671 for photos', 'phone'],
    ['en', 'Text +44 20 7946 0958', 'phone'],
    ['en', 'I live at 221 Baker Street, come and look', 'address'],
    ['en', 'my card 4111 1111 1111 1111 was charged twice', 'account'],
    ['de', 'Ruft mich an: 030 901820', 'phone'],
    ['de', 'Bitte an Hauptstraße 12a schicken', 'address'],
    ['de', 'Erstattung auf DE89 3704 0044 0532 0130 00', 'account'],
    ['fr', 'Mon numéro : 01 42 68 53 00', 'phone'],
    ['fr', 'livré au 12 rue de la Paix', 'address'],
    ['es', 'mi teléfono es 912 345 678', 'phone'],
    ['es', 'vivo en Calle Mayor 5, Madrid', 'address'],
    ['pt', 'moro na Rua Augusta, 1200', 'address'],
    ['ja', '東京都渋谷区神南1-2-3に届けてください', 'address'],
    ['ja', '電話は03-1234-5678です', 'phone'],
  ])('%s: %s', (locale, text, what) => expect(said(text, locale)).toBe(what));

  test('a long text without digits costs nothing, and one of nothing but digits ends', () => {
    const before = performance.now();
    expect(said('word '.repeat(800))).toBeNull();
    said('1 '.repeat(2000));
    said('a@'.repeat(2000));
    said('Aa '.repeat(1300));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('abuse', () => {
  test.each([
    ['en', 'The owner is a f4ggot', 'slur'],
    ['en', 'fuck you, thieves', 'slur'],
    ['en', 'Answer your mail, you lying bastards', 'slur'],
    ['en', 'the owner is a c*nt', 'slur'],
    ['en', 'The seller is a fucking idiot and the blade is dull', 'slur'],
    ['de', 'Die Mitarbeiter sind alle Vollidioten', 'slur'],
    ['fr', 'La patronne est complètement abrutie', 'slur'],
    ['es', 'El vendedor es un imbécil', 'slur'],
    ['de', 'Du dumme Sau, verpiss dich', 'slur'],
    ['en', "I will find you and I'll kill you", 'threat'],
    ['de', 'Ihr Hurensöhne', 'slur'],
    ['de', 'ich bringe euch um', 'threat'],
    ['fr', 'bande de connards, enculés', 'slur'],
    ['es', 'sois unos hijos de puta', 'slur'],
    ['pt', 'filhos da puta', 'slur'],
    ['ja', '店長死ね', 'slur'],
  ])('%s: %s', (locale, text, what) => expect(said(text, locale)).toBe(what));
});

test('a review that names another product of the order, and its own with no word, is about the other', () => {
  const about = (text: string) =>
    judge({
      texts: [text],
      locale: 'en',
      country: null,
      product: 'Cast Iron Pot',
      others: ['Linen Apron', 'Spoon'],
    });
  expect(about('The linen apron fits well.')).toEqual({ reason: 'wrong-product', what: 'other-product' });
  expect(about('The pot is fine, the linen apron too. Iron!')).toBeNull();
  expect(about('The spoon is fine.')).toBeNull();
});

describe('what becomes of a text', () => {
  const now = new Date('2026-05-01T12:00:00Z');
  const in48 = new Date('2026-05-03T12:00:00Z');
  const rude = { reason: 'abuse', what: 'slur' } as const;

  test('found or not', () => {
    expect(stateOf(null, null, 48, now)).toEqual({ state: 'published', reason: null, by: null, dueAt: null });
    expect(stateOf(null, rude, 48, now)).toEqual({ state: 'held', reason: 'abuse', by: 'rule', dueAt: in48 });
  });

  test('mended, a held one is shown at once; another word does not set its clock back', () => {
    const held = stateOf(null, rude, 48, now);
    const later = new Date('2026-05-02T12:00:00Z');
    expect(stateOf(held, null, 48, later).state).toBe('published');
    expect(stateOf(held, { reason: 'personal-data', what: 'phone' }, 48, later)).toMatchObject({
      reason: 'personal-data',
      dueAt: in48,
    });
  });

  test('what the staff had hidden and its author has changed comes back with a clock', () => {
    const hidden = { state: 'hidden', reason: 'abuse', by: 'staff:1', dueAt: null } as const;
    expect(stateOf(hidden, null, 48, now)).toEqual({
      state: 'held',
      reason: 'abuse',
      by: 'staff:1',
      dueAt: in48,
    });
  });
});

test('names are shown as a first name and a letter', () => {
  expect(shownName('Ana', 'sanz')).toBe('Ana S.');
  expect(shownName(' Ana ', null)).toBe('Ana');
  expect(shownName(null, null)).toBeNull();
  expect([...shownName('x'.repeat(200), 'y')!]).toHaveLength(60);
});
