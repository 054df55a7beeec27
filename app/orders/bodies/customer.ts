/** Bodies of the customers* topics. */
import { z } from 'zod';
import type { Channel, Consent, ConsentState } from '../../customers/customer.ts';
import type { PersonSnapshot } from '../../customers/person.ts';
import { address, addressOf, id, moment, text } from './fields.ts';

const customer = z.object({
  id,
  created_at: moment.nullish(),
  updated_at: moment,
  email: text.nullish(),
  phone: text.nullish(),
  first_name: text.nullish(),
  last_name: text.nullish(),
  default_address: address.nullish(),
});

/** customers/update */
export function readCustomer(body: unknown, shopId: bigint): PersonSnapshot {
  const given = customer.parse(body);
  return {
    shopId,
    shopifyId: given.id,
    email: given.email,
    phone: given.phone,
    firstName: given.first_name,
    lastName: given.last_name,
    address: given.default_address && addressOf(given.default_address),
    at: given.updated_at,
    since: given.created_at,
  };
}

/** What only a living customer's body has may not be there: no other topic's body passes for a deletion. */
const gone = z.object({ id, updated_at: z.undefined().optional(), email: z.undefined().optional() });

/** customers/delete */
export const readCustomerGone = (body: unknown): bigint => gone.parse(body).id;

const merge = z.object({
  admin_graphql_api_customer_kept_id: id,
  admin_graphql_api_customer_deleted_id: id,
  status: text.nullish(),
});

/** customers/merge; null while, or when, it has not come about */
export function readMerge(body: unknown): { keptShopifyId: bigint; goneShopifyId: bigint } | null {
  const given = merge.parse(body);
  if (given.status && given.status.toLowerCase() !== 'completed') return null;
  return {
    keptShopifyId: given.admin_graphql_api_customer_kept_id,
    goneShopifyId: given.admin_graphql_api_customer_deleted_id,
  };
}

const tags = z.object({ customerId: id, tags: z.array(text), occurredAt: moment.nullish() });

export interface TagsTold {
  shopifyId: bigint;
  added: string[];
  removed: string[];
  at: Date;
}

/** customer.tags_added, customer.tags_removed: bodies of customers carry no tags any more. */
export function readTags(body: unknown, sentAt: Date, what: 'added' | 'removed'): TagsTold {
  const given = tags.parse(body);
  const told = { added: [], removed: [], [what]: given.tags };
  return { shopifyId: given.customerId, ...told, at: given.occurredAt ?? sentAt };
}

export interface ConsentTold {
  person: PersonSnapshot;
  channel: Channel;
  state: ConsentState;
  level: Consent['level'];
  at: Date;
}

const STATES: Record<string, ConsentState> = {
  subscribed: 'subscribed',
  unsubscribed: 'unsubscribed',
  pending: 'pending',
  not_subscribed: 'not-subscribed',
  invalid: 'invalid',
  redacted: 'redacted',
};

const LEVELS: Record<string, Consent['level']> = {
  single_opt_in: 'single-opt-in',
  confirmed_opt_in: 'confirmed-opt-in',
  unknown: 'unknown',
};

const consent = z.object({
  state: text,
  opt_in_level: text.nullish(),
  consent_updated_at: moment.nullish(),
});

const emailConsent = z.object({
  customer_id: id,
  email_address: text.nullish(),
  email_marketing_consent: consent,
});

/** customers_email_marketing_consent/update */
export function readEmailConsent(body: unknown, shopId: bigint, sentAt: Date): ConsentTold {
  const given = emailConsent.parse(body);
  const told = consentOf(given.email_marketing_consent, sentAt);
  // Too little to move a profile forward: only enough to know whose consent it is.
  const person = {
    shopId,
    shopifyId: given.customer_id,
    email: given.email_address,
    at: new Date(0),
    since: told.at,
  };
  return { person, channel: 'email', ...told };
}

const smsConsent = z.object({ id, phone: text.nullish(), sms_marketing_consent: consent.nullish() });

/** customers_marketing_consent/update: texts only. Null when there is nothing to consent to. */
export function readSmsConsent(body: unknown, shopId: bigint, sentAt: Date): ConsentTold | null {
  const given = smsConsent.parse(body);
  if (!given.sms_marketing_consent) return null;
  const told = consentOf(given.sms_marketing_consent, sentAt);
  const person = { shopId, shopifyId: given.id, phone: given.phone, at: new Date(0), since: told.at };
  return { person, channel: 'sms', ...told };
}

const consentOf = (given: z.infer<typeof consent>, sentAt: Date) => ({
  // A word that we do not know is not a yes.
  state: STATES[given.state.toLowerCase()] ?? ('not-subscribed' as const),
  level: LEVELS[given.opt_in_level?.toLowerCase() ?? ''] ?? null,
  at: given.consent_updated_at ?? sentAt,
});
