/** What may be an occasion for a gesture: the part of reactions.server.ts that is about gestures. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import { lookAt, mergeCustomers } from './gestures/gestures.server.ts';

/** After these somebody is looked at; what is an occasion stands in app/gestures/moments.ts. */
const MAY_BE_ONE: readonly EventKind[] = [
  'order.paid',
  'story.sent',
  'review.written',
  'conversation.solved',
  'customer.stage-changed',
];

async function look(tx: SqlTx, events: HappenedEvent[], now: Date): Promise<void> {
  const people = events.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, id: customerId }] : []));
  await lookAt(tx, people, now);
}

async function follow(tx: SqlTx, events: HappenedEvent[]): Promise<void> {
  const merges = events.flatMap((event) =>
    event.kind === 'customer.merged' && event.customerId
      ? [{ shopId: event.shopId, from: event.data.from, into: event.customerId }]
      : [],
  );
  await mergeCustomers(tx, merges);
}

/** Links of the reactions, in this order within a batch. */
export const GESTURES = [
  { kinds: ['customer.merged'] as const, then: follow },
  { kinds: MAY_BE_ONE, then: look },
];
