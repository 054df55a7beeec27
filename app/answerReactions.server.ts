/** What follows from answers: the part of reactions.server.ts that is about them. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import * as feedback from './feedback/feedback.server.ts';
import type { Queue } from './jobs/queue.server.ts';
import * as messages from './messages/messages.server.ts';
import * as referrals from './referrals/referrals.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

/** Wishes for contact hold at once; when nothing more is to be expected, Shopify is told. */
export const settle = (
  tx: SqlTx,
  events: (Of<'answer.verified'> | Of<'answer.amended'>)[],
  now: Date,
): Promise<void> =>
  feedback.settleAnswers(
    tx,
    events.map(({ shopId, data }) => ({ shopId, answerId: data.answerId })),
    now,
  );

/** Tags, metafields and Flow: a chore, for Shopify may be slow. */
export async function tellShopify(
  tx: SqlTx,
  events: readonly Of<'answer.settled'>[],
  queue: Queue,
): Promise<void> {
  for (const { shopId, data } of events) {
    const payload = { shopId: String(shopId), answerId: data.answerId };
    await queue.enqueue(tx, 'feedback.tell', payload, data.answerId);
  }
}

/**
 * A good answer to a confirmed order earns a code of one's own; it comes by mail where the page could not show it, and
 * where nobody has proven to be the one who ordered.
 */
export async function codesForHappy(
  tx: SqlTx,
  events: (Of<'answer.verified'> | Of<'code.promised'>)[],
  now: Date,
): Promise<void> {
  const happy = events.flatMap((event) => {
    const { shopId, customerId, orderId, data } = event;
    const isPromised = event.kind === 'code.promised' || (event.data.late ?? false);
    const isHappy = event.kind === 'code.promised' || (event.data.score ?? 0) >= 4;
    const wish = { shopId, customerId, orderId, about: data.answerId, isPromised, atOnce: true };
    return customerId && isHappy ? [{ ...wish, customerId }] : [];
  });
  const codes = await referrals.issueCodes(tx, happy, now);
  const usable = new Set(codes.filter((code) => code.usable).map((code) => code.customerId));
  const promised = happy.filter((one) => one.isPromised && usable.has(one.customerId));
  await messages.planMessages(tx, await referrals.codeMails(tx, promised, now), now);
}
