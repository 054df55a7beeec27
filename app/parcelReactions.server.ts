/** What follows when a parcel arrives, or has not: the part of reactions.server.ts that is about parcels. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import type { Queue } from './jobs/queue.server.ts';
import * as messages from './messages/messages.server.ts';
import * as sequences from './sequences/sequences.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

/** A scan at the door says how long the way was. */
export async function learnTransit(
  tx: SqlTx,
  events: readonly Of<'shipment.delivered'>[],
  queue: Queue,
): Promise<void> {
  const scanned = events.filter((event) => event.data.by === 'carrier');
  for (const shopId of new Set(scanned.map((event) => String(event.shopId))))
    await queue.enqueue(tx, 'orders.learn-transit', { shopId }, shopId);
}

/** What is about a parcel that will not come ends. */
export async function stopFailed(
  tx: SqlTx,
  events: readonly Of<'shipment.failed'>[],
  now: Date,
): Promise<void> {
  const stops = events.map(({ shopId, data }) => ({
    shopId,
    by: 'shipment' as const,
    id: data.shipmentId,
    reason: 'delivery-failed' as const,
  }));
  await sequences.stop(tx, stops, now);
}

/** What was counted from an arrival that was none waits for the real one. */
export async function holdMissing(
  tx: SqlTx,
  events: readonly Of<'shipment.missing'>[],
  now: Date,
): Promise<void> {
  const missing = events.flatMap(({ shopId, orderId, data }) =>
    orderId ? [{ shopId, orderId, shipmentId: BigInt(data.shipmentId) }] : [],
  );
  await sequences.holdForParcel(tx, missing, now);
  await messages.holdAbout(tx, missing);
}

/** It has come after all: what was held goes on, as long after it as it was meant to. */
export async function freeArrived(
  tx: SqlTx,
  events: readonly Of<'shipment.delivered'>[],
  now: Date,
): Promise<void> {
  const arrived = events.flatMap(({ shopId, orderId, at, data }) =>
    orderId && data.after ? [{ shopId, orderId, believedAt: new Date(data.after), arrivedAt: at }] : [],
  );
  await messages.freeAbout(tx, arrived, now);
}
