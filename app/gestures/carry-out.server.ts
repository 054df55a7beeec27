/**
 * The loop for what Shopify has to be asked for: whether a gift is in stock, and the tag that has an order sent faster.
 * The claim is committed before Shopify is called, under a lease in the database's own time; both calls may be repeated.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { renewalOf, workUnderLease } from '../lease.server.ts';
import { nextTry, type GesturesAtShopify } from './carry-out.ts';
import { finish, takeBack } from './end.server.ts';
import type { Present } from './gesture.ts';
import { presentIn } from './present.server.ts';

const CLAIM = `
  update gesture g set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = g.attempts + 1
  from (
    select w.shop_id, w.id, s.domain from gesture w join shop s on s.id = w.shop_id and s.status = 'installed'
    where w.due_at <= $1 and (w.lease_until is null or w.lease_until < clock_timestamp())
    order by w.due_at limit 16 for update of w skip locked) due
  where g.shop_id = due.shop_id and g.id = due.id
  returning g.shop_id, g.id, due.domain, g.customer_id, g.present, g.currency, g.order_id, g.attempts`;

const RENEW = renewalOf('gesture');

interface Claimed {
  shop_id: bigint;
  id: string;
  domain: string;
  customer_id: string;
  present: Present;
  currency: string;
  order_id: bigint | null;
  attempts: number;
}

export interface CarryOutDeps {
  db: Db;
  shopify: GesturesAtShopify;
}

export function makeCarryOutLoop({ db, shopify }: CarryOutDeps): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      claim: (seconds: number) => db.sqlAcrossShops<Claimed>(CLAIM, [now, seconds]),
      renew: (rows: Claimed[], seconds: number) =>
        db.sqlAcrossShops(RENEW, [rows.map((row) => row.shop_id), rows.map(({ id }) => id), seconds]),
    };
    return workUnderLease(lease, async (row) => {
      const tried = await attempt(shopify, row);
      await db.acrossShops((tx) => settle(tx, row, tried, now));
    });
  };
}

type Tried = { outcome: 'done' } | { outcome: 'missed'; why: string } | { outcome: 'later'; seconds: number };

async function attempt(
  shopify: GesturesAtShopify,
  { domain, present, order_id: orderId }: Claimed,
): Promise<Tried> {
  if (present.kind === 'gift') {
    const asked = await shopify.stockOf(domain, present.productId);
    if (asked.outcome === 'ok')
      return asked.inStock ? { outcome: 'done' } : { outcome: 'missed', why: 'out-of-stock' };
    return asked.outcome === 'later' ? asked : { outcome: 'missed', why: asked.reason };
  }
  if (present.kind !== 'shipping' || orderId === null) return { outcome: 'missed', why: 'no-open-order' };
  const asked = await shopify.tagOrder(domain, orderId, present.tag);
  if (asked.outcome === 'ok') return { outcome: 'done' };
  return asked.outcome === 'later' ? asked : { outcome: 'missed', why: asked.reason };
}

const LATER = `
  update gesture set due_at = $3, lease_until = null where shop_id = $1 and id = $2 and state = 'waiting'`;

async function settle(tx: SqlTx, row: Claimed, tried: Tried, now: Date): Promise<void> {
  const of = { shopId: row.shop_id, id: row.id };
  const missed = (trouble: string) =>
    takeBack(tx, { ...of, as: 'missed', trouble: trouble.slice(0, 80), by: 'shopify' }, now);
  switch (tried.outcome) {
    case 'missed':
      await missed(tried.why);
      return;
    case 'later': {
      const seconds = nextTry(row.attempts);
      if (seconds === null) await missed('gave-up');
      else
        await tx.sql(LATER, [
          of.shopId,
          of.id,
          new Date(now.getTime() + Math.max(seconds, tried.seconds) * 1000),
        ]);
      return;
    }
    case 'done':
      // Who was erased meanwhile has taken it back: then there is nothing left to give.
      if (await finish(tx, { ...of, from: 'waiting', by: 'shopify' }, now)) {
        const giving = { present: row.present, currency: row.currency };
        await presentIn(tx, { ...of, customerId: row.customer_id, giving }, now);
      }
  }
}
