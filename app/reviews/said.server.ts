/** What was said in reviews and questions, in the words of those who said it: for whoever answers them. */
import type { SqlTx } from '../db.server.ts';

export interface SaidReview {
  shopId: bigint;
  id: string;
  customerId: string | null;
  orderId: bigint | null;
  /** Null: of the shop itself. */
  productId: bigint | null;
  stars: number;
  text: string | null;
  locale: string | null;
  at: Date;
}

const REVIEWS = `
  select r.shop_id as "shopId", r.id, r.customer_id as "customerId", r.order_id as "orderId",
    r.product_id as "productId", r.stars, r.text, r.locale, r.at
  from review r join (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, id)) t on r.shop_id = t.shop_id and r.id = t.id
  order by r.at, r.id`;

export const reviewsSaid = (
  tx: SqlTx,
  reviews: readonly { shopId: bigint; reviewId: string }[],
): Promise<SaidReview[]> =>
  tx.sql<SaidReview>(REVIEWS, [reviews.map(({ shopId }) => shopId), reviews.map(({ reviewId }) => reviewId)]);

export interface SaidQuestion {
  shopId: bigint;
  id: string;
  customerId: string | null;
  productId: bigint;
  name: string | null;
  text: string | null;
  locale: string | null;
  at: Date;
}

const QUESTIONS = `
  select q.shop_id as "shopId", q.id, q.customer_id as "customerId", q.product_id as "productId", q.author_name as name,
    q.text, q.locale, q.at
  from product_question q join (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, id)) t
    on q.shop_id = t.shop_id and q.id = t.id
  order by q.at, q.id`;

export const questionsSaid = (
  tx: SqlTx,
  questions: readonly { shopId: bigint; questionId: string }[],
): Promise<SaidQuestion[]> =>
  tx.sql<SaidQuestion>(QUESTIONS, [
    questions.map(({ shopId }) => shopId),
    questions.map(({ questionId }) => questionId),
  ]);
