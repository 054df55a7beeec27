/** Customers: read, found, and their consent changed. */

import type { Consent, Customer } from '../../state/customer.ts';
import { digits } from '../../state/ids.ts';
import type { Shop } from '../../state/shop.ts';
import { standing } from '../../store/standing.ts';
import { fullName } from '../../webhooks/bodies/values.ts';
import { connection, type PageArgs } from '../connection.ts';
import type { Context, Resolvers } from '../context.ts';
import { money } from '../money.ts';
import { search, type Searchable } from '../search.ts';
import { customerOf, mailing, ordersOf } from './people.ts';
import { ordersConnection } from './orders.ts';
import type { ListArgs } from './products.ts';

const FIELDS = (shop: Shop): Searchable<Customer> => ({
  '': (c) => [c.email, c.phone, c.firstName, c.lastName],
  id: (c) => [digits(c.id)],
  email: (c) => [c.email],
  phone: (c) => [c.phone],
  first_name: (c) => [c.firstName],
  last_name: (c) => [c.lastName],
  country: (c) => c.addresses.map((a) => a.country),
  state: (c) => [c.state],
  tag: (c) => c.tags,
  orders_count: (c) => [ordersOf(shop, c).length],
  created_at: (c) => [c.createdAt],
  customer_date: (c) => [c.createdAt],
  updated_at: (c) => [c.updatedAt],
});

const SORTS: Record<string, (customer: Customer) => string> = {
  CREATED_AT: (c) => c.createdAt,
  UPDATED_AT: (c) => c.updatedAt,
  NAME: (c) => `${c.lastName} ${c.firstName}`.toLowerCase(),
};

function spent(shop: Shop, customer: Customer): number {
  return ordersOf(shop, customer).reduce((total, order) => total + standing(order).total.shop, 0);
}

interface Identifier {
  id?: string | null;
  emailAddress?: string | null;
  phoneNumber?: string | null;
}

function identify(shop: Shop, { id, emailAddress, phoneNumber }: Identifier): Customer | null {
  if (id) return customerOf(shop, id);
  const email = emailAddress?.toLowerCase();
  return (
    shop.customers.find((c) => (email && c.email === email) || (phoneNumber && c.phone === phoneNumber)) ??
    null
  );
}

export const customerResolvers: Resolvers = {
  QueryRoot: {
    customer: (_: object, { id }: { id: string }, { shop }: Context) => customerOf(shop, id),
    customerByIdentifier: (_: object, { identifier }: { identifier: Identifier }, { shop }: Context) =>
      identify(shop, identifier),
    customers: (_: object, args: ListArgs, context: Context) =>
      connection(
        search(context.shop.customers, args.query, FIELDS(context.shop), 'customers'),
        args,
        context,
        SORTS[args.sortKey ?? 'ID'],
      ),
    customersCount: (_: object, { query }: ListArgs, { shop }: Context) => ({
      count: search(shop.customers, query, FIELDS(shop), 'customers').length,
      precision: 'EXACT',
    }),
  },
  Customer: {
    legacyResourceId: (c: Customer) => digits(c.id),
    displayName: (c: Customer) => fullName(c.firstName, c.lastName) || c.email || c.phone || 'Customer',
    numberOfOrders: (c: Customer, _: object, { shop }: Context) => String(ordersOf(shop, c).length),
    amountSpent: (c: Customer, _: object, { shop }: Context) => money(spent(shop, c), shop.currency),
    lastOrder: (c: Customer, _: object, { shop }: Context) => ordersOf(shop, c).at(-1) ?? null,
    orders: (c: Customer, args: ListArgs, context: Context) =>
      ordersConnection(ordersOf(context.shop, c), args, context),
    validEmailAddress: (c: Customer) => c.email !== null,
    defaultEmailAddress: (c: Customer) => (c.email ? c : null),
    defaultPhoneNumber: (c: Customer) => (c.phone ? c : null),
    defaultAddress: (c: Customer) => (c.addresses[0] ? mailing(c.addresses[0]) : null),
    addresses: (c: Customer) => c.addresses.map(mailing),
    addressesV2: (c: Customer, args: PageArgs, context: Context) =>
      connection(c.addresses.map(mailing), args, context),
    emailMarketingConsent: (c: Customer) => consentState(c.emailConsent),
    smsMarketingConsent: (c: Customer) => (c.phone ? consentState(c.smsConsent) : null),
    canDelete: (c: Customer, _: object, { shop }: Context) => ordersOf(shop, c).length === 0,
    multipassIdentifier: () => null,
  },
  CustomerEmailAddress: {
    emailAddress: (c: Customer) => c.email,
    validFormat: () => true,
    marketingState: (c: Customer) =>
      c.emailConsent.state === 'REDACTED' ? 'UNSUBSCRIBED' : c.emailConsent.state,
    marketingOptInLevel: (c: Customer) => c.emailConsent.optInLevel,
    marketingUpdatedAt: (c: Customer) => c.emailConsent.updatedAt,
    openTrackingLevel: (c: Customer) => c.openTracking,
    marketingUnsubscribeUrl: (c: Customer, _: object, { shop, inside }: Context) =>
      `${inside.kernel.urls.store(shop)}/account/unsubscribe?token=${digits(c.id)}`,
    openTrackingUrl: (c: Customer, _: object, { shop, inside }: Context) =>
      `${inside.kernel.urls.store(shop)}/tools/emails/open/${digits(c.id)}`,
  },
  CustomerPhoneNumber: {
    phoneNumber: (c: Customer) => c.phone,
    marketingState: (c: Customer) => c.smsConsent.state,
    marketingOptInLevel: (c: Customer) => c.smsConsent.optInLevel,
    marketingUpdatedAt: (c: Customer) => c.smsConsent.updatedAt,
  },
};

function consentState(consent: Consent) {
  return {
    marketingState: consent.state,
    marketingOptInLevel: consent.optInLevel,
    consentUpdatedAt: consent.updatedAt,
  };
}
