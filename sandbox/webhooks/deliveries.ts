/**
 * Webhooks on their way: made from events, handed over in order, tried again for four hours.
 *
 * One shop's deliveries go one after the other, but a slow answer holds the next one only for a moment: as with
 * Shopify, the order is usual and not promised.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultDice } from '../faults/faults.ts';
import type { Event } from '../kernel.ts';
import type { Keeper } from '../state/keep.ts';
import type { Shop, State } from '../state/shop.ts';
import type { Delivery } from '../state/traffic.ts';
import { instant } from '../state/zoned.ts';
import { passes, withFields } from './body-fields.ts';
import { newDelivery, type Sender, subscriptionsOf } from './envelope.ts';
import { post, type PostResult } from './post.ts';

/** Seconds between the attempts: eight more after the first one, four hours in all. */
const BACKOFF = [10, 60, 240, 600, 1200, 2400, 4200, 5690];
/** How long one delivery holds the next one of its shop, real milliseconds. */
const HOLD_MS = 250;
const KEPT = 5000;

export interface DeliveriesOptions extends Sender {
  state: State;
  now: () => number;
  dice: FaultDice;
  keeper: Pick<Keeper, 'changed' | 'sent' | 'keep'>;
}

export class Deliveries {
  private readonly options: DeliveriesOptions;
  private readonly queues = new Map<string, Delivery[]>();
  private readonly running = new Set<string>();
  /** Those that wait for their next attempt. */
  private readonly waiting: Set<Delivery>;
  private underWay = 0;
  private events = 0;

  constructor(options: DeliveriesOptions) {
    this.options = options;
    this.waiting = new Set(options.state.deliveries.filter((delivery) => delivery.state === 'waiting'));
  }

  /** Sends what belongs to one action, in this order, to whoever subscribed to it. */
  emit(shop: Shop, events: Event[], { uninstalled = false } = {}): void {
    if (!shop.installation && !uninstalled) return;
    const { state, now, config } = this.options;
    const eventId = randomUUID();
    const at = instant(now());
    for (const [topic, body] of events) {
      for (const subscription of subscriptionsOf(shop, topic, config())) {
        if (!passes(body, subscription.filter)) continue;
        const text = JSON.stringify(withFields(body, subscription.includeFields));
        const delivery = newDelivery(this.options, shop, topic, subscription, text, eventId, at);
        state.deliveries.push(delivery);
        this.enqueue(delivery);
      }
    }
    forget(state);
  }

  /** Starts those whose moment has come. */
  tick(): void {
    const at = this.options.now();
    for (const delivery of this.waiting) {
      if (delivery.nextAt && Date.parse(delivery.nextAt) <= at) this.enqueue(delivery);
    }
  }

  /** How many wait for their turn or for an answer, right now. */
  busy(): number {
    return this.underWay;
  }

  /** Rises with everything that happens; two equal readings mean that nothing happened between them. */
  activity(): number {
    return this.events;
  }

  /** When the next retry is due, epoch milliseconds; null when there is none. */
  nextDue(): number | null {
    if (this.waiting.size === 0) return null;
    return Math.min(...[...this.waiting].map((delivery) => Date.parse(delivery.nextAt ?? '')));
  }

  /** Forgets all of them; one that is on the wire still arrives. */
  clear(): void {
    for (const queue of this.queues.values()) {
      this.underWay -= queue.length;
      queue.length = 0;
    }
    this.waiting.clear();
    this.options.state.deliveries = [];
  }

  private enqueue(delivery: Delivery): void {
    this.waiting.delete(delivery);
    delivery.state = 'under-way';
    delivery.nextAt = null;
    this.options.keeper.sent(delivery);
    this.underWay++;
    this.events++;
    const queue = this.queues.get(delivery.shop) ?? [];
    this.queues.set(delivery.shop, queue);
    queue.push(delivery);
    if (!this.running.has(delivery.shop)) void this.run(delivery.shop, queue);
  }

  private async run(shop: string, queue: Delivery[]): Promise<void> {
    this.running.add(shop);
    await Promise.resolve();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const done = this.attempt(next).finally(() => {
        this.underWay--;
        this.events++;
        this.options.keeper.sent(next);
      });
      await Promise.race([done, pause(HOLD_MS, undefined, { ref: false })]);
    }
    this.running.delete(shop);
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { dice, now, keeper } = this.options;
    const fault = dice('webhooks');
    if ((fault === 'slow' || fault === 'reorder') && delivery.attempts.length === 0)
      return this.postpone(delivery, fault);
    if (fault === 'reject') {
      delivery.state = 'lost';
      return;
    }
    let result: PostResult = { status: null, ms: 0, error: 'the network is down (fault)', answer: '' };
    if (fault !== 'down') {
      keeper.keep();
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
    if (wait === undefined) this.giveUp(delivery);
    else this.waitUntil(delivery, now() + wait * 1000);
  }

  /** Comes late, or after those that were sent later. */
  private postpone(delivery: Delivery, fault: 'slow' | 'reorder'): void {
    const { now } = this.options;
    const seconds = fault === 'slow' ? 60 + Math.random() * 1740 : Math.random() * 90;
    this.waitUntil(delivery, now() + seconds * 1000);
    delivery.attempts.push({ at: instant(now()), status: null, ms: 0, error: `held back (fault: ${fault})` });
  }

  private waitUntil(delivery: Delivery, at: number): void {
    delivery.state = 'waiting';
    delivery.nextAt = new Date(at).toISOString();
    this.waiting.add(delivery);
  }

  /** A subscription made by the Admin API is removed with its last failure, one of shopify.app.toml is not. */
  private giveUp(delivery: Delivery): void {
    delivery.state = 'failed';
    const shop = this.options.state.shops.find((s) => s.domain === delivery.shop);
    if (!shop || !delivery.subscription) return;
    this.options.keeper.changed(
      shop,
      ...shop.webhookSubscriptions.filter((s) => s.id === delivery.subscription),
    );
    shop.webhookSubscriptions = shop.webhookSubscriptions.filter((s) => s.id !== delivery.subscription);
  }
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
