/** Asking: anybody may, without proving who they are. What rules find something in waits for its clock, as reviews do. */
import { addTimeline, customerByShopifyId } from '../../customers/customers.server.ts';
import type { SqlTx } from '../../db.server.ts';
import { recordEvents } from '../../events.server.ts';
import { newId } from '../../ids.ts';
import type { Shop } from '../../shops/shop.ts';
import { recordDecisions } from '../decisions.server.ts';
import { judge } from '../judge.ts';
import { shownName, stateOf, type Moderated, type ReviewState } from '../review.ts';
import { A_DAY, readQuestion, type QuestionProblem, type SentQuestion } from './question.ts';

export interface Asking extends SentQuestion {
  productId: bigint;
  /** Who is logged in at the shop, as Shopify has signed it; null: nobody. */
  shopifyCustomerId: bigint | null;
  /** BCP 47 */
  locale: string | null;
}

/** `ignored`: a machine; it is told the same as people. `again`: the same words were asked before. */
export type AskResult =
  | { outcome: 'asked' | 'again'; id: string; state: ReviewState }
  | { outcome: 'ignored' }
  | { outcome: 'refused'; problem: QuestionProblem }
  | { outcome: 'no-product' };

const PRODUCT = `select title from product where shop_id = $1 and id = $2`;
const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))::text`;

const SAME = `
  select id, state from product_question
  where shop_id = $1 and product_id = $2 and at > $4::timestamptz - interval '1 day' and lower(text) = lower($3) limit 1`;

const TODAY = `
  select count(*) filter (where customer_id = $3::uuid or lower(email) = lower($4))::int as mine,
    count(*) filter (where customer_id is null and product_id = $2)::int as strangers
  from product_question where shop_id = $1 and at > $5::timestamptz - interval '1 day'`;

const SAVE = `
  insert into product_question (shop_id, id, product_id, customer_id, author_name, email, text, locale, state, hold_reason,
    held_by, due_at, at, published_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz, case when $9 = 'published' then $13::timestamptz end)`;

/** Saves a question, in the caller's transaction. Shown at once unless a rule has found a reason. */
export async function askQuestion(tx: SqlTx, shop: Shop, asking: Asking, now: Date): Promise<AskResult> {
  const read = readQuestion(asking);
  if ('problem' in read)
    return read.problem === 'trap' ? { outcome: 'ignored' } : { outcome: 'refused', problem: read.problem };
  const { productId, locale } = asking;
  const [product] = await tx.sql<{ title: string }>(PRODUCT, [shop.id, productId]);
  if (!product) return { outcome: 'no-product' };
  // Pressed twice at once, it is one question, and limits hold.
  await tx.sql(LOCK, [`question:${shop.id}:${productId}`]);
  const [same] = await tx.sql<{ id: string; state: ReviewState }>(SAME, [shop.id, productId, read.text, now]);
  if (same) return { outcome: 'again', ...same };
  const customer = asking.shopifyCustomerId
    ? await customerByShopifyId(tx, shop.id, asking.shopifyCustomerId)
    : null;
  const customerId = customer && !customer.erasedAt ? customer.id : null;
  const [today] = await tx.sql<{ mine: number; strangers: number }>(TODAY, [
    shop.id,
    productId,
    customerId,
    read.email,
    now,
  ]);
  if (today!.mine >= A_DAY.person || (!customerId && today!.strangers >= A_DAY.product))
    return { outcome: 'refused', problem: 'too-many' };
  const name = read.name ?? (customer ? shownName(customer.firstName, customer.lastName) : null);
  const country = customer?.country ?? null;
  const found = judge({ texts: [read.text, name], locale, country });
  const state = stateOf(null, found, shop.settings.reviews.holdHours, now);
  const id = newId(now);
  const { reason, by, dueAt } = state;
  await tx.sql(SAVE, [
    shop.id,
    id,
    productId,
    customerId,
    name,
    read.email,
    read.text,
    locale,
    state.state,
    reason,
    by,
    dueAt,
    now,
  ]);
  const asked = { shopId: shop.id, id, customerId, productId, product: product.title };
  await tell(tx, asked, state, now);
  return { outcome: 'asked', id, state: state.state };
}

interface Asked {
  shopId: bigint;
  id: string;
  customerId: string | null;
  productId: bigint;
  product: string;
}

async function tell(tx: SqlTx, asked: Asked, { state, reason }: Moderated, now: Date): Promise<void> {
  const { shopId, id, customerId, productId, product } = asked;
  if (state === 'held')
    await recordDecisions(
      tx,
      [{ shopId, subject: 'question', subjectId: id, action: 'held', reason, by: 'rule' }],
      now,
    );
  const base = { shopId, customerId, at: now };
  const data = { questionId: id, productId: String(productId) };
  await recordEvents(tx, [{ ...base, kind: 'question.asked', data }], now);
  if (!customerId) return;
  const line = { kind: 'answer', code: 'question-asked', data: { ...data, product } } as const;
  await addTimeline(tx, [{ ...base, ...line, customerId }], now);
}
