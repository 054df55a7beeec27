/** Finds what tells strangers how to reach somebody: addresses of mail and of houses, phone numbers, numbers of accounts. */
import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';
import type { FoundWhat } from './review.ts';

const EMAIL =
  /[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\p{L}\d-]+)*\s?(?:\.|\(dot\)|\[dot\])\s?\p{L}{2,}/iu;

/** The same in words: "ana at example dot com". */
const SPOKEN_EMAIL =
  /[\p{L}\d._-]{2,}\s+(?:at|ät|arobase|arroba)\s+[\p{L}\d-]{2,}\s+(?:dot|punkt|point|punto|ponto)\s+(?:com|net|org|info|io|eu|co|uk|de|at|ch|fr|be|es|mx|pt|br|jp)\b/iu;

/** Countries whose numbers are written without a prefix in these languages. */
const COUNTRIES: Record<string, CountryCode[]> = {
  en: ['US', 'GB'],
  de: ['DE', 'AT', 'CH'],
  fr: ['FR', 'BE'],
  es: ['ES', 'MX'],
  pt: ['BR', 'PT'],
  ja: ['JP'],
};

/** A street with its number, as each country writes it; one alone ("nice street") is no address. */
const STREETS = [
  // 12 Baker Street, 1600 Pennsylvania Ave
  /\b\d{1,5}[a-z]?\s+(?:[A-Z][\p{L}'’.-]+\s+){1,3}(?:[Ss]treet|St|[Aa]venue|Ave|[Rr]oad|Rd|[Ll]ane|Ln|[Dd]rive|Dr|[Bb]oulevard|Blvd|[Cc]ourt|Ct|[Ss]quare|Way|[Tt]errace|Close)\b/u,
  // Hauptstraße 5, Lange Gasse 12a, Am Markt 3
  /\b\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|gasse|weg|allee|platz|damm|ufer|ring)\s+\d{1,4}\s?[a-z]?\b/u,
  /\b(?:\p{Lu}[\p{L}-]+\s)(?:Straße|Strasse|Gasse|Weg|Allee|Platz|Damm|Ufer)\s+\d{1,4}\s?[a-z]?\b/u,
  // 12 rue de la Paix, 5 bis avenue Foch
  /\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|quai|cours)\s+\p{L}/iu,
  // Calle Mayor 5, Av. de la Constitución, 12; Rua Augusta, 1200
  /\b(?:calle|c\/|avenida|avda\.?|av\.|plaza|paseo|rua|travessa|alameda|praça)\s+(?:[\p{L}.'-]+\s?){1,5},?\s*(?:n[ºo°.]?\s*)?\d{1,5}\b/iu,
  // 東京都渋谷区神南1-2-3
  /[都道府県][^\s、。]{1,8}[市区町村][^\s、。]{1,12}\d{1,4}[-−ー丁]\d/u,
];

const IBAN = /\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){2,7}(?:\s?[A-Z\d]{1,3})?\b/;
const CARD = /\b(?:\d[ -]?){13,19}\b/;

/** Whether sixteen digits are a card's: Luhn. */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, i) => {
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits.length >= 13 && sum % 10 === 0;
}

/**
 * The first thing found; null: nothing.
 * @param locale language of the text, BCP 47; @param country of the writer or the shop, ISO 3166
 */
export function personalData(text: string, locale: string | null, country: string | null): FoundWhat | null {
  if (text === '') return null;
  if (EMAIL.test(text) || SPOKEN_EMAIL.test(text)) return 'email';
  const card = CARD.exec(text)?.[0];
  if (IBAN.test(text) || (card && isCard(card))) return 'account';
  if (hasPhone(text, locale, country)) return 'phone';
  return STREETS.some((street) => street.test(text)) ? 'address' : null;
}

/** Six digits at least, so that most texts cost nothing. */
const MAY_BE_PHONE = /(?:\d[\s()./-]*){7}/;

/** Days look like numbers of a phone to those who look for these. */
const DAY = /\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b/g;

/** Numbers of articles (EAN, UPC, GTIN) stand on every package: their last digit follows from the others. */
const ARTICLE = /(?<!\d)\d{12,14}(?!\d)/g;

function isArticle(digits: string): boolean {
  const [last, ...rest] = [...digits].reverse().map(Number);
  const sum = rest.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0);
  return (sum + last!) % 10 === 0;
}

function hasPhone(written: string, locale: string | null, country: string | null): boolean {
  const text = written
    .replace(DAY, '–')
    .replace(ARTICLE, (digits) => (isArticle(digits) && digits[0] !== '0' ? '–' : digits));
  if (!MAY_BE_PHONE.test(text)) return false;
  const language = locale?.slice(0, 2).toLowerCase() ?? '';
  const countries = new Set([
    ...(country ? [country as CountryCode] : []),
    ...(COUNTRIES[language] ?? ['US']),
  ]);
  return [...countries].some((each) => {
    try {
      return findPhoneNumbersInText(text, { defaultCountry: each, extended: false }).length > 0;
    } catch {
      return false;
    }
  });
}
