/** What customers agreed to, written by the app. */

import type { Consent, MarketingState } from '../../state/customer.ts';
import { emailConsentBody, smsConsentBody } from '../../webhooks/bodies/customer.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { customerOf } from './people.ts';

interface Wish {
  marketingState: MarketingState;
  marketingOptInLevel?: Consent['optInLevel'];
  consentUpdatedAt?: string | null;
}

/** What the two channels differ in. */
const CHANNELS = {
  email: {
    address: 'email',
    consent: 'emailConsent',
    field: 'emailMarketingConsent',
    what: 'An email address',
  },
  sms: { address: 'phone', consent: 'smsConsent', field: 'smsMarketingConsent', what: 'A phone number' },
} as const;

function update(context: Context, channel: keyof typeof CHANNELS, customerId: string, wish: Wish) {
  const { shop, inside } = context;
  const { address, consent, field, what } = CHANNELS[channel];
  const refuse = (path: string[], message: string) => ({
    customer: null,
    userErrors: [{ field: ['input', ...path], message, code: 'INVALID' }],
  });
  const customer = customerOf(shop, customerId);
  if (!customer) return refuse(['customerId'], 'Customer not found');
  if (!customer[address]) return refuse(['customerId'], `${what} is required to set the marketing consent`);
  const { marketingState: state, marketingOptInLevel, consentUpdatedAt } = wish;
  if (state === 'REDACTED' || state === 'NOT_SUBSCRIBED') {
    return refuse([field, 'marketingState'], `Cannot specify ${state} as a marketing state input`);
  }
  if (consentUpdatedAt && Date.parse(consentUpdatedAt) > Date.parse(now(context)) + 60_000) {
    return refuse([field, 'consentUpdatedAt'], 'Consent updated at must not be in the future');
  }
  const optInLevel = marketingOptInLevel ?? customer[consent].optInLevel;
  customer[consent] = { state, optInLevel, updatedAt: consentUpdatedAt ?? now(context) };
  customer.updatedAt = now(context);
  inside.kernel.changed(shop, customer);
  const event: [string, object] =
    channel === 'email'
      ? ['customers_email_marketing_consent/update', emailConsentBody(shop, customer)]
      : ['customers_marketing_consent/update', smsConsentBody(shop, customer)];
  inside.kernel.emit(shop, [event]);
  return { customer, userErrors: [] };
}

export const consentResolvers: Resolvers = {
  Mutation: {
    customerEmailMarketingConsentUpdate: (
      _: object,
      { input }: { input: { customerId: string; emailMarketingConsent: Wish } },
      context: Context,
    ) => update(context, 'email', input.customerId, input.emailMarketingConsent),
    customerSmsMarketingConsentUpdate: (
      _: object,
      { input }: { input: { customerId: string; smsMarketingConsent: Wish } },
      context: Context,
    ) => update(context, 'sms', input.customerId, input.smsMarketingConsent),
  },
};
