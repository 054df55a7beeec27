/** Settling matters, by whoever does. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { Conversation } from './conversation.ts';
import { addEntries, lockConversations, saveConversations } from './rows.server.ts';
import { promisesOf } from './settings.server.ts';
import { solved } from './solving.ts';
import { tellSolved } from './telling.server.ts';

/**
 * Marks conversations of one shop as solved; those that are not open any more stay as they are.
 * @param by staff:ID | customer | time | auto
 * @returns ids of those that were
 */
export async function solve(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
  by: string,
  now: Date,
): Promise<string[]> {
  const locked = await lockConversations(tx, shopId, ids);
  const open = locked.filter(({ state }) => state === 'open' || state === 'snoozed');
  const promised = (await promisesOf(tx, [shopId])).get(shopId);
  if (open.length === 0 || !promised) return [];
  await saveConversations(
    tx,
    open.map((one) => solved(one, by, promised, now)),
  );
  const about = (one: Conversation) => ({ shopId, conversationId: one.id, at: now });
  await addEntries(
    tx,
    open.map((one) => ({ ...about(one), kind: 'happening' as const, author: by, data: { code: 'solved' } })),
    now,
  );
  await recordEvents(
    tx,
    open.map(({ id, customerId, orderId, problem, repliedAt }) => ({
      shopId,
      customerId,
      orderId,
      kind: 'conversation.solved' as const,
      data: { conversationId: id, ...(problem && repliedAt ? { healed: true } : {}) },
      at: now,
    })),
    now,
  );
  await tellSolved(tx, open, by, now);
  return open.map(({ id }) => id);
}

/** Those that are about nothing but the parcel: whoever has said more waits for an answer to it. */
const ABOUT_PARCELS = `
  select c.shop_id, c.id from conversation c
  join unnest($1::bigint[], $2::bigint[]) as t(shop_id, shipment_id)
    on c.shop_id = t.shop_id and c.shipment_id = t.shipment_id
  where c.kind = 'not-arrived' and c.state in ('open', 'snoozed') and c.voices = 1`;

/** Parcels that were missed have come. */
export async function settleParcels(
  tx: SqlTx,
  parcels: readonly { shopId: bigint; shipmentId: bigint }[],
  now: Date,
): Promise<void> {
  if (parcels.length === 0) return;
  const rows = await tx.sql<{ shop_id: bigint; id: string }>(ABOUT_PARCELS, [
    parcels.map(({ shopId }) => shopId),
    parcels.map(({ shipmentId }) => shipmentId),
  ]);
  for (const { shop_id: shopId, id } of rows) await solve(tx, shopId, [id], 'customer', now);
}
