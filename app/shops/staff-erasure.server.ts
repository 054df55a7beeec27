/** Erasure that a member of the staff asks for: the same request as Shopify's, with a receipt. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { Queue } from '../jobs/queue.server.ts';

const ADD = `
  insert into data_request (shop_id, id, kind, customer_ref, request_ref, subject, state, requested_at)
  select c.shop_id, $2::uuid, 'erase-customer', c.shopify_id, 'staff:' || c.id,
    jsonb_build_object('email', c.email, 'phone', c.phone, 'orders',
      coalesce((select jsonb_agg(o.id::text) from orders o where o.shop_id = c.shop_id and o.customer_id = c.id), '[]')),
    'waiting', $3
  from customer c where c.shop_id = $1 and c.id = $4::uuid and c.erased_at is null
  on conflict do nothing returning id`;

/** @returns whether there was somebody to erase */
export async function requestErasure(
  queue: Pick<Queue, 'enqueue'>,
  tx: ShopTx,
  customerId: string,
  now: Date,
): Promise<boolean> {
  const requestId = newId(now);
  const [row] = await tx.sql<{ id: string }>(ADD, [tx.shopId, requestId, now, customerId]);
  if (!row) return false;
  await queue.enqueue(tx, 'shops.data-request', { shopId: String(tx.shopId), requestId }, requestId);
  return true;
}
