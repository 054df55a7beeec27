/** Stars in sum, by product: what the page of a product and Shopify are told. Counted anew from what is shown. */
import type { ShopTx, SqlTx } from '../db.server.ts';

/** Product 0 stands for the shop. */
const TOUCH = `
  with touched as (select distinct shop_id, product_id from unnest($1::bigint[], $2::bigint[]) as t(shop_id, product_id))
  insert into product_rating (shop_id, product_id, count, stars, due_at)
  select t.shop_id, t.product_id, count(r.id), coalesce(sum(r.stars), 0), case when t.product_id <> 0 then $3::timestamptz end
  from touched t
  left join review r on r.shop_id = t.shop_id and r.state = 'published' and r.source <> 'test'
    and (r.product_id = t.product_id or (t.product_id = 0 and r.product_id is null))
  group by t.shop_id, t.product_id order by t.shop_id, t.product_id
  on conflict (shop_id, product_id) do update
    set count = excluded.count, stars = excluded.stars, due_at = excluded.due_at, attempts = 0, reason = null
    where (product_rating.count, product_rating.stars) is distinct from (excluded.count, excluded.stars)`;

/** Counts these products again, in the transaction that changed what is shown of them. */
export async function countAgain(
  tx: SqlTx,
  products: readonly { shopId: bigint; productId: bigint | null }[],
  now: Date,
): Promise<void> {
  if (products.length === 0) return;
  await tx.sql(TOUCH, [
    products.map(({ shopId }) => shopId),
    products.map(({ productId }) => productId ?? 0n),
    now,
  ]);
}

const TELL_AGAIN = `
  update product_rating set due_at = $2, attempts = 0, reason = null where shop_id = $1 and product_id <> 0`;

/** Shopify is told of all of them: it has allowed it only now. */
export const tellAgain = async (tx: ShopTx, now: Date): Promise<void> =>
  void (await tx.sql(TELL_AGAIN, [tx.shopId, now]));
