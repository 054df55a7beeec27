/** A shop as it is on its first day: shelves full, nobody has bought anything. */

import { countryOf } from '../state/countries.ts';
import type { Ids } from '../state/ids.ts';
import type { Market, Shop } from '../state/shop.ts';
import { stock } from './catalogue.ts';

export interface ShopInput {
  domain: string;
  name?: string;
  timezone?: string;
  currency?: string;
  locale?: string;
}

export const FIRST_SHOP: ShopInput = {
  domain: 'linden.myshopify.com',
  name: 'Linden & Co',
  timezone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en',
};

/** Units of each currency for one euro; fixed, so that a test can count on them. */
const PER_EURO: Record<string, number> = {
  EUR: 1,
  USD: 1.1,
  GBP: 0.85,
  CAD: 1.5,
  BRL: 6,
  JPY: 160,
  CHF: 0.95,
  AUD: 1.65,
  SEK: 11.4,
  DKK: 7.46,
  NZD: 1.8,
  NOK: 11.6,
  PLN: 4.3,
  MXN: 20,
  CNY: 7.8,
  HKD: 8.6,
  SGD: 1.48,
  INR: 92,
  KRW: 1500,
  ZAR: 20,
  CZK: 25,
  HUF: 400,
};

const HOMES: Record<
  string,
  { country: string; city: string; zip: string; line1: string; province: string | null }
> = {
  EUR: { country: 'IE', city: 'Dublin', zip: 'D02 XH91', line1: '14 Fade Street', province: null },
  USD: { country: 'US', city: 'Portland', zip: '97209', line1: '418 NW 9th Avenue', province: 'OR' },
  GBP: { country: 'GB', city: 'Bristol', zip: 'BS1 4HJ', line1: '7 Narrow Quay', province: null },
  JPY: { country: 'JP', city: 'Kyoto', zip: '604-8005', line1: 'Nakagyo-ku 55', province: 'JP-26' },
  NZD: { country: 'NZ', city: 'Nelson', zip: '7010', line1: '21 Hardy Street', province: null },
  AUD: { country: 'AU', city: 'Hobart', zip: '7000', line1: '8 Salamanca Place', province: null },
  CAD: { country: 'CA', city: 'Halifax', zip: 'B3J 1S9', line1: '1869 Upper Water Street', province: null },
};

export function newShop(input: ShopInput, ids: Ids, at: string): Shop {
  const currency = input.currency ?? 'EUR';
  const home = HOMES[currency] ?? {
    country: 'IE',
    city: 'Dublin',
    zip: 'D02 XH91',
    line1: '14 Fade Street',
    province: null,
  };
  const handle = input.domain.replace(/\.myshopify\.com$/, '');
  const locale = input.locale ?? 'en';
  const name = input.name ?? nameOf(handle);
  const shop: Shop = {
    id: ids.next('Shop'),
    domain: input.domain,
    handle,
    name,
    email: `hello@${handle}.example`,
    ownerName: 'Nora Linden',
    phone: '+353 1 555 0114',
    currency,
    timezone: input.timezone ?? 'Europe/Dublin',
    locale,
    locales: [...new Set([locale, 'en', 'de', 'fr', 'es', 'pt-BR', 'ja'])],
    taxesIncluded: countryOf(home.country).tax > 0,
    address: {
      id: null,
      firstName: null,
      lastName: null,
      company: name,
      line2: null,
      phone: '+35315550114',
      ...home,
    },
    markets: marketsOf(currency),
    shipping: {
      flat: currency === 'JPY' ? 700 : 590,
      freeFrom: currency === 'JPY' ? 12_000 : 8000,
      title: 'Standard',
    },
    createdAt: at,
    updatedAt: at,
    ...emptyShelves(),
  };
  stock(shop, ids, at);
  shop.segments = [
    { id: ids.next('Segment'), name: 'New customers', query: 'number_of_orders = 0', createdAt: at },
    { id: ids.next('Segment'), name: 'Bought more than once', query: 'number_of_orders > 1', createdAt: at },
  ];
  return shop;
}

function emptyShelves() {
  return {
    installation: null,
    products: [],
    collections: [],
    customers: [],
    orders: [],
    discounts: [],
    storeCredits: [],
    giftCards: [],
    metafields: [],
    segments: [],
    webhookSubscriptions: [],
    bulkOperations: [],
    codeCreations: [],
    extras: {},
    nextOrderNumber: 1001,
  } satisfies Partial<Shop>;
}

/** A shop whose currency has no rate here sells in its own everywhere. */
function marketsOf(currency: string): Market[] {
  const own = PER_EURO[currency];
  if (own === undefined) return [];
  const rate = (other: string) => Math.round(((PER_EURO[other] ?? 1) / own) * 10_000) / 10_000;
  const market = (name: string, other: string, countries: string[]): Market => ({
    name,
    currency: other,
    countries,
    rate: rate(other),
  });
  return [
    market('Euro zone', 'EUR', ['IE', 'DE', 'AT', 'FR', 'BE', 'ES', 'IT', 'NL', 'PT']),
    market('United Kingdom', 'GBP', ['GB']),
    market('United States', 'USD', ['US']),
    market('Canada', 'CAD', ['CA']),
    market('Brazil', 'BRL', ['BR']),
    market('Japan', 'JPY', ['JP']),
  ];
}

function nameOf(handle: string): string {
  return handle.replace(
    /(^|-)(\w)/g,
    (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase(),
  );
}
