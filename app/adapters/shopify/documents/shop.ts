import { adminDocument } from '../admin-client.ts';

export interface ShopNode {
  id: string;
  name: string;
  myshopifyDomain: string;
  email: string;
  contactEmail: string;
  currencyCode: string;
  ianaTimezone: string;
  primaryDomain: { url: string };
  shopAddress: { countryCodeV2: string | null };
}

/** No scope needed. */
export const SHOP = adminDocument<{
  shop: ShopNode;
  currentAppInstallation: { accessScopes: { handle: string }[] };
}>(`
  query Shop {
    shop {
      id
      name
      myshopifyDomain
      email
      contactEmail
      currencyCode
      ianaTimezone
      primaryDomain { url }
      shopAddress { countryCodeV2 }
    }
    currentAppInstallation { accessScopes { handle } }
  }`);

/** Scope: read_locales, which is optional: without it the answer is `refused`. */
export const SHOP_LOCALES = adminDocument<{ shopLocales: { locale: string; primary: boolean }[] }>(`
  query ShopLocales { shopLocales(published: true) { locale primary } }`);

/** The languages of the shop's own domain. Told apart from SHOP, so that a shop is known even where this is refused. */
export const DOMAIN_LOCALES = adminDocument<{
  shop: {
    primaryDomain: { localization: { defaultLocale: string; alternateLocales: string[] } | null };
  };
}>(`
  query DomainLocales { shop { primaryDomain { localization { defaultLocale alternateLocales } } } }`);

/** The cheapest question there is: does the token still work? */
export const PROBE = adminDocument<{ shop: { id: string } }>(`query Probe { shop { id } }`);
