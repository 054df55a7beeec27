/** A code begins with a name: where its customer is erased, it is renamed wherever it stands here. */
import type { SqlTx } from '../db.server.ts';

/**
 * Codes that are promised but stand nowhere yet are renamed too; both are revoked by the erasure itself. Orders have them as
 * their buyers typed them: in any case; also those that make no referral, because nobody has paid them or they are tests.
 */
const RENAME = `
  with gone as (
    select code, 'GONE-' || upper(replace(gen_random_uuid()::text, '-', '')) as blank from referral_code
    where shop_id = $1 and customer_id = any($2::uuid[])
  ), codes as (
    update referral_code c set code = gone.blank from gone where c.shop_id = $1 and c.code = gone.code
  ), visits as (
    update referral_visit v set code = gone.blank from gone where v.shop_id = $1 and v.code = gone.code
  ), links as (
    delete from order_link l using gone where l.shop_id = $1 and l.code = gone.code
  ), events as (
    update event e set data = jsonb_set(e.data, '{code}', to_jsonb(gone.blank)) from gone
    where e.shop_id = $1 and e.customer_id = any($2::uuid[]) and e.data ->> 'code' = gone.code
  ), also as (
    update referral r set also = array_replace(r.also, gone.code, gone.blank) from gone
    where r.shop_id = $1 and r.also @> array[gone.code] and r.code <> gone.code
  ), referrals as (
    update referral r set code = gone.blank, also = array_replace(r.also, gone.code, gone.blank) from gone
    where r.shop_id = $1 and r.code = gone.code returning r.order_id, gone.code, gone.blank
  ), named as (
    select * from referrals union
    select o.id, gone.code, gone.blank from orders o cross join unnest(o.discount_codes) as each(code)
    join gone on upper(each.code) = gone.code where o.shop_id = $1
  ), told as (
    update event e set data = regexp_replace(e.data::text, r.code, r.blank, 'gi')::jsonb from named r
    where e.shop_id = $1 and e.order_id = r.order_id and e.kind = 'order.paid'
  ), lines as (
    update timeline_entry t set data = jsonb_set(t.data, '{code}', to_jsonb(r.blank)) from named r
    join orders o on o.shop_id = $1 and o.id = r.order_id
    where t.shop_id = $1 and t.customer_id = o.customer_id and t.order_id = r.order_id and t.data ->> 'code' = r.code
  )
  update orders o set invited_by = null, discount_codes = array(
    select case when upper(each.code) = r.code then r.blank else each.code end
    from unnest(o.discount_codes) with ordinality as each(code, place) order by each.place)
  from named r where o.shop_id = $1 and o.id = r.order_id`;

/** In the transaction that erases them, while it is still known whose codes they are. */
export async function forgetCodes(tx: SqlTx, shopId: bigint, customerIds: readonly string[]): Promise<void> {
  await tx.sql(RENAME, [shopId, customerIds]);
}
