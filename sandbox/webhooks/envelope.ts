/** A webhook before it leaves: who wants it, its headers, its signature. */

import { createHmac, randomUUID } from 'node:crypto';
import type { AppConfig } from '../app-config.ts';
import type { Shop } from '../state/shop.ts';
import type { Delivery } from '../state/traffic.ts';

/** What is the same for all webhooks of a sandbox. */
export interface Sender {
  config: () => AppConfig;
  appUrl: string;
  apiSecret: string;
}

export interface Address {
  id: string | null;
  uri: string;
  filter: string | null;
  includeFields: string[];
  name: string | null;
}

/** Those of shopify.app.toml, then those that the app made for this shop. */
export function subscriptionsOf(shop: Shop, topic: string, config: AppConfig): Address[] {
  const declared = config.subscriptions.filter((s) => s.topic === topic).map((s) => ({ ...s, id: null }));
  return [...declared, ...shop.webhookSubscriptions.filter((s) => s.topic === topic)];
}

export function newDelivery(
  options: Sender,
  shop: Shop,
  topic: string,
  subscription: Address,
  body: string,
  eventId: string,
  at: string,
): Delivery {
  const id = randomUUID();
  return {
    id,
    eventId,
    shop: shop.domain,
    topic,
    url: new URL(subscription.uri, options.appUrl).href,
    subscription: subscription.id,
    headers: {
      ...webhookHeaders({
        shop: shop.domain,
        topic,
        id,
        eventId,
        triggeredAt: at,
        apiVersion: options.config().apiVersion,
      }),
      ...(subscription.name && { 'x-shopify-name': subscription.name }),
      'x-shopify-hmac-sha256': webhookHmac(body, options.apiSecret),
    },
    body,
    triggeredAt: at,
    state: 'under-way',
    attempts: [],
    nextAt: null,
  };
}

/** Headers of a webhook, all but its signature. */
export function webhookHeaders(of: {
  shop: string;
  topic: string;
  id: string;
  eventId: string;
  triggeredAt: string;
  apiVersion: string;
}): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    accept: '*/*',
    'x-shopify-topic': of.topic,
    'x-shopify-shop-domain': of.shop,
    'x-shopify-api-version': of.apiVersion,
    'x-shopify-webhook-id': of.id,
    'x-shopify-event-id': of.eventId,
    'x-shopify-triggered-at': of.triggeredAt,
  };
}

export function webhookHmac(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
