/** Answering a question in public: the shop, and whoever has bought the product. */
import { addTimeline, customersByIds } from '../../customers/customers.server.ts';
import type { SqlTx } from '../../db.server.ts';
import { newId } from '../../ids.ts';
import type { Shop } from '../../shops/shop.ts';
import { recordDecisions } from '../decisions.server.ts';
import { judge } from '../judge.ts';
import { shownName, stateOf, type Moderated, type ReviewState } from '../review.ts';
import { isTold, readAnswer, type QuestionProblem } from './question.ts';

export type AnswerResult =
  | { outcome: 'answered'; id: string; state: ReviewState }
  | { outcome: 'refused'; problem: QuestionProblem }
  | { outcome: 'not-theirs' }
  | { outcome: 'gone' };

interface Asked {
  id: string;
  productId: bigint;
  customerId: string | null;
  hasEmail: boolean;
  locale: string | null;
  product: string | null;
  before: number;
}

const ASKED = `
  select q.id, q.product_id as "productId", q.customer_id as "customerId", q.email is not null as "hasEmail", q.locale,
    p.title as product,
    (select count(*)::int from question_answer a where a.shop_id = q.shop_id and a.question_id = q.id and a.by = $3
      and a.tell_state <> 'none') as before
  from product_question q left join product p on p.shop_id = q.shop_id and p.id = q.product_id
  where q.shop_id = $1 and q.id = $2::uuid and q.text is not null for update of q`;

const SAVE = `
  insert into question_answer (shop_id, id, question_id, customer_id, by, author_name, text, locale, state, hold_reason,
    held_by, due_at, at, published_at, tell_due_at, tell_state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz,
    case when $9 = 'published' then $13::timestamptz end, $14, case when $14::timestamptz is null then 'none' else 'waiting' end)`;

/**
 * The shop's answer, shown at once.
 * @param answer whose `id` makes it one: given twice, it is there once
 */
export async function answerAsShop(
  tx: SqlTx,
  shopId: bigint,
  answer: { questionId: string; id: string; text: string },
  now: Date,
): Promise<AnswerResult> {
  const text = readAnswer(answer.text);
  if (typeof text !== 'string') return { outcome: 'refused', ...text };
  const [asked] = await tx.sql<Asked>(ASKED, [shopId, answer.questionId, 'merchant']);
  if (!asked) return { outcome: 'gone' };
  const known = await tx.sql('select 1 from question_answer where shop_id = $1 and id = $2', [
    shopId,
    answer.id,
  ]);
  if (known.length > 0) return { outcome: 'answered', id: answer.id, state: 'published' };
  const tellDueAt = asked.hasEmail && isTold('merchant', asked.before) ? now : null;
  await tx.sql(SAVE, [
    shopId,
    answer.id,
    asked.id,
    null,
    'merchant',
    null,
    text,
    null,
    'published',
    null,
    null,
    null,
    now,
    tellDueAt,
  ]);
  await tellAsker(tx, shopId, asked, now);
  return { outcome: 'answered', id: answer.id, state: 'published' };
}

async function tellAsker(tx: SqlTx, shopId: bigint, asked: Asked, now: Date): Promise<void> {
  const { customerId, id, productId, product } = asked;
  if (!customerId) return;
  const data = { questionId: id, productId: String(productId), product: product ?? '' };
  await addTimeline(
    tx,
    [{ shopId, customerId, at: now, kind: 'answer', code: 'question-answered', data }],
    now,
  );
}

/** Paid for, not cancelled, not a test, and not all of it taken back. */
const BOUGHT = `
  select 1 from orders o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
  where o.shop_id = $1 and o.customer_id = $2::uuid and l.product_id = $3 and l.current_quantity > 0
    and o.paid_at is not null and o.cancelled_at is null and o.deleted_at is null and not o.test limit 1`;

/** Whether somebody owns the product, as far as the shop's orders say. */
export const hasBought = async (
  tx: SqlTx,
  owner: { shopId: bigint; customerId: string; productId: bigint },
): Promise<boolean> => (await tx.sql(BOUGHT, [owner.shopId, owner.customerId, owner.productId])).length > 0;

const MINE = `
  select id, state, hold_reason as reason, held_by as by, due_at as "dueAt", text from question_answer
  where shop_id = $1 and question_id = $2 and customer_id = $3 and by = 'buyer'`;
const CHANGE = `
  update question_answer set text = $3, author_name = $4, locale = $5, state = $6, hold_reason = $7, held_by = $8,
    due_at = $9, published_at = case when $6 = 'published' then coalesce(published_at, $10::timestamptz) else published_at end
  where shop_id = $1 and id = $2`;

/** An answer of somebody who has bought the product; given again, it is changed. Rules look at it as at reviews. */
export async function answerAsOwner(
  tx: SqlTx,
  shop: Shop,
  given: { questionId: string; customerId: string; text: string },
  now: Date,
): Promise<AnswerResult> {
  const text = readAnswer(given.text);
  if (typeof text !== 'string') return { outcome: 'refused', ...text };
  const [asked] = await tx.sql<Asked>(ASKED, [shop.id, given.questionId, 'buyer']);
  if (!asked) return { outcome: 'gone' };
  const owner = { shopId: shop.id, customerId: given.customerId, productId: asked.productId };
  const people = await customersByIds(tx, [{ shopId: shop.id, id: given.customerId }]);
  const customer = people.get(given.customerId);
  if (!customer || customer.erasedAt || !(await hasBought(tx, owner))) return { outcome: 'not-theirs' };
  const name = shownName(customer.firstName, customer.lastName);
  const [mine] = await tx.sql<Moderated & { id: string; text: string }>(MINE, [
    shop.id,
    asked.id,
    customer.id,
  ]);
  if (mine?.text === text) return { outcome: 'answered', id: mine.id, state: mine.state };
  const found = judge({ texts: [text, name], locale: customer.locale, country: customer.country });
  const state = stateOf(mine ?? null, found, shop.settings.reviews.holdHours, now);
  const { reason, by, dueAt } = state;
  const id = mine?.id ?? newId(now);
  if (mine)
    await tx.sql(CHANGE, [shop.id, id, text, name, customer.locale, state.state, reason, by, dueAt, now]);
  else {
    const isOther = asked.customerId !== customer.id;
    const tellDueAt = asked.hasEmail && isOther && isTold('buyer', asked.before) ? (dueAt ?? now) : null;
    await tx.sql(SAVE, [
      shop.id,
      id,
      asked.id,
      customer.id,
      'buyer',
      name,
      text,
      customer.locale,
      state.state,
      reason,
      by,
      dueAt,
      now,
      tellDueAt,
    ]);
    const { productId, product } = asked;
    const data = { questionId: asked.id, productId: String(productId), product: product ?? '' };
    const line = { kind: 'answer', code: 'question-helped', data } as const;
    await addTimeline(tx, [{ shopId: shop.id, customerId: customer.id, at: now, ...line }], now);
  }
  if (state.state === 'held')
    await recordDecisions(
      tx,
      [{ shopId: shop.id, subject: 'answer', subjectId: id, action: 'held', reason, by: 'rule' }],
      now,
    );
  return { outcome: 'answered', id, state: state.state };
}
