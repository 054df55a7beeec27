/** Webhooks that came before the order or the customer they are about. */
import type { SqlTx } from '../db.server.ts';
import type { InboxRow } from './claim.server.ts';
import type { OrderRef } from './store.server.ts';
import type { Meaning } from './topics.ts';

const WAKE = `
  update webhook_inbox i set due_at = $3, waits_for = null, reason = null
  from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  where i.shop_id = t.shop_id and i.waits_for = t.order_id`;

/** The orders are known now: what waited for them can be worked in. */
export async function wake(tx: SqlTx, orders: readonly OrderRef[], now: Date): Promise<void> {
  if (orders.length === 0) return;
  await tx.sql(WAKE, [orders.map(({ shopId }) => shopId), orders.map(({ id }) => id), now]);
}

/** What a webhook waits for that is about a customer: no order's number is below zero. */
export const waitForCustomer = (shopifyId: bigint): bigint => -shopifyId;

const OF_CUSTOMERS = `
  select i.shop_id, webhook_id, topic, body, triggered_at, received_at, attempts
  from webhook_inbox i
  join (select distinct * from unnest($1::bigint[], $2::bigint[]) as t(shop_id, waits_for)) t
    on i.shop_id = t.shop_id and i.waits_for = t.waits_for
  order by i.shop_id, webhook_id for update of i skip locked`;

/** What has waited for the customers of whom these tell: it is worked in together with them. */
export async function waitingFor(
  tx: SqlTx,
  told: readonly { row: InboxRow; meanings: readonly Meaning[] }[],
): Promise<InboxRow[]> {
  const people = told.flatMap(({ row, meanings }) =>
    meanings.map(customerOf).flatMap((id) => (id ? [{ shopId: row.shop_id, id: waitForCustomer(id) }] : [])),
  );
  if (people.length === 0) return [];
  const waited = await tx.sql<InboxRow>(OF_CUSTOMERS, [
    people.map(({ shopId }) => shopId),
    people.map(({ id }) => id),
  ]);
  const claimed = new Set(told.map(({ row }) => keyOf(row)));
  return waited.filter((row) => !claimed.has(keyOf(row)));
}

const keyOf = (row: InboxRow) => `${row.shop_id}:${row.webhook_id}`;

function customerOf(meaning: Meaning): bigint | null {
  switch (meaning.kind) {
    case 'order':
      return (meaning.change.kind === 'snapshot' && meaning.change.snapshot.customer?.shopifyId) || null;
    case 'person':
      return meaning.person.shopifyId;
    case 'consent':
      return meaning.consent.person.shopifyId;
    default:
      return null;
  }
}
