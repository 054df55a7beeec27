/** What a customer has agreed to, as the Admin API tells it. */
import type { Channel, Consent, ConsentState } from '../../customers/customer.ts';
import type { CustomerNode } from './documents/orders.ts';
import { dateOf, idOf } from './node-values.ts';

export interface ConsentSnapshot {
  shopId: bigint;
  /** Shopify's id of the customer */
  shopifyId: bigint;
  channel: Channel;
  state: ConsentState;
  level: Consent['level'];
  at: Date;
}

const STATES: Record<string, ConsentState> = {
  SUBSCRIBED: 'subscribed',
  UNSUBSCRIBED: 'unsubscribed',
  PENDING: 'pending',
  NOT_SUBSCRIBED: 'not-subscribed',
  INVALID: 'invalid',
  REDACTED: 'redacted',
};

const LEVELS: Record<string, NonNullable<Consent['level']>> = {
  SINGLE_OPT_IN: 'single-opt-in',
  CONFIRMED_OPT_IN: 'confirmed-opt-in',
  UNKNOWN: 'unknown',
};

/** One for each channel that the customer has an address for. */
export function consentsOfNode(shopId: bigint, node: CustomerNode): ConsentSnapshot[] {
  const channels = [
    ['email', node.defaultEmailAddress],
    ['sms', node.defaultPhoneNumber],
  ] as const;
  return channels.flatMap(([channel, told]) => {
    const state = told && STATES[told.marketingState];
    if (!state) return [];
    const level = LEVELS[told.marketingOptInLevel ?? ''] ?? null;
    const at = dateOf(told.marketingUpdatedAt ?? node.updatedAt);
    return [{ shopId, shopifyId: idOf(node.id), channel, state, level, at }];
  });
}
