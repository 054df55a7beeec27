/** What goes in and out of the sandbox: webhooks, mails, texts, and the faults that disturb them. */

import type { Gid, Instant } from './values.ts';

/** Where the app wants webhooks of one topic. */
export interface Subscription {
  id: Gid;
  /** `orders/create` */
  topic: string;
  /** Absolute, or relative to the app's address. */
  uri: string;
  filter: string | null;
  includeFields: string[];
  name: string | null;
  createdAt: Instant;
}

export interface Delivery {
  /** X-Shopify-Webhook-Id; the same over all attempts. */
  id: string;
  eventId: string;
  shop: string;
  topic: string;
  url: string;
  /** Set for subscriptions that the app made by the Admin API. */
  subscription: Gid | null;
  headers: Record<string, string>;
  /** The very bytes, as text. */
  body: string;
  triggeredAt: Instant;
  state: 'waiting' | 'under-way' | 'delivered' | 'failed' | 'lost';
  attempts: { at: Instant; status: number | null; ms: number; error: string | null }[];
  /** When the next attempt is due. */
  nextAt: Instant | null;
}

export interface Mail {
  id: string;
  /** The shop it is from, as far as its addresses tell. */
  shop?: string | null;
  /** The envelope's recipient; a message to two people is kept twice. */
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** As received, RFC 5322. */
  raw: string;
  at: Instant;
}

export interface Text {
  id: string;
  shop?: string | null;
  to: string;
  body: string;
  at: Instant;
}

export const faultTargets = ['admin-api', 'mail', 'texts', 'webhooks', 'database'] as const;
export type FaultTarget = (typeof faultTargets)[number];
export const faultModes = [
  'down',
  'slow',
  'throttled',
  'reject',
  'accept-then-drop',
  'duplicate',
  'reorder',
] as const;
export type FaultMode = (typeof faultModes)[number];

export interface Fault {
  target: FaultTarget;
  mode: FaultMode;
  /** Share of the calls that are disturbed, 0 to 1. */
  rate: number;
  since: Instant;
  /** Null: until it is switched off. */
  until: Instant | null;
}
