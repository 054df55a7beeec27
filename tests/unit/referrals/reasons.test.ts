import { expect, test } from 'vitest';
import { reasonText, REASONS, roadText, standingText } from '../../../app/referrals/reasons.ts';
import { STANDINGS } from '../../../app/referrals/reason-standings.ts';
import { SIGNALS } from '../../../app/referrals/signals.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';

test('every reason and standing has a sentence of its own in every language', () => {
  expect(REASONS).toEqual(expect.arrayContaining(Object.keys(SIGNALS)));
  for (const tell of [
    (locale: string) => REASONS.map((reason) => reasonText(reason, locale)),
    (locale: string) => STANDINGS.map((standing) => roadText(standing, locale)),
    (locale: string) => STANDINGS.map((standing) => standingText(standing, locale)),
  ]) {
    const told = MAIL_LOCALES.map(tell);
    for (const sentences of told) expect(new Set(sentences).size).toBe(sentences.length);
    expect(new Set(told.map((sentences) => sentences.join('\n'))).size).toBe(MAIL_LOCALES.length);
  }
  for (const locale of MAIL_LOCALES)
    for (const reason of REASONS) expect(reasonText(reason, locale)).toMatch(/^\p{Lu}[^{}]{10,}\.$/u);
});

test('a language that is not spoken here is told in English, and so is a reason that is not known', () => {
  expect(reasonText('cancelled', 'pt-BR')).toBe('The order was cancelled.');
  expect(reasonText('cancelled', 'de-AT')).toBe('Die Bestellung wurde storniert.');
  expect(reasonText('something-later', 'fr')).toBe('Quelque chose doit être vérifié dans cette commande.');
});
