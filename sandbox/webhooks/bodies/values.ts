/** Money and addresses as webhook bodies write them. */

import { countryOf, provinceName } from '../../state/countries.ts';
import type { Address } from '../../state/customer.ts';
import { number } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { Amount, Gid } from '../../state/values.ts';

interface Currencies {
  currency: string;
  presentmentCurrency: string;
}

export function bag(amount: Amount, { currency, presentmentCurrency }: Currencies) {
  return {
    shop_money: { amount: decimal(amount.shop, currency), currency_code: currency },
    presentment_money: {
      amount: decimal(amount.presentment, presentmentCurrency),
      currency_code: presentmentCurrency,
    },
  };
}

export function fullName(first: string | null, last: string | null): string {
  return [first, last].filter(Boolean).join(' ');
}

/** An address on an order or a shipment. */
export function orderAddress(address: Address | null) {
  if (!address) return null;
  return {
    first_name: address.firstName,
    address1: address.line1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: provinceName(address.country, address.province),
    country: countryOf(address.country).name,
    last_name: address.lastName,
    address2: address.line2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: fullName(address.firstName, address.lastName),
    country_code: address.country,
    province_code: address.province,
  };
}

/** An address in a customer's book. */
export function bookAddress(address: Address, customer: Gid, isDefault: boolean) {
  return {
    id: number(address.id),
    customer_id: number(customer),
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.line1,
    address2: address.line2,
    city: address.city,
    province: provinceName(address.country, address.province),
    country: countryOf(address.country).name,
    zip: address.zip,
    phone: address.phone,
    name: fullName(address.firstName, address.lastName),
    province_code: address.province,
    country_code: address.country,
    country_name: countryOf(address.country).name,
    default: isDefault,
  };
}
