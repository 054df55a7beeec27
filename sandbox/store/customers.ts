/** Customers: who they are, what they agreed to. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import { countryOf, provinceCode } from '../state/countries.ts';
import type { Address, Consent, Customer, MarketingState } from '../state/customer.ts';
import type { Shop } from '../state/shop.ts';
import type { AddressInput, CustomerInput } from '../types.ts';
import {
  customerBody,
  customerGone,
  emailConsentBody,
  smsConsentBody,
  tagsBody,
} from '../webhooks/bodies/customer.ts';

export function customerByEmail(shop: Shop, email: string | null | undefined): Customer | undefined {
  const wanted = email?.trim().toLowerCase();
  return wanted ? shop.customers.find((c) => c.email === wanted) : undefined;
}

export function createCustomer(kernel: Kernel, shop: Shop, input: CustomerInput): Customer {
  const customer = newCustomer(kernel, shop, input);
  kernel.emit(shop, newcomerEvents(kernel, shop, customer));
  return customer;
}

/** A customer in the book, without telling anybody. */
export function newCustomer(kernel: Kernel, shop: Shop, input: CustomerInput): Customer {
  const email = emailOf(input.email);
  if (!email && !input.phone) throw new BadInput('customer: an email or a phone is needed');
  if (customerByEmail(shop, email))
    throw new BadInput(`email: ${shop.domain} already has a customer with ${email}`);
  if (input.phone && shop.customers.some((c) => c.phone === input.phone)) {
    throw new BadInput(`phone: ${shop.domain} already has a customer with ${input.phone}`);
  }
  const now = kernel.now();
  const customer: Customer = {
    id: kernel.ids.next('Customer'),
    email,
    phone: input.phone ?? null,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    locale: input.locale ?? (input.address ? countryOf(input.address.country).locale : shop.locale),
    state: 'DISABLED',
    verifiedEmail: true,
    note: null,
    tags: [...new Set(input.tags ?? [])].sort(),
    taxExempt: false,
    dataSaleOptOut: false,
    emailConsent: consent(input.acceptsMarketing === true && email !== null, now),
    smsConsent: consent(input.acceptsSms === true && Boolean(input.phone), now),
    openTracking: 'UNKNOWN',
    addresses: [],
    mergedInto: null,
    createdAt: now,
    updatedAt: now,
  };
  if (input.address) customer.addresses.push(addressOf(kernel, input.address, customer));
  shop.customers.push(customer);
  kernel.changed(shop, customer);
  return customer;
}

/** `null` for nothing; the address in small letters otherwise. */
function emailOf(email: string | null | undefined): string | null {
  const text = email?.trim().toLowerCase();
  if (!text) return null;
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new BadInput(`email: ${email} is no e-mail address`);
  return text;
}

function consent(given: boolean, now: string): Consent {
  return given
    ? { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN', updatedAt: now }
    : { state: 'NOT_SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN', updatedAt: null };
}

/** The customer's name stands in an address that has none. */
export function addressOf(
  kernel: Kernel,
  input: AddressInput,
  of: { firstName?: string | null; lastName?: string | null },
): Address {
  return {
    id: kernel.ids.next('MailingAddress'),
    firstName: input.firstName ?? of.firstName ?? null,
    lastName: input.lastName ?? of.lastName ?? null,
    company: input.company ?? null,
    line1: input.line1 ?? null,
    line2: input.line2 ?? null,
    city: input.city ?? null,
    zip: input.zip ?? null,
    phone: input.phone ?? null,
    country: input.country,
    province: provinceCode(input.country, input.province),
  };
}

export function updateCustomer(
  kernel: Kernel,
  shop: Shop,
  customer: Customer,
  change: Partial<CustomerInput> & { note?: string },
): Customer {
  if (change.email !== undefined) {
    const email = emailOf(change.email);
    const other = customerByEmail(shop, email);
    if (other && other !== customer) throw new BadInput(`email: ${email} belongs to another customer`);
    customer.email = email;
  }
  if (change.phone !== undefined) customer.phone = change.phone;
  if (change.firstName !== undefined) customer.firstName = change.firstName;
  if (change.lastName !== undefined) customer.lastName = change.lastName;
  if (change.locale !== undefined) customer.locale = change.locale;
  if (change.note !== undefined) customer.note = change.note;
  if (change.address) customer.addresses.unshift(addressOf(kernel, change.address, customer));
  if (change.tags) setTags(kernel, shop, customer, change.tags);
  customer.updatedAt = kernel.now();
  kernel.changed(shop, customer);
  kernel.emit(shop, [['customers/update', customerBody(shop, customer)]]);
  if (change.acceptsMarketing !== undefined) {
    setConsent(kernel, shop, customer, 'email', change.acceptsMarketing ? 'SUBSCRIBED' : 'UNSUBSCRIBED');
  }
  if (change.acceptsSms !== undefined) {
    setConsent(kernel, shop, customer, 'sms', change.acceptsSms ? 'SUBSCRIBED' : 'UNSUBSCRIBED');
  }
  return customer;
}

export function setConsent(
  kernel: Kernel,
  shop: Shop,
  customer: Customer,
  channel: 'email' | 'sms',
  state: MarketingState,
): void {
  const now = kernel.now();
  const value: Consent = { state, optInLevel: 'SINGLE_OPT_IN', updatedAt: now };
  if (channel === 'email') customer.emailConsent = value;
  else customer.smsConsent = value;
  customer.updatedAt = now;
  kernel.changed(shop, customer);
  kernel.emit(shop, [channel === 'email' ? emailConsent(shop, customer) : smsConsent(shop, customer)]);
}

const emailConsent = (shop: Shop, customer: Customer): [string, object] => [
  'customers_email_marketing_consent/update',
  emailConsentBody(shop, customer),
];
const smsConsent = (shop: Shop, customer: Customer): [string, object] => [
  'customers_marketing_consent/update',
  smsConsentBody(shop, customer),
];

/** What is told of a new customer, with the consent that they gave and the tags that they began with. */
export function newcomerEvents(kernel: Kernel, shop: Shop, customer: Customer): [string, object][] {
  return [
    ['customers/create', customerBody(shop, customer)],
    ...(customer.emailConsent.updatedAt ? [emailConsent(shop, customer)] : []),
    ...(customer.smsConsent.updatedAt ? [smsConsent(shop, customer)] : []),
    ...tagEvents(customer, customer.tags, [], kernel.now()),
  ];
}

export function setTags(kernel: Kernel, shop: Shop, customer: Customer, tags: string[]): void {
  const before = customer.tags;
  customer.tags = [...new Set(tags)].sort();
  const added = customer.tags.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !customer.tags.includes(tag));
  kernel.changed(shop, customer);
  kernel.emit(shop, tagEvents(customer, added, removed, kernel.now()));
}

/** Bodies of customers carry no tags: what became of them is told apart. */
const tagEvents = (
  customer: Customer,
  added: string[],
  removed: string[],
  now: string,
): [string, object][] => [
  ...(added.length > 0 ? [['customer.tags_added', tagsBody(customer, added, now)] as [string, object]] : []),
  ...(removed.length > 0
    ? [['customer.tags_removed', tagsBody(customer, removed, now)] as [string, object]]
    : []),
];

export function deleteCustomer(kernel: Kernel, shop: Shop, customer: Customer): void {
  if (shop.orders.some((order) => order.customer === customer.id)) {
    throw new BadInput(`customer ${customer.id}: a customer with orders cannot be deleted, only redacted`);
  }
  shop.customers.splice(shop.customers.indexOf(customer), 1);
  kernel.changed(shop, customer);
  kernel.emit(shop, [['customers/delete', customerGone(customer)]]);
}
