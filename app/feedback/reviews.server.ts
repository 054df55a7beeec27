/** Reviews of products: one a product of an order, by the customer who bought it; written again, it is changed. */
import { addTimeline, customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import { clockOf } from '../products/products.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { ReviewLink } from './links.ts';
import { cleanText } from './said.ts';
import type { Reader } from './survey-view.ts';

const REVIEW_MAX = 4000;

/** A product of the order, with what was written of it before. */
export interface Reviewable {
  productId: bigint;
  title: string;
  imageUrl: string | null;
  stars: number | null;
  text: string | null;
}

const WRITTEN = `
  select product_id, stars, text from review where shop_id = $1 and order_id = $2 and customer_id = $3`;

/** What may be reviewed by this link, the product of the mail first; null when the customer or the order is gone. */
export async function reviewPage(
  tx: SqlTx,
  shop: Shop,
  link: ReviewLink,
): Promise<{ reader: Reader; products: Reviewable[] } | null> {
  const found = await customersByIds(tx, [{ shopId: shop.id, id: link.customerId }]);
  const customer = found.get(link.customerId);
  const orders = await ordersByIds(tx, [{ shopId: shop.id, id: link.orderId }]);
  const order = orders.get(`${shop.id}:${link.orderId}`);
  if (!customer || customer.erasedAt || !order || order.cancelledAt || order.deletedAt) return null;
  const titles = new Map(
    order.lines.flatMap((line) => (line.productId ? [[line.productId, line.title]] : [])),
  );
  const ids = [...titles.keys()].sort((a, b) => Number(b === link.productId) - Number(a === link.productId));
  const clocks = await clockOf(
    tx,
    ids.map((id) => ({ shopId: shop.id, id })),
  );
  const values = [shop.id, link.orderId, customer.id];
  const rows = await tx.sql<{ product_id: bigint; stars: number; text: string | null }>(WRITTEN, values);
  const written = new Map(rows.map((row) => [row.product_id, row]));
  const products = ids.map((productId) => ({
    productId,
    title: clocks.get(productId)?.title || titles.get(productId)!,
    imageUrl: clocks.get(productId)?.imageUrl ?? null,
    stars: written.get(productId)?.stars ?? null,
    text: written.get(productId)?.text ?? null,
  }));
  return { reader: { locale: customer.locale, shopLocale: shop.locale }, products };
}

export interface WrittenReview {
  productId: bigint;
  stars: number;
  text: string;
}

const SAVE = `
  insert into review (shop_id, id, customer_id, order_id, product_id, stars, text, locale, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (shop_id, order_id, product_id, customer_id)
    do update set stars = excluded.stars, text = excluded.text, locale = excluded.locale, at = excluded.at
    where (review.stars, review.text) is distinct from (excluded.stars, excluded.text)
  returning id, xmax = 0 as is_new`;

/** Saves reviews of products that are on the order; others are refused by name. */
export async function writeReviews(
  tx: SqlTx,
  shop: Shop,
  link: ReviewLink,
  reviews: readonly WrittenReview[],
  now: Date,
): Promise<{ outcome: 'saved' } | { outcome: 'refused'; problem: string } | { outcome: 'gone' }> {
  const page = await reviewPage(tx, shop, link);
  if (!page) return { outcome: 'gone' };
  for (const { productId, stars, text } of reviews) {
    if (!page.products.some((product) => product.productId === productId))
      return { outcome: 'refused', problem: `product ${productId} is not on the order` };
    if (!Number.isInteger(stars) || stars < 1 || stars > 5)
      return { outcome: 'refused', problem: `stars of product ${productId}: 1 to 5` };
    if ([...cleanText(text)].length > REVIEW_MAX)
      return {
        outcome: 'refused',
        problem: `text of product ${productId}: at most ${REVIEW_MAX} characters`,
      };
  }
  for (const review of reviews) {
    const product = page.products.find(({ productId }) => productId === review.productId)!;
    await save(tx, link, { ...review, text: cleanText(review.text) }, { product, reader: page.reader }, now);
  }
  return { outcome: 'saved' };
}

async function save(
  tx: SqlTx,
  { shopId, customerId, orderId }: ReviewLink,
  { productId, stars, text }: WrittenReview,
  { product, reader }: { product: Reviewable; reader: Reader },
  now: Date,
): Promise<void> {
  const values = [
    shopId,
    newId(now),
    customerId,
    orderId,
    productId,
    stars,
    text || null,
    reader.locale,
    now,
  ];
  const [row] = await tx.sql<{ id: string; is_new: boolean }>(SAVE, values);
  if (!row?.is_new) return;
  const data = { reviewId: row.id, productId: String(productId), stars };
  const base = { shopId, customerId, orderId, at: now };
  await recordEvents(tx, [{ ...base, kind: 'review.written', data }], now);
  const line = { kind: 'answer', code: 'review-written', data: { ...data, product: product.title } } as const;
  await addTimeline(tx, [{ ...base, ...line }], now);
}
