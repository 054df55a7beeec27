/** Customers and addresses, as the sandbox holds them. */

import type { Gid, Instant } from './values.ts';

export type MarketingState =
  'NOT_SUBSCRIBED' | 'PENDING' | 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'REDACTED' | 'INVALID';
export interface Consent {
  state: MarketingState;
  optInLevel: 'SINGLE_OPT_IN' | 'CONFIRMED_OPT_IN' | 'UNKNOWN' | null;
  updatedAt: Instant | null;
}

export interface Customer {
  id: Gid;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** `de`, `pt-BR`… */
  locale: string;
  state: 'DISABLED' | 'INVITED' | 'ENABLED' | 'DECLINED';
  verifiedEmail: boolean;
  note: string | null;
  tags: string[];
  taxExempt: boolean;
  dataSaleOptOut: boolean;
  emailConsent: Consent;
  smsConsent: Consent;
  openTracking: 'OPTED_IN' | 'OPTED_OUT' | 'UNKNOWN';
  /** The first one is the default. */
  addresses: Address[];
  /** Set when this customer was merged into another one; it is then in no list any more. */
  mergedInto: Gid | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface Address {
  id: Gid | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  line1: string | null;
  line2: string | null;
  city: string | null;
  zip: string | null;
  phone: string | null;
  /** ISO code of the country, `IE`. */
  country: string;
  /** ISO code of the province without the country, `ON`; null where there is none. */
  province: string | null;
}
