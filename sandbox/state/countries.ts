/** What the store knows of the countries it ships to. */

import { AU, BR, CA, JP, US } from './provinces.ts';

interface Country {
  name: string;
  currency: string;
  locale: string;
  /** Share of a price with tax that is tax; 0 where the store sells without. */
  tax: number;
  taxTitle: string;
  provinces?: Record<string, string>;
}

const country = (name: string, currency: string, locale: string, tax = 0, taxTitle = 'Tax'): Country => ({
  name,
  currency,
  locale,
  tax,
  taxTitle,
});

const COUNTRIES: Record<string, Country> = {
  IE: country('Ireland', 'EUR', 'en', 0.23, 'VAT'),
  DE: country('Germany', 'EUR', 'de', 0.19, 'MwSt'),
  AT: country('Austria', 'EUR', 'de', 0.2, 'MwSt'),
  CH: country('Switzerland', 'CHF', 'de'),
  FR: country('France', 'EUR', 'fr', 0.2, 'TVA'),
  BE: country('Belgium', 'EUR', 'fr', 0.21, 'TVA'),
  ES: country('Spain', 'EUR', 'es', 0.21, 'IVA'),
  IT: country('Italy', 'EUR', 'it', 0.22, 'IVA'),
  NL: country('Netherlands', 'EUR', 'nl', 0.21, 'btw'),
  PT: country('Portugal', 'EUR', 'pt-PT', 0.23, 'IVA'),
  GB: country('United Kingdom', 'GBP', 'en', 0.2, 'VAT'),
  US: { ...country('United States', 'USD', 'en'), provinces: US },
  CA: { ...country('Canada', 'CAD', 'en'), provinces: CA },
  BR: { ...country('Brazil', 'BRL', 'pt-BR'), provinces: BR },
  JP: { ...country('Japan', 'JPY', 'ja'), provinces: JP },
  MX: country('Mexico', 'MXN', 'es'),
  AU: { ...country('Australia', 'AUD', 'en'), provinces: AU },
  NZ: country('New Zealand', 'NZD', 'en'),
  SE: country('Sweden', 'SEK', 'sv', 0.25, 'moms'),
  DK: country('Denmark', 'DKK', 'da', 0.25, 'moms'),
  NO: country('Norway', 'NOK', 'nb'),
  PL: country('Poland', 'PLN', 'pl', 0.23, 'VAT'),
};

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Have names, but nobody lives there: unions of countries, and letters that are free for private use. */
const NOWHERE = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Whether these two capital letters are the code of a country: `UK` is not, `GB` is. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || NOWHERE.has(code)) return false;
  return names.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code;
}

const UNKNOWN = country('', 'USD', 'en');

/** What is known of a country; for one that is not in the list, its code is its name. */
export function countryOf(code: string): Country {
  return COUNTRIES[code] ?? { ...UNKNOWN, name: code };
}

/** The province's name in words, or its code when it is not in the list. */
export function provinceName(countryCode: string, code: string | null): string | null {
  if (!code) return null;
  return countryOf(countryCode).provinces?.[code] ?? code;
}

/** The code of a province that was named by it or in words, as Shopify gives it; what is not in the list stays as it is. */
export function provinceCode(countryCode: string, said: string | null | undefined): string | null {
  if (!said) return null;
  const wanted = plain(said);
  const known = Object.entries(countryOf(countryCode).provinces ?? {});
  return known.find(([code, name]) => plain(code) === wanted || plain(name) === wanted)?.[0] ?? said;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Known countries, for a checkout's list. */
export function countries(): { code: string; name: string; provinces: Record<string, string> }[] {
  return Object.entries(COUNTRIES).map(([code, { name, provinces = {} }]) => ({ code, name, provinces }));
}
