import { expect, test } from 'vitest';
import { reasonText, REASONS, roadText, standingText } from '../../../app/referrals/reasons.ts';
import { STANDINGS } from '../../../app/referrals/reason-standings.ts';
import { SIGNALS } from '../../../app/referrals/signals.ts';
import { ADVOCATE_TEXTS } from '../../../app/referrals/advocate-texts.ts';
import { OUR_SHARES } from '../../../app/referrals/shares.ts';
import { BLOCK_LOCALES } from '../../../app/shops/translations.ts';

test('every reason and standing has a sentence of its own in every language', () => {
  expect(REASONS).toEqual(expect.arrayContaining(Object.keys(SIGNALS)));
  for (const tell of [
    (locale: string) => REASONS.map((reason) => reasonText(reason, locale)),
    (locale: string) => STANDINGS.map((standing) => roadText(standing, locale)),
    (locale: string) => STANDINGS.map((standing) => standingText(standing, locale)),
  ]) {
    const told = BLOCK_LOCALES.map(tell);
    for (const sentences of told) expect(new Set(sentences).size).toBe(sentences.length);
    expect(new Set(told.map((sentences) => sentences.join('\n'))).size).toBe(BLOCK_LOCALES.length);
  }
  for (const locale of BLOCK_LOCALES)
    for (const reason of REASONS)
      expect(reasonText(reason, locale)).toMatch(
        locale === 'ja' ? /^[^{}]{10,}。$/u : /^\p{Lu}[^{}]{10,}\.$/u,
      );
});

test('a language that is not spoken here is told in English, and so is a reason that is not known', () => {
  expect(reasonText('cancelled', 'it')).toBe('The order was cancelled.');
  expect(reasonText('cancelled', 'pt')).toBe('O pedido foi cancelado.');
  expect(reasonText('cancelled', 'de-AT')).toBe('Die Bestellung wurde storniert.');
  expect(reasonText('something-later', 'fr')).toBe('Quelque chose doit être vérifié dans cette commande.');
});

test('all that stands on an advocate’s page is in every language of the blocks, with the same names to be filled in', () => {
  for (const texts of [...Object.values(ADVOCATE_TEXTS), ...Object.values(OUR_SHARES)]) {
    expect(Object.keys(texts)).toEqual([...BLOCK_LOCALES]);
    const names = BLOCK_LOCALES.map((locale) => (texts[locale]!.match(/\{\w+\}/g) ?? []).toSorted().join());
    expect(new Set(names).size).toBe(1);
  }
});
