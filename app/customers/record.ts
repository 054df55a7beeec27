/** The columns of `customer` that identity works on, and what a snapshot makes of them. */
import { addressKeys } from './address-key.ts';
import { cleanEmail, emailKey, normalPhone } from './identity.ts';
import type { Address, PersonSnapshot } from './person.ts';
import { searchTextOf } from './search.ts';
import { zoneOf } from './zones.ts';

export interface CustomerRecord {
  shop_id: bigint;
  id: string;
  shopify_id: bigint | null;
  merged_into: string | null;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  zip: string | null;
  address_hash: string | null;
  time_zone: string | null;
  search_text: string;
  profile_at: Date | null;
  active_at: Date;
  created_at: Date;
  updated_at: Date;
  /** 0 while the address comes from the profile, not from a delivery. */
  orders_count: number;
}

/** A person with what identifies them, normalised. */
export interface KnownPerson extends PersonSnapshot {
  emailKey: string | null;
  phone: string | null;
}

export function knownPerson(person: PersonSnapshot): KnownPerson {
  return {
    ...person,
    email: person.email === undefined ? undefined : cleanEmail(person.email),
    emailKey: emailKey(person.email),
    phone: normalPhone(person.phone, person.address?.country),
  } as KnownPerson;
}

export const isNobody = (person: KnownPerson): boolean =>
  person.shopifyId === null && person.emailKey === null && person.phone === null;

/** A new customer who is only what the snapshot says. */
export function newRecord(person: KnownPerson, id: string, now: Date): CustomerRecord {
  return {
    shop_id: person.shopId,
    id,
    shopify_id: person.shopifyId,
    merged_into: null,
    email: null,
    email_key: null,
    phone: null,
    first_name: null,
    last_name: null,
    locale: null,
    country: null,
    province: null,
    city: null,
    zip: null,
    address_hash: null,
    time_zone: null,
    search_text: '',
    profile_at: null,
    active_at: bornAt(person, now),
    created_at: bornAt(person, now),
    updated_at: now,
    orders_count: 0,
  };
}

/** What the record is after the snapshot; the same object when that says nothing new. Only moves forward. */
export function withPerson(
  record: CustomerRecord,
  person: KnownPerson,
  hash: (key: string) => string,
  now: Date,
): CustomerRecord {
  const next = { ...record, shopify_id: record.shopify_id ?? person.shopifyId };
  // An account knows its own name better than the orders that were placed without it.
  const isNewer = record.profile_at === null || person.at >= record.profile_at;
  if (isNewer && (person.shopifyId !== null || record.shopify_id === null)) {
    takeProfile(next, person, hash);
  } else if (next.email === null && person.email) {
    next.email = person.email;
    next.email_key = person.emailKey;
  }
  next.search_text = searchTextOf({
    firstName: next.first_name,
    lastName: next.last_name,
    email: next.email,
    phone: next.phone,
  });
  if (bornAt(person, now) < next.created_at) next.created_at = bornAt(person, now);
  if (next.orders_count === 0) next.active_at = next.created_at;
  const changed = (Object.keys(next) as (keyof CustomerRecord)[]).some(
    (column) => !isSame(next[column], record[column]),
  );
  return changed ? { ...next, updated_at: now } : record;
}

/** The first we know of them. */
function bornAt(person: KnownPerson, now: Date): Date {
  const at = person.since ?? person.at;
  return at < now ? at : now;
}

const isSame = (a: unknown, b: unknown) =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

function takeProfile(next: CustomerRecord, person: KnownPerson, hash: (key: string) => string): void {
  next.profile_at = person.at;
  if (person.email !== undefined) {
    next.email = person.email;
    next.email_key = person.emailKey;
  }
  if (person.phone) next.phone = person.phone;
  if (person.firstName !== undefined) next.first_name = person.firstName;
  if (person.lastName !== undefined) next.last_name = person.lastName;
  if (person.locale !== undefined) next.locale = person.locale;
  if (person.address && next.orders_count === 0)
    Object.assign(next, addressColumns(person.shopId, person.address, hash));
}

/** Columns of an address; orders use them for deliveries. */
export function addressColumns(shopId: bigint, address: Address, hash: (key: string) => string) {
  const keys = addressKeys(address);
  return {
    country: address.country,
    province: address.province,
    city: address.city,
    zip: address.zip,
    address_hash: keys === null ? null : hash(`${shopId}|${keys.door}`),
    time_zone: zoneOf(address.country, address.province),
  };
}
