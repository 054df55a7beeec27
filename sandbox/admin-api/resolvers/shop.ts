/** The shop itself: name, address, languages, currencies. */

import { countryOf, provinceName } from '../../state/countries.ts';
import type { Address } from '../../state/customer.ts';
import { digits, gid } from '../../state/ids.ts';
import type { Shop } from '../../state/shop.ts';
import { inZone } from '../../state/zoned.ts';
import type { Context, Resolvers } from '../context.ts';
import { fullName } from '../../webhooks/bodies/values.ts';

const currencies = (shop: Shop) => [...new Set([shop.currency, ...shop.markets.map((m) => m.currency)])];

export function addressFields(address: Address, id: string) {
  return {
    id,
    address1: address.line1,
    address2: address.line2,
    city: address.city,
    company: address.company,
    coordinatesValidated: false,
    country: countryOf(address.country).name,
    countryCode: address.country,
    countryCodeV2: address.country,
    firstName: address.firstName,
    lastName: address.lastName,
    name: fullName(address.firstName, address.lastName),
    phone: address.phone,
    province: provinceName(address.country, address.province),
    provinceCode: address.province,
    zip: address.zip,
    latitude: null,
    longitude: null,
    formattedArea: [address.city, countryOf(address.country).name].filter(Boolean).join(', '),
  };
}

export const shopResolvers: Resolvers = {
  QueryRoot: {
    shop: (_: object, _args: object, { shop }: Context) => shop,
    shopLocales: (_: object, { published }: { published?: boolean | null }, { shop }: Context) =>
      published === false ? [] : shop.locales.map((locale) => ({ locale, primary: locale === shop.locale })),
  },
  Shop: {
    contactEmail: (shop: Shop) => shop.email,
    currencyCode: (shop: Shop) => shop.currency,
    description: () => 'Good things for the kitchen.',
    enabledPresentmentCurrencies: currencies,
    ianaTimezone: (shop: Shop) => shop.timezone,
    timezoneOffset: (shop: Shop) => inZone(shop.updatedAt, shop.timezone).slice(-6).replace(':', ''),
    myshopifyDomain: (shop: Shop) => shop.domain,
    shopOwnerName: (shop: Shop) => shop.ownerName,
    url: (shop: Shop, _: object, { inside }: Context) => inside.kernel.urls.store(shop),
    primaryDomain: (shop: Shop, _: object, { inside }: Context) => {
      const url = inside.kernel.urls.store(shop);
      return {
        id: gid('Domain', digits(shop.id)),
        host: new URL(url).host,
        url,
        sslEnabled: true,
        localization: {
          country: shop.address.country,
          defaultLocale: shop.locale,
          alternateLocales: shop.locales.filter((locale) => locale !== shop.locale),
        },
      };
    },
    shopAddress: (shop: Shop) => addressFields(shop.address, gid('ShopAddress', digits(shop.id))),
    billingAddress: (shop: Shop) => addressFields(shop.address, gid('ShopAddress', digits(shop.id))),
    plan: () => ({
      displayName: 'Basic',
      publicDisplayName: 'Basic',
      shopifyPlus: false,
      partnerDevelopment: true,
    }),
    features: () => ({
      giftCards: true,
      branding: 'SHOPIFY',
      storefront: true,
      shopifyPlus: false,
      reports: true,
    }),
    customerAccountsV2: (shop: Shop, _: object, { inside }: Context) => ({
      customerAccountsVersion: 'NEW_CUSTOMER_ACCOUNTS',
      loginLinksVisibleOnStorefrontAndCheckout: true,
      loginRequiredAtCheckout: false,
      url: `${inside.kernel.urls.store(shop)}/account`,
    }),
    marketingSmsConsentEnabledAtCheckout: () => false,
    resourceLimits: () => ({
      locationLimit: 10,
      maxProductOptions: 3,
      maxProductVariants: 2048,
      redirectLimitReached: false,
    }),
    unitSystem: () => 'METRIC_SYSTEM',
    weightUnit: () => 'KILOGRAMS',
    shipsToCountries: (shop: Shop) => shop.markets.flatMap((m) => m.countries),
  },
  ShopLocale: {
    name: ({ locale }: { locale: string }) => new Intl.DisplayNames('en', { type: 'language' }).of(locale),
    published: () => true,
  },
};
