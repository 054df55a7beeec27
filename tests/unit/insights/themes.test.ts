/** What customers speak of: by language, a person once, against the time before. */
import { describe, expect, test } from 'vitest';
import { termsOf, wordThemes, type SaidText } from '../../../app/insights/themes.ts';

let nobody = 0;
const said = (text: string, more: Partial<SaidText> = {}): SaidText => ({
  who: `somebody-${(nobody += 1)}`,
  text,
  language: 'en',
  score: null,
  ...more,
});
const terms = (text: string, language: string | null = 'en') => [...termsOf({ text, language })];

describe('words', () => {
  test('of every language leave out what says nothing in it', () => {
    expect(terms('The handle came off, and it was very late.')).toEqual(['handle', 'late']);
    expect(terms('Die Pfanne ist wunderbar, und die Karte war so nett', 'de-AT')).toEqual([
      'pfanne',
      'wunderbar',
      'karte',
      'nett',
    ]);
    expect(terms('Le moulin grince depuis le premier jour', 'fr')).toContain('moulin grince');
    expect(terms('El delantal encogió en el primer lavado', 'es')).toEqual(
      expect.arrayContaining(['delantal', 'encogió', 'lavado', 'primer lavado']),
    );
    expect(terms('器のひとつが欠けていました', 'ja').some((term) => term.includes('欠け'))).toBe(true);
  });

  test('a word that says nothing in one language may be somebody’s subject in another', () => {
    expect(terms('Die Farbe war matt', 'de')).not.toContain('die');
    expect(terms('the die is cast', 'en')).toContain('die');
    expect(terms('die the der handle', null)).toEqual(['handle']);
  });

  test('addresses and numbers are no words, and a comma parts a pair', () => {
    expect(terms('See https://shop.example/handle or ana@example.com: 12345 cracked')).toEqual(['cracked']);
    expect(terms('handle, cracked')).toEqual(['handle', 'cracked']);
  });

  test('markup, formulas and half characters are text like any other', () => {
    expect(terms('<img src=x onerror=alert(1)> =cmd() \ud800 handle')).toContain('handle');
  });
});

describe('themes', () => {
  test('count people, not how often somebody says it, and need three of them', () => {
    const now = [
      said('handle handle handle', { who: 'a' }),
      said('the handle again', { who: 'a' }),
      said('handle', { who: 'b' }),
    ];
    expect(wordThemes(now, [])).toEqual([]);
    expect(wordThemes([...now, said('handle', { who: 'c' })], [said('handle')])).toEqual([
      { kind: 'words', key: 'handle', name: 'handle', people: 3, before: 1, score: null },
    ]);
  });

  test('a pair takes the place of its words where they come together', () => {
    const now = ['delivery date', 'the delivery date', 'no delivery date', 'a date', 'date'].map((text) =>
      said(text),
    );
    expect(wordThemes(now, []).map(({ key, people }) => [key, people])).toEqual([
      ['date', 5],
      ['delivery date', 3],
    ]);
  });

  test('say how those felt who said it, where enough have given a score', () => {
    const now = [1, 2, 3].map((score) => said('chip', { score }));
    expect(wordThemes(now, [])[0]).toMatchObject({ key: 'chip', score: 2 });
    expect(wordThemes([...now.slice(1), said('chip')], [])[0]).toMatchObject({ score: null });
  });

  test('ten thousand texts are counted in a moment', () => {
    const now = Array.from({ length: 10_000 }, (_, n) =>
      said(`The handle number ${n % 7} of my pan came loose after a week of use and nobody wrote back`),
    );
    const started = performance.now();
    expect(wordThemes(now, now)[0]).toMatchObject({ people: 10_000, before: 10_000 });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
