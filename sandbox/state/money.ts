/** Amounts in minor units, and how Shopify writes them. */

import type { Amount } from './values.ts';

const WITHOUT_CENTS = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'UGX', 'XAF', 'XOF']);
const IN_THOUSANDTHS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Whether these three capital letters are a currency. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Digits behind the point. */
export function decimals(currency: string): number {
  if (IN_THOUSANDTHS.has(currency)) return 3;
  return WITHOUT_CENTS.has(currency) ? 0 : 2;
}

/** `1999` → `19.99`; `1999` yen → `1999`. */
export function decimal(minor: number, currency: string): string {
  return (minor / 10 ** decimals(currency)).toFixed(decimals(currency));
}

/** As the Admin GraphQL API writes decimals: no needless zeros, at least one digit behind the point. */
export function graphqlDecimal(minor: number, currency: string): string {
  const text = decimal(minor, currency);
  return text.includes('.') ? text.replace(/(?<=\.\d+)0+$/, '') : `${text}.0`;
}

/** `"19.99"` → 1999; null for anything that is no amount of this currency. */
export function minor(text: string | number, currency: string): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text).trim());
  if (!match) return null;
  const places = decimals(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return null;
  const value = Number(match[2]) * 10 ** places + Number(fraction.padEnd(places, '0') || 0);
  return match[1] ? -value : value;
}

export const NOTHING: Amount = Object.freeze({ shop: 0, presentment: 0 });

export function sum(...amounts: Amount[]): Amount {
  return amounts.reduce(
    (a, b) => ({ shop: a.shop + b.shop, presentment: a.presentment + b.presentment }),
    NOTHING,
  );
}

export function minus(a: Amount, b: Amount): Amount {
  return { shop: a.shop - b.shop, presentment: a.presentment - b.presentment };
}

export function times(a: Amount, factor: number): Amount {
  return { shop: Math.round(a.shop * factor), presentment: Math.round(a.presentment * factor) };
}

/** The lesser in each currency. */
export function least(a: Amount, b: Amount): Amount {
  return { shop: Math.min(a.shop, b.shop), presentment: Math.min(a.presentment, b.presentment) };
}

/** Splits an amount by weights so that the parts add up to it, cent by cent. */
export function split(amount: Amount, weights: number[]): Amount[] {
  const shop = splitMinor(amount.shop, weights);
  const presentment = splitMinor(amount.presentment, weights);
  return weights.map((_, i) => ({ shop: shop[i] ?? 0, presentment: presentment[i] ?? 0 }));
}

function splitMinor(amount: number, weights: number[]): number[] {
  const whole = weights.reduce((a, b) => a + b, 0);
  if (whole === 0) return weights.map(() => 0);
  let weight = 0;
  let given = 0;
  return weights.map((part) => {
    weight += part;
    const until = Math.round((amount * weight) / whole);
    const share = until - given;
    given = until;
    return share;
  });
}

/** An amount of the shop's currency as the customer sees it. */
export function seenAs(shopMinor: number, shopCurrency: string, rate: number, currency: string): Amount {
  if (shopCurrency === currency) return { shop: shopMinor, presentment: shopMinor };
  const scale = 10 ** (decimals(currency) - decimals(shopCurrency));
  return { shop: shopMinor, presentment: Math.round(shopMinor * rate * scale) };
}
