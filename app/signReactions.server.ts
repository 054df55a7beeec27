/** What brings people closer or takes them away: the part of reactions.server.ts that is about signs and stages. */
import type { CustomerRef } from './customers/customer.ts';
import { mirrorStages, noteSigns, refreshStages } from './customers/customers.server.ts';
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

/** What an answer or a review counts for: once, when it is known whose it is. */
function countedOf(
  event: Of<'answer.given'> | Of<'answer.verified'> | Of<'review.written'>,
  score: number | null,
) {
  if (event.kind === 'answer.given' || event.data.again) return {};
  const kindWords = (score ?? 0) >= 4 ? 1 : 0;
  return event.kind === 'review.written' ? { reviews: 1, kindWords } : { answers: 1, kindWords };
}

/** Signs of life move the stage; good ones bring a customer closer. */
export async function heardFrom(
  tx: SqlTx,
  events: (Of<'answer.given'> | Of<'answer.verified'> | Of<'review.written'>)[],
  now: Date,
) {
  const signs = events.flatMap((event) => {
    if (!event.customerId) return [];
    const score = event.kind === 'review.written' ? event.data.stars : event.data.score;
    return [
      { shopId: event.shopId, id: event.customerId, heardAt: event.at, score, ...countedOf(event, score) },
    ];
  });
  await noteSigns(tx, signs);
  await refreshStages(tx, signs, now);
}

/** Who shows what they made of it is there; nothing is said of how they like it. */
export async function storySent(tx: SqlTx, events: Of<'story.sent'>[], now: Date) {
  const signs = events.flatMap(({ shopId, customerId, at }) =>
    customerId ? [{ shopId, id: customerId, heardAt: at }] : [],
  );
  await noteSigns(tx, signs);
  await refreshStages(tx, signs, now);
}

/** An order that came back; told once a return, counted once an order by its customer. */
export async function sentBack(tx: SqlTx, events: Of<'order.returned'>[], now: Date) {
  const signs = events.flatMap(({ shopId, customerId }) =>
    customerId ? [{ shopId, id: customerId, returned: 1 }] : [],
  );
  await noteSigns(tx, signs);
  await refreshStages(tx, signs, now);
}

/** A trouble that was put right brings people closer. */
export async function healed(tx: SqlTx, events: Of<'conversation.solved'>[], now: Date) {
  const signs = events.flatMap(({ shopId, customerId, data }) =>
    customerId && data.healed ? [{ shopId, id: customerId, healed: 1 }] : [],
  );
  await noteSigns(tx, signs);
  await refreshStages(tx, signs, now);
}

/** Friends whose orders were settled, or taken back. */
export async function noteFriends(tx: SqlTx, people: CustomerRef[], friends: 1 | -1, now: Date) {
  const signs = people.map((person) => ({ ...person, friends }));
  await noteSigns(tx, signs);
  await refreshStages(tx, signs, now);
}

/** Shopify learns of a stage that has changed, and of a last score. */
export async function mirror(
  tx: SqlTx,
  events: (Of<'customer.stage-changed'> | Of<'answer.verified'>)[],
  now: Date,
): Promise<void> {
  const people = events.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, id: customerId }] : []));
  await mirrorStages(tx, people, now);
}
