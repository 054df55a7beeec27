/** Bodies of the customers/* topics. Since 2025-01 they carry neither tags nor consent. */

import type { Consent, Customer } from '../../state/customer.ts';
import { number } from '../../state/ids.ts';
import type { Shop } from '../../state/shop.ts';
import type { Gid } from '../../state/values.ts';
import { inZone } from '../../state/zoned.ts';
import { bookAddress } from './values.ts';

/** As it stands inside an order. */
export function customerInOrder(shop: Shop, customer: Customer) {
  const first = customer.addresses[0];
  return {
    id: number(customer.id),
    created_at: inZone(customer.createdAt, shop.timezone),
    updated_at: inZone(customer.updatedAt, shop.timezone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    tax_exempt: customer.taxExempt,
    tax_exemptions: [],
    admin_graphql_api_id: customer.id,
    ...(first && { default_address: bookAddress(first, customer.id, true) }),
  };
}

/** customers/create, customers/update */
export function customerBody(shop: Shop, customer: Customer) {
  return {
    ...customerInOrder(shop, customer),
    addresses: customer.addresses.map((address, index) => bookAddress(address, customer.id, index === 0)),
  };
}

/** customers/delete */
export function customerGone(customer: Customer) {
  return {
    id: number(customer.id),
    phone: customer.phone,
    addresses: [],
    tax_exemptions: [],
    admin_graphql_api_id: customer.id,
  };
}

function consentBody(consent: Consent, shop: Shop) {
  return {
    state: consent.state.toLowerCase(),
    opt_in_level: consent.optInLevel?.toLowerCase() ?? null,
    consent_updated_at: inZone(consent.updatedAt, shop.timezone),
  };
}

/** customers_email_marketing_consent/update */
export function emailConsentBody(shop: Shop, customer: Customer) {
  return {
    customer_id: number(customer.id),
    email_address: customer.email,
    email_marketing_consent: consentBody(customer.emailConsent, shop),
  };
}

/** customers_marketing_consent/update: texts only. */
export function smsConsentBody(shop: Shop, customer: Customer) {
  return {
    id: number(customer.id),
    phone: customer.phone,
    sms_marketing_consent: { ...consentBody(customer.smsConsent, shop), consent_collected_from: 'shopify' },
  };
}

/** customer.tags_added, customer.tags_removed */
export function tagsBody(customer: Customer, tags: string[], now: string) {
  return { customerId: customer.id, tags, occurredAt: now };
}

/** customers/merge */
export function mergeBody(kept: Gid, gone: Gid, job: Gid) {
  return {
    admin_graphql_api_customer_kept_id: kept,
    admin_graphql_api_customer_deleted_id: gone,
    admin_graphql_api_job_id: job,
    status: 'completed',
    errors: [],
  };
}
