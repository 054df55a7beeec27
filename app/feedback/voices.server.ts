/** What was said in answers, in the words of those who said it: for whoever answers them. */
import type { SqlTx } from '../db.server.ts';

/** Up to this score it is worth a word even without a comment. */
const LOW_SCORE = 2;

export interface SaidAnswer {
  shopId: bigint;
  id: string;
  /** Null while nobody has proven whose it is. */
  customerId: string | null;
  orderId: bigint | null;
  /** Where the order has one product only. */
  productId: bigint | null;
  score: number | null;
  comment: string | null;
  locale: string | null;
  at: Date;
}

/** A claim that nobody has proven says neither who nor about which order. */
const ANSWERS = `
  select a.shop_id as "shopId", a.id, case when a.verified_at is not null then a.customer_id end as "customerId",
    case when a.verified_at is not null then a.order_id end as "orderId", a.score, a.comment, a.locale, a.at,
    (select min(l.product_id) from order_line l where l.shop_id = a.shop_id and l.order_id = a.order_id
      and a.verified_at is not null having count(distinct l.product_id) = 1) as "productId"
  from answer a join (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, id)) t on a.shop_id = t.shop_id and a.id = t.id
  left join orders o on o.shop_id = a.shop_id and o.id = a.order_id
  where (a.comment is not null or a.score <= ${LOW_SCORE}) and not coalesce(o.test, false)
  order by a.at, a.id`;

/** Of these answers, those that want one: with a comment, or a low score. Test orders are nobody's. */
export const answersSaid = (
  tx: SqlTx,
  answers: readonly { shopId: bigint; answerId: string }[],
): Promise<SaidAnswer[]> =>
  tx.sql<SaidAnswer>(ANSWERS, [answers.map(({ shopId }) => shopId), answers.map(({ answerId }) => answerId)]);
