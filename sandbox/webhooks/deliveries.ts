/**
 * Webhooks on their way: made from events, handed over in order, tried again for four hours.
 *
 * One shop's deliveries go one after the other, but a slow answer holds the next one only for a moment: as with
 * Shopify, the order is usual and not promised.
 */

import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppConfig } from '../app-config.ts';
import type { FaultDice } from '../faults/faults.ts';
import type { Event } from '../kernel.ts';
import type { Shop, State } from '../state/shop.ts';
import type { Delivery } from '../state/traffic.ts';
import { instant } from '../state/zoned.ts';
import { passes, withFields } from './body-fields.ts';
import { post, type PostResult } from './post.ts';

/** Seconds between the attempts: eight more after the first one, four hours in all. */
const BACKOFF = [10, 60, 240, 600, 1200, 2400, 4200, 5690];
/** How long one delivery holds the next one of its shop, real milliseconds. */
const HOLD_MS = 250;
const KEPT = 5000;

export interface DeliveriesOptions {
  state: State;
  config: () => AppConfig;
  appUrl: string;
  apiSecret: string;
  now: () => number;
  dice: FaultDice;
  changed: () => void;
}

export interface Deliveries {
  emit(shop: Shop, events: Event[], options?: { uninstalled?: boolean }): void;
  /** Starts those whose moment has come. */
  tick(): void;
  /** Waiting for their turn or for an answer, right now. */
  busy(): number;
  /** Rises with everything that happens; two equal readings mean that nothing happened between them. */
  activity(): number;
  /** When the next retry is due, epoch milliseconds; null when there is none. */
  nextDue(): number | null;
  clear(): void;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { state, now, dice, changed } = options;
  const queues = new Map<string, Delivery[]>();
  const running = new Set<string>();
  let busy = 0;
  let activity = 0;

  function emit(shop: Shop, events: Event[], { uninstalled = false } = {}): void {
    if (!shop.installation && !uninstalled) return;
    const eventId = randomUUID();
    const at = instant(now());
    for (const [topic, body] of events) {
      for (const subscription of subscriptionsOf(shop, topic, options.config())) {
        if (!passes(body, subscription.filter)) continue;
        const text = JSON.stringify(withFields(body, subscription.includeFields));
        const delivery = newDelivery(options, shop, topic, subscription, text, eventId, at);
        state.deliveries.push(delivery);
        enqueue(delivery);
      }
    }
    forget(state);
    changed();
  }

  function enqueue(delivery: Delivery): void {
    delivery.state = 'under-way';
    delivery.nextAt = null;
    busy++;
    activity++;
    const queue = queues.get(delivery.shop) ?? [];
    queues.set(delivery.shop, queue);
    queue.push(delivery);
    if (!running.has(delivery.shop)) void run(delivery.shop, queue);
  }

  async function run(shop: string, queue: Delivery[]): Promise<void> {
    running.add(shop);
    await Promise.resolve();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const delivery = next;
      const done = attempt(delivery).finally(() => {
        busy--;
        activity++;
        changed();
      });
      await Promise.race([done, pause(HOLD_MS, undefined, { ref: false })]);
    }
    running.delete(shop);
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const fault = dice('webhooks');
    if ((fault === 'slow' || fault === 'reorder') && delivery.attempts.length === 0)
      return postpone(delivery, fault);
    if (fault === 'reject') {
      delivery.state = 'lost';
      return;
    }
    let result: PostResult = { status: null, ms: 0, error: 'the network is down (fault)', answer: '' };
    if (fault !== 'down') {
      result = await post(delivery.url, delivery.headers, delivery.body);
      if (fault === 'duplicate') await post(delivery.url, delivery.headers, delivery.body);
      if (fault === 'accept-then-drop')
        result = { ...result, status: null, error: 'the answer was lost (fault)' };
    }
    delivery.attempts.push({ at: instant(now()), status: result.status, ms: result.ms, error: result.error });
    if (result.status !== null && result.status >= 200 && result.status < 300) {
      delivery.state = 'delivered';
      return;
    }
    const wait = BACKOFF[delivery.attempts.length - 1];
    if (wait === undefined) giveUp(delivery);
    else waitUntil(delivery, now() + wait * 1000);
  }

  /** Comes late, or after those that were sent later. */
  function postpone(delivery: Delivery, fault: 'slow' | 'reorder'): void {
    const seconds = fault === 'slow' ? 60 + Math.random() * 1740 : Math.random() * 90;
    waitUntil(delivery, now() + seconds * 1000);
    delivery.attempts.push({ at: instant(now()), status: null, ms: 0, error: `held back (fault: ${fault})` });
  }

  function waitUntil(delivery: Delivery, at: number): void {
    delivery.state = 'waiting';
    delivery.nextAt = instant(at);
  }

  /** A subscription made by the Admin API is removed with its last failure, one of shopify.app.toml is not. */
  function giveUp(delivery: Delivery): void {
    delivery.state = 'failed';
    const shop = state.shops.find((s) => s.domain === delivery.shop);
    if (!shop || !delivery.subscription) return;
    shop.webhookSubscriptions = shop.webhookSubscriptions.filter((s) => s.id !== delivery.subscription);
  }

  function tick(): void {
    const at = now();
    for (const delivery of state.deliveries) {
      if (delivery.state === 'waiting' && delivery.nextAt && Date.parse(delivery.nextAt) <= at)
        enqueue(delivery);
    }
  }

  return {
    emit,
    tick,
    busy: () => busy,
    activity: () => activity,
    nextDue() {
      const waiting = state.deliveries.filter((d) => d.state === 'waiting' && d.nextAt);
      return waiting.length === 0 ? null : Math.min(...waiting.map((d) => Date.parse(d.nextAt ?? '')));
    },
    clear() {
      for (const queue of queues.values()) {
        busy -= queue.length;
        queue.length = 0;
      }
      state.deliveries = [];
    },
  };
}

interface Address {
  id: string | null;
  uri: string;
  filter: string | null;
  includeFields: string[];
  name: string | null;
}

function subscriptionsOf(shop: Shop, topic: string, config: AppConfig): Address[] {
  const declared = config.subscriptions.filter((s) => s.topic === topic).map((s) => ({ ...s, id: null }));
  return [...declared, ...shop.webhookSubscriptions.filter((s) => s.topic === topic)];
}

function newDelivery(
  options: DeliveriesOptions,
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

/** Old deliveries are forgotten; those that still wait are not. */
function forget(state: State): void {
  if (state.deliveries.length <= KEPT * 1.2) return;
  const spare = state.deliveries.length - KEPT;
  let dropped = 0;
  state.deliveries = state.deliveries.filter((d) => {
    if (dropped >= spare || d.state === 'waiting' || d.state === 'under-way') return true;
    dropped++;
    return false;
  });
}
