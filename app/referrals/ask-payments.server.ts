/** Asks Shopify what it thinks of the payments of friends' orders; what it does not say stays unknown. */
import type { Db } from '../db.server.ts';
import type { JobPayload, JobResult } from '../jobs/catalog.ts';
import { errorFields, log } from '../log.server.ts';
import { takeChecks, type HeardCheck } from '../orders/orders.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { PaymentSource } from './payments.ts';

export interface PaymentDeps {
  db: Db;
  payments: PaymentSource;
}

/** Of one shop at a time. */
const AT_ONCE = 50;

/** @returns whether Shopify answered for all of them */
export async function askPayments(
  { db, payments }: PaymentDeps,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<boolean> {
  if (orders.length === 0) return true;
  const shopIds = [...new Set(orders.map(({ shopId }) => shopId))];
  const shops = await db.acrossShops((tx) => shopsByIds(tx, shopIds));
  let isWhole = true;
  for (const shopId of shopIds) {
    const shop = shops.get(shopId);
    const ids = orders.filter((order) => order.shopId === shopId).map(({ orderId }) => orderId);
    for (let from = 0; shop && from < ids.length; from += AT_ONCE) {
      try {
        const told = await payments.checks(shop, ids.slice(from, from + AT_ONCE), now);
        const heard = told.map((each): HeardCheck => ({ shopId, ...each }));
        await db.acrossShops((tx) => takeChecks(tx, heard, now));
      } catch (error) {
        // What nobody could say holds these orders; it is asked again.
        log.warn('Shopify did not say how risky payments are', { shopId, ...errorFields(error) });
        isWhole = false;
      }
    }
  }
  return isWhole;
}

const OPEN = `
  select r.shop_id, r.order_id from referral r where r.shop_id = $1 and r.state in ('pending', 'held') and not exists (
    select 1 from order_check c where c.shop_id = r.shop_id and c.order_id = r.order_id and c.risk is not null)
  order by r.created_at desc limit 500`;

/** The job that asks soon after a friend has ordered, so that nobody waits for it when the return window has passed. */
export async function askOpenPayments(
  deps: PaymentDeps,
  { shopId }: JobPayload<'referrals.payments'>,
  now: Date,
): Promise<JobResult> {
  const open = await deps.db.sqlAcrossShops<{ shop_id: bigint; order_id: bigint }>(OPEN, [BigInt(shopId)]);
  const refs = open.map((row) => ({ shopId: row.shop_id, orderId: row.order_id }));
  return (await askPayments(deps, refs, now))
    ? { outcome: 'done' }
    : { outcome: 'retry', error: 'Shopify gave no answer' };
}
