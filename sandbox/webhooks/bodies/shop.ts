/** Bodies of shop/update, app/* and the compliance topics. */

import { countryOf, provinceName } from '../../state/countries.ts';
import type { Customer } from '../../state/customer.ts';
import { digits, gid, number } from '../../state/ids.ts';
import type { Shop } from '../../state/shop.ts';
import type { Gid } from '../../state/values.ts';
import { inZone } from '../../state/zoned.ts';

/** The one place that the shop ships from. */
export function locationOf(shop: Shop): Gid {
  return gid('Location', BigInt(digits(shop.id)) + 1n);
}

/** shop/update, app/uninstalled */
export function shopBody(shop: Shop) {
  const { address } = shop;
  const offset = inZone(shop.updatedAt, shop.timezone).slice(-6);
  return {
    id: number(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    province: provinceName(address.country, address.province),
    country: address.country,
    address1: address.line1,
    address2: address.line2,
    zip: address.zip,
    city: address.city,
    source: null,
    phone: shop.phone,
    created_at: inZone(shop.createdAt, shop.timezone),
    updated_at: inZone(shop.updatedAt, shop.timezone),
    country_code: address.country,
    country_name: countryOf(address.country).name,
    currency: shop.currency,
    enabled_presentment_currencies: [...new Set([shop.currency, ...shop.markets.map((m) => m.currency)])],
    customer_email: shop.email,
    timezone: `(GMT${offset}) ${shop.timezone}`,
    iana_timezone: shop.timezone,
    shop_owner: shop.ownerName,
    plan_display_name: 'Basic',
    plan_name: 'basic',
    myshopify_domain: shop.domain,
    primary_locale: shop.locale,
    taxes_included: shop.taxesIncluded,
  };
}

/** app/scopes_update */
export function scopesBody(installation: Gid, previous: string[], current: string[], now: string) {
  return { id: installation, previous, current, updated_at: now.replace('Z', '.000Z') };
}

/** customers/redact */
export function customerRedactBody(shop: Shop, customer: Customer, orders: Gid[]) {
  return {
    shop_id: number(shop.id),
    shop_domain: shop.domain,
    customer: { id: number(customer.id), email: customer.email, phone: customer.phone },
    orders_to_redact: orders.map((id) => number(id)),
  };
}

/** customers/data_request */
export function dataRequestBody(shop: Shop, customer: Customer, orders: Gid[], request: Gid) {
  return {
    shop_id: number(shop.id),
    shop_domain: shop.domain,
    orders_requested: orders.map((id) => number(id)),
    customer: { id: number(customer.id), email: customer.email, phone: customer.phone },
    data_request: { id: number(request) },
  };
}

/** shop/redact */
export function shopRedactBody(shop: Shop) {
  return { shop_id: number(shop.id), shop_domain: shop.domain };
}
