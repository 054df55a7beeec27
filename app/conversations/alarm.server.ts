/** The product alarm: one complaint too often about one product pauses what is asked about it, until somebody has looked. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import type { PromisingShop } from './settings.server.ts';

/** Complaints, each person's once; suggested by a rule or put by hand. */
const COUNT = `
  select c.product_id as "productId", g.tag, count(distinct coalesce(c.customer_id, c.id))::int as count
  from conversation c
  join conversation_tag g on g.shop_id = c.shop_id and g.conversation_id = c.id
  join tag t on t.shop_id = g.shop_id and t.code = g.tag and t.complaint
  where c.shop_id = $1 and c.product_id = any($2::bigint[]) and c.state <> 'merged' and g.at > $3 and not exists (
    select 1 from product_alarm a where a.shop_id = c.shop_id and a.product_id = c.product_id and a.tag = g.tag
      and (a.ended_at is null or a.ended_at > g.at))
  group by c.product_id, g.tag having count(distinct coalesce(c.customer_id, c.id)) >= $4`;

const RAISE = `
  insert into product_alarm (shop_id, id, product_id, tag, count, raised_at) values ($1, $2, $3, $4, $5, $6)`;

/** @param products that something was said or tagged about just now */
export async function ringAlarms(
  tx: SqlTx,
  { shop, settings }: PromisingShop,
  products: readonly bigint[],
  now: Date,
): Promise<void> {
  if (!settings.alarm.on || products.length === 0) return;
  const since = new Date(now.getTime() - settings.alarm.days * 86_400_000);
  const lock = `select pg_advisory_xact_lock(hashtextextended('alarm:' || $1, 0))::text`;
  await tx.sql(lock, [String(shop.id)]);
  const rows = await tx.sql<{ productId: bigint; tag: string; count: number }>(COUNT, [
    shop.id,
    [...new Set(products)],
    since,
    settings.alarm.count,
  ]);
  for (const { productId, tag, count } of rows) {
    await tx.sql(RAISE, [shop.id, newId(now), productId, tag, count, now]);
    const data = { productId: String(productId), tag };
    await recordEvents(tx, [{ shopId: shop.id, kind: 'product.alarm', data, at: now }], now);
  }
}

export interface Alarm {
  id: string;
  productId: bigint;
  product: string | null;
  tag: string;
  tagName: string;
  count: number;
  raisedAt: Date;
}

const RINGING = `
  select a.id, a.product_id as "productId", p.title as product, a.tag, coalesce(t.name, a.tag) as "tagName", a.count,
    a.raised_at as "raisedAt"
  from product_alarm a left join product p on p.shop_id = a.shop_id and p.id = a.product_id
  left join tag t on t.shop_id = a.shop_id and t.code = a.tag
  where a.shop_id = $1 and a.ended_at is null order by a.raised_at desc, a.id limit 50`;

/** Alarms that nobody has ended. */
export const ringingAlarms = (tx: SqlTx, shopId: bigint): Promise<Alarm[]> =>
  tx.sql<Alarm>(RINGING, [shopId]);

/** Somebody has seen to it: asks about the product go on. @returns whether it rang */
export async function endAlarm(
  tx: SqlTx,
  shopId: bigint,
  { id, by }: { id: string; by: string },
  now: Date,
): Promise<boolean> {
  const rows = await tx.sql(
    `update product_alarm set ended_at = $3, ended_by = $4 where shop_id = $1 and id = $2 and ended_at is null returning id`,
    [shopId, id, now, by],
  );
  return rows.length > 0;
}
