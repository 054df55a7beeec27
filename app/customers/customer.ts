/** One person as one shop knows them. */

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How close the relationship is; app/customers/stage.ts computes it. */
export const STAGES = ['stranger', 'acquaintance', 'friend', 'family'] as const;
export type Stage = (typeof STAGES)[number];

export type ConsentState =
  'subscribed' | 'unsubscribed' | 'pending' | 'not-subscribed' | 'invalid' | 'redacted';
export type ConsentSource =
  'shopify' | 'checkout' | 'preference-page' | 'one-click' | 'merchant' | 'provider';

export interface Consent {
  state: ConsentState;
  level: 'single-opt-in' | 'confirmed-opt-in' | 'unknown' | null;
  source: ConsentSource;
  at: Date;
}

/** What the customer chose on the preference page; wins over the merchant's settings. */
export interface Preferences {
  locale: string | null;
  channel: Channel | null;
  frequency: 'all' | 'fewer' | 'order-news';
  /** Local hour at which mails are welcome, 0…23 */
  hour: number | null;
  pausedUntil: Date | null;
}

export const NO_PREFERENCES: Preferences = {
  locale: null,
  channel: null,
  frequency: 'all',
  hour: null,
  pausedUntil: null,
};

/** Names a customer across shops. */
export interface CustomerRef {
  shopId: bigint;
  id: string;
}

export interface Customer extends CustomerRef {
  shopifyId: bigint | null;
  email: string | null;
  /** Normalised: identity, not an address to write to. */
  emailKey: string | null;
  /** E.164 */
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Their own choice, else what Shopify says; BCP 47 */
  locale: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  /** From the delivery address; null: take the shop's. IANA */
  timeZone: string | null;
  addressHash: string | null;
  ordersCount: number;
  /** Minor units in the shop's currency. */
  totalSpent: bigint;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  lastHeardAt: Date | null;
  lastScore: number | null;
  /** Friends whose orders were settled. */
  friends: number;
  stage: Stage;
  stageReason: unknown;
  erasedAt: Date | null;
  createdAt: Date;
  consent: Partial<Record<Channel, Consent>>;
  preferences: Preferences;
}

/** "Ana Lima", else the e-mail, else the phone number; for staff. */
export function displayName(
  customer: Pick<Customer, 'firstName' | 'lastName' | 'email' | 'phone'>,
): string | null {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ').trim();
  return name || customer.email || customer.phone;
}
