/** Reviews as the staff read them: a page of cards, what needs a decision, and all of them as CSV. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf, type Cell } from '../shops/csv.ts';
import { fileUrl, type FilesOrigin } from '../files/file.ts';
import { picturesOf } from './photos.server.ts';
import type { HoldReason, ReviewState } from './review.ts';

export interface ReviewCard {
  id: string;
  at: Date;
  stars: number;
  title: string | null;
  text: string | null;
  author: string | null;
  attributes: Record<string, number>;
  /** Null: of the shop. */
  productId: bigint | null;
  product: string | null;
  customerId: string | null;
  customerName: string | null;
  email: string | null;
  orderId: bigint | null;
  orderName: string | null;
  verified: boolean;
  source: string;
  locale: string | null;
  country: string | null;
  state: ReviewState;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: Date | null;
  publishedAt: Date | null;
  editedAt: Date | null;
  reply: string | null;
  replyAt: Date | null;
  /** Where another app had them; empty texts for those that their authors have sent in. */
  photos: string[];
}

export interface ReviewAsk {
  shopId: bigint;
  state?: ReviewState | null;
  /** 1…5 */
  stars?: number | null;
  productId?: bigint | null;
  customerId?: string | null;
  /** Words of the title, the text or the name. */
  text?: string;
  onlyUnanswered?: boolean;
  before?: string | null;
  limit?: number;
}

const LIST = `
  select r.id, r.at, r.stars::int as stars, r.title, r.text, r.author_name as author, r.attributes, r.product_id as "productId",
    coalesce(nullif(p.title, ''), (select l.title from order_line l where l.shop_id = r.shop_id and l.product_id = r.product_id limit 1)) as product,
    r.customer_id as "customerId", coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName",
    c.email, r.order_id as "orderId", o.name as "orderName", r.verified, r.source, r.locale, r.country, r.state,
    r.hold_reason as reason, r.held_by as "heldBy", r.due_at as "dueAt", r.published_at as "publishedAt",
    r.edited_at as "editedAt", r.reply, r.reply_at as "replyAt",
    array(select coalesce(f.source_url, '') from review_photo f where f.shop_id = r.shop_id and f.review_id = r.id order by f.position) as photos
  from review r
  left join product p on p.shop_id = r.shop_id and p.id = r.product_id
  left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  left join orders o on o.shop_id = r.shop_id and o.id = r.order_id
  where r.shop_id = $1 and ($2::text is null or r.state = $2) and ($3::int is null or r.stars = $3)
    and ($4::bigint is null or r.product_id = $4) and ($5::uuid is null or r.customer_id = $5)
    and ($6 = '' or concat_ws(' ', r.title, r.text, r.author_name) ilike '%' || $6 || '%')
    and (not $7::boolean or r.reply is null)
    and ($8::timestamptz is null or (r.at, r.id) < ($8, $9::uuid))
  order by r.at desc, r.id desc limit $10::int`;

/** Newest first. */
export async function listReviews(
  tx: SqlTx,
  ask: ReviewAsk,
): Promise<{ reviews: ReviewCard[]; next: string | null }> {
  const limit = Math.min(ask.limit ?? 20, 1000);
  const before = readCursor(ask.before);
  const rows = await tx.sql<ReviewCard>(LIST, [
    ask.shopId,
    ask.state ?? null,
    ask.stars ?? null,
    ask.productId ?? null,
    ask.customerId ?? null,
    (ask.text ?? '').trim().replace(/[\\%_]/g, '\\$&'),
    ask.onlyUnanswered ?? false,
    before?.at ?? null,
    before?.id ?? null,
    limit + 1,
  ]);
  const reviews = rows.slice(0, limit);
  const last = reviews.at(-1);
  return { reviews, next: rows.length > limit && last ? cursorOf(last.at, last.id) : null };
}

const SUMMARY = `
  select count(*) filter (where state = 'published')::int as published, count(*) filter (where state = 'held')::int as held,
    count(*) filter (where state = 'hidden')::int as hidden, avg(stars) filter (where state = 'published')::float8 as stars,
    avg(stars) filter (where state = 'hidden')::float8 as "hiddenStars", min(due_at) as "nextDue",
    exists (select 1 from product_rating where shop_id = $1 and product_id <> 0 and reason = 'ACCESS_DENIED') as "isUntold"
  from review where shop_id = $1 and source <> 'test'`;

export interface ReviewSummary {
  published: number;
  held: number;
  hidden: number;
  /** Mean of what is shown, and of what was taken down: far apart, somebody hides what they do not like. */
  stars: number | null;
  hiddenStars: number | null;
  nextDue: Date | null;
  /** Shopify has not been told of stars, because the merchant has not allowed it: the blocks of the theme show none. */
  isUntold: boolean;
}

export async function reviewSummary(tx: SqlTx, shopId: bigint): Promise<ReviewSummary> {
  const [row] = await tx.sql<ReviewSummary>(SUMMARY, [shopId]);
  return row!;
}

/** Named so that the file can be brought back in, here and elsewhere. */
const HEAD = [
  'everafter_id',
  'review_date',
  'rating',
  'title',
  'body',
  'reviewer_name',
  'reviewer_email',
  'product_id',
  'product_title',
  'order',
  'verified',
  'state',
  'hold_reason',
  'attributes',
  'reply',
  'reply_date',
  'picture_urls',
  'locale',
  'country',
  'source',
];
const CSV_PAGE = 1000;

/** All of them as CSV, newest first, a page in a transaction each. */
export function reviewsCsv(
  db: Db,
  ask: Omit<ReviewAsk, 'before' | 'limit'>,
  origin: FilesOrigin,
): AsyncGenerator<string> {
  return csvOf(HEAD, (before) =>
    db.inShop(ask.shopId, async (tx) => {
      const { reviews, next } = await listReviews(tx, { ...ask, before, limit: CSV_PAGE });
      const ids = reviews.map(({ id }) => id);
      const pictures = await picturesOf(tx, ask.shopId, ids);
      const kept = (id: string) => (pictures.get(id) ?? []).map(({ file }) => fileUrl(origin, file, 1600));
      return { rows: reviews.map((review) => cellsOf(review, kept(review.id))), next };
    }),
  );
}

/** @param kept addresses of our own: what was brought from elsewhere is named by where it came from only while we have not */
function cellsOf(review: ReviewCard, kept: readonly string[]): Cell[] {
  const attributes = Object.entries(review.attributes)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
  return [
    review.id,
    review.at,
    review.stars,
    review.title,
    review.text,
    review.author,
    review.email,
    review.productId === null ? null : String(review.productId),
    review.product,
    review.orderName,
    review.verified ? 'yes' : 'no',
    review.state,
    review.reason,
    attributes,
    review.reply,
    review.replyAt,
    (kept.length > 0 ? kept : review.photos.filter(Boolean)).join(','),
    review.locale,
    review.country,
    review.source,
  ];
}
