/** Saving what the buyer of an order says of its products and of the shop; written again, it is changed. */
import { cleanText } from '../clean-text.ts';
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import type { Shop } from '../shops/shop.ts';
import { readAttributes } from './attributes.ts';
import { recordDecisions } from './decisions.server.ts';
import { reviewForm, type Reviewable, type ReviewForm } from './form.server.ts';
import { judge } from './judge.ts';
import type { ReviewLink } from './links.ts';
import { changePictures } from './photos.server.ts';
import { PHOTOS_MAX } from './photos.ts';
import { countAgain } from './ratings.server.ts';
import { NAME_MAX, stateOf, TEXT_MAX, TITLE_MAX, type Found, type Moderated } from './review.ts';

export interface WrittenReview {
  /** Null: of the shop. */
  productId: bigint | null;
  stars: number;
  title?: string;
  text: string;
  attributes?: Record<string, number>;
  /** Ids of files that were sent in with it. */
  files?: readonly string[];
  /** Ids of pictures that are taken away. */
  without?: readonly string[];
}

export interface SavedReview {
  id: string;
  productId: bigint | null;
  isNew: boolean;
  state: Moderated;
}

export type WriteResult =
  | { outcome: 'saved'; reviews: SavedReview[] }
  | { outcome: 'refused'; problem: string }
  | { outcome: 'gone' };

/**
 * Saves reviews of what is on the order; all of them, or none when one is refused.
 * @param name as it is to be shown; empty: as the form offered it
 */
export async function writeReviews(
  tx: SqlTx,
  shop: Shop,
  link: ReviewLink,
  { reviews, name = '' }: { reviews: readonly WrittenReview[]; name?: string },
  now: Date,
): Promise<WriteResult> {
  const form = await reviewForm(tx, shop, link);
  if (!form) return { outcome: 'gone' };
  const signed = [...cleanText(name).replace(/\s+/g, ' ')].slice(0, NAME_MAX).join('') || form.name;
  const checked: { review: Checked; item: Reviewable }[] = [];
  for (const review of reviews) {
    const read = check(form, review);
    if (typeof read === 'string') return { outcome: 'refused', problem: read };
    checked.push(read);
  }
  const saved: SavedReview[] = [];
  for (const { review, item } of checked) {
    saved.push(await save(tx, { shop, link, form, signed }, review, item, now));
  }
  await countAgain(
    tx,
    saved.map(({ productId }) => ({ shopId: shop.id, productId })),
    now,
  );
  return { outcome: 'saved', reviews: saved };
}

interface Checked {
  productId: bigint | null;
  stars: number;
  title: string;
  text: string;
  attributes: Record<string, number>;
  files: readonly string[];
  without: readonly string[];
}

/** The review as it is kept, or what is wrong with it and where. */
function check(form: ReviewForm, given: WrittenReview): { review: Checked; item: Reviewable } | string {
  const { productId, stars } = given;
  const where = productId === null ? 'the shop' : `product ${productId}`;
  const item = form.items.find((each) => each.productId === productId);
  if (!item) return `${where} is not on the order`;
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return `stars of ${where}: 1 to 5`;
  const title = cleanText(given.title ?? '').replace(/\s*\n\s*/g, ' ');
  const text = cleanText(given.text);
  if ([...title].length > TITLE_MAX) return `title of ${where}: at most ${TITLE_MAX} characters`;
  if ([...text].length > TEXT_MAX) return `text of ${where}: at most ${TEXT_MAX} characters`;
  const attributes = readAttributes(item.attributes, given.attributes ?? {});
  if ('wrong' in attributes && typeof attributes['wrong'] === 'string')
    return `"${attributes['wrong'].slice(0, 40)}" of ${where}: not asked, or not 1 to 5`;
  const { files = [], without = [] } = given;
  const kept = item.written?.photos.filter(({ id }) => !without.includes(id)).length ?? 0;
  if (kept + files.length > PHOTOS_MAX) return `pictures of ${where}: at most ${PHOTOS_MAX}`;
  const said = { stars, title, text, attributes: attributes as Record<string, number> };
  return { review: { productId, ...said, files, without }, item };
}

const SAVE = `
  insert into review (shop_id, id, customer_id, order_id, product_id, stars, title, text, attributes, author_name, locale,
    country, verified, source, state, hold_reason, held_by, due_at, published_at, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13::boolean, $14, $15, $16, $17, $18,
    case when $15 = 'published' then $19::timestamptz end, $19)
  on conflict (shop_id, order_id, product_id, customer_id) where order_id is not null do update set
    stars = excluded.stars, title = excluded.title, text = excluded.text, attributes = excluded.attributes,
    author_name = excluded.author_name, locale = excluded.locale, state = excluded.state,
    hold_reason = excluded.hold_reason, held_by = excluded.held_by, due_at = excluded.due_at, edited_at = excluded.at,
    published_at = case when excluded.state = 'published' then coalesce(review.published_at, excluded.at) else review.published_at end
  returning id, xmax = 0 as is_new`;

interface Around {
  shop: Shop;
  link: ReviewLink;
  form: ReviewForm;
  signed: string | null;
}

async function save(
  tx: SqlTx,
  around: Around,
  review: Checked,
  item: Reviewable,
  now: Date,
): Promise<SavedReview> {
  const { shop, link, form, signed } = around;
  const before = item.written;
  if (before && isSame(before, review) && signed === form.name) {
    const state = { state: before.state, reason: before.reason, by: before.heldBy, dueAt: before.dueAt };
    return { id: before.id, productId: item.productId, isNew: false, state };
  }
  const found = foundIn(around, review, item);
  const was: Moderated | null = before && {
    state: before.state,
    reason: before.reason,
    by: before.heldBy,
    dueAt: before.dueAt,
  };
  const state = stateOf(was, found, shop.settings.reviews.holdHours, now);
  const [row] = await tx.sql<{ id: string; is_new: boolean }>(SAVE, [
    shop.id,
    newId(now),
    form.customerId,
    link.orderId,
    review.productId,
    review.stars,
    review.title || null,
    review.text || null,
    review.attributes,
    signed,
    form.reader.locale,
    form.country,
    !form.isTest,
    form.isTest ? 'test' : 'link',
    state.state,
    state.reason,
    state.by,
    state.dueAt,
    now,
  ]);
  const saved = { id: row!.id, productId: review.productId, isNew: row!.is_new, state };
  const own = { shopId: shop.id, id: saved.id, customerId: form.customerId };
  await changePictures(tx, own, { add: review.files, remove: review.without }, now);
  await tell(tx, around, saved, { review, item, was }, now);
  return saved;
}

const isSame = (before: NonNullable<Reviewable['written']>, after: Checked) =>
  before.stars === after.stars &&
  (before.title ?? '') === after.title &&
  (before.text ?? '') === after.text &&
  after.files.length + after.without.length === 0 &&
  Object.keys(before.attributes).length === Object.keys(after.attributes).length &&
  Object.entries(before.attributes).every(([key, value]) => after.attributes[key] === value);

function foundIn({ form, signed }: Around, { title, text }: Checked, item: Reviewable): Found | null {
  const others = form.items.filter(({ productId }) => productId !== null && productId !== item.productId);
  return judge({
    texts: [title, text, signed],
    locale: form.reader.locale,
    country: form.country,
    product: item.productId === null ? '' : item.title,
    others: others.map((other) => other.title),
  });
}

/** Events and the timeline tell of new reviews; decisions of every change of state. */
async function tell(
  tx: SqlTx,
  { shop, form: { customerId }, link: { orderId } }: Around,
  { id, productId, isNew, state }: SavedReview,
  { review: { stars }, item, was }: { review: Checked; item: Reviewable; was: Moderated | null },
  now: Date,
): Promise<void> {
  if (state.state !== (was?.state ?? 'published') && state.state !== 'hidden') {
    const action = state.state;
    const by = action === 'held' ? 'rule' : 'author';
    await recordDecisions(
      tx,
      [{ shopId: shop.id, subject: 'review', subjectId: id, action, reason: state.reason, by }],
      now,
    );
  }
  if (!isNew) return;
  const base = { shopId: shop.id, customerId, orderId, at: now };
  const data = { reviewId: id, productId: String(productId ?? ''), stars };
  await recordEvents(tx, [{ ...base, kind: 'review.written', data }], now);
  const line = { kind: 'answer', code: 'review-written', data: { ...data, product: item.title } } as const;
  await addTimeline(tx, [{ ...base, ...line }], now);
}
