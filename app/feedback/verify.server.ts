/** Answers that came before their order: tied to it when it arrives. */
import type { SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import { recordEvents } from '../events.server.ts';
import { announce } from './announcing.server.ts';
import { tieAskings } from './asking.server.ts';
import { lockKeys, lockSubjects, subjectName, type Proof } from './subject.server.ts';
import { toneOf, type Answers } from './survey.ts';
import { surveyAt } from './surveys.server.ts';
import { saidFor } from './survey-view.ts';

interface WaitingRow {
  shop_id: bigint;
  id: string;
  survey_id: string;
  survey_version: number;
  survey_key: string;
  order_id: bigint;
  customer_id: string | null;
  proof: Proof;
  shop_locale: string;
  score: number | null;
  answers: Answers;
  at: Date;
}

const WAITING = `
  with arrived as (select * from unnest($1::bigint[], $2::bigint[], $3::text[]) as t(shop_id, order_id, checkout_token))
  select a.shop_id, a.id, a.survey_id, a.survey_version, s.key as survey_key, o.order_id, a.customer_id, a.proof,
    a.score, a.answers, a.at, shop.locale as shop_locale
  from arrived o join shop on shop.id = o.shop_id
  join survey s on s.shop_id = o.shop_id
  join answer a on a.shop_id = o.shop_id and a.survey_id = s.id
    and a.subject in ('checkout:' || o.checkout_token, 'order:' || o.order_id)
  where a.verified_at is null
  for update of a`;

/** An answer keeps its old subject where the new one is taken: somebody has answered there already. */
const VERIFY = `
  update answer a set verified_at = $6, order_id = t.order_id, customer_id = t.customer_id, subject = t.subject
  from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[]) as t(shop_id, id, order_id, customer_id, subject)
  where a.shop_id = t.shop_id and a.id = t.id
    and (a.subject = t.subject or not exists (
      select 1 from answer b where b.shop_id = a.shop_id and b.survey_id = a.survey_id and b.subject = t.subject))
  returning a.shop_id, a.id`;

/** How far an answer and its order may lie apart when nothing but the order's number ties them. */
const FRESH_HOURS = 24;

/** Ties waiting answers to orders that have just become known. @returns how many */
export async function verifyAnswers(
  tx: SqlTx,
  arrived: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<number> {
  const refs = arrived.map(({ shopId, orderId }) => ({ shopId, id: orderId }));
  const orders = [...(await ordersByIds(tx, refs)).values()];
  if (orders.length === 0) return 0;
  await lockSubjects(
    tx,
    orders.flatMap((order) => lockKeys(order.shopId, order.id, order.checkoutToken)),
  );
  await tieAskings(tx, orders);
  const waiting = await tx.sql<WaitingRow>(WAITING, [
    orders.map((order) => order.shopId),
    orders.map((order) => order.id),
    orders.map((order) => order.checkoutToken),
  ]);
  const byId = new Map(orders.map((order) => [`${order.shopId}:${order.id}`, order]));
  const all = waiting.map((row) => ({ row, order: byId.get(`${row.shop_id}:${row.order_id}`)! }));
  for (const { row, order } of all) {
    if (row.proof === 'word' && isFresh(order, row.at)) await promiseCode(tx, row, order, now);
  }
  const pairs = all.filter(({ row, order }) => isTheirs(row, order));
  const verified = await markVerified(tx, pairs, now);
  for (const { row, order } of verified) await announceLate(tx, row, order, now);
  return verified.length;
}

type Pair = { row: WaitingRow; order: Order };

/** Whether the order that has come is the one that was meant, and theirs who answered: a mere number proves nothing. */
function isTheirs(row: WaitingRow, order: Order): boolean {
  if (order.test) return false;
  switch (row.proof) {
    case 'checkout':
    case 'mail':
      return true;
    case 'customer':
      return row.customer_id === null || row.customer_id === order.customerId;
    case 'word':
      return false;
  }
}

/** A good answer that nobody can prove to be theirs: the code goes by mail to whoever has ordered, and is shown to nobody. */
export async function promiseCode(
  tx: SqlTx,
  given: { id: string; score: number | null },
  { shopId, id: orderId, customerId, cancelledAt, test }: Order,
  now: Date,
): Promise<void> {
  if (toneOf(given.score) !== 'glad' || customerId === null || cancelledAt || test) return;
  const data = { answerId: given.id };
  await recordEvents(tx, [{ shopId, kind: 'code.promised', customerId, orderId, data, at: now }], now);
}

/** An order placed around a moment. */
export function isFresh(order: Pick<Order, 'placedAt'>, at: Date): boolean {
  return Math.abs(at.getTime() - order.placedAt.getTime()) <= FRESH_HOURS * 3_600_000;
}

async function markVerified(tx: SqlTx, pairs: readonly Pair[], now: Date): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const marked = await tx.sql<{ id: string }>(VERIFY, [
    pairs.map(({ row }) => row.shop_id),
    pairs.map(({ row }) => row.id),
    pairs.map(({ order }) => order.id),
    pairs.map(({ order }) => order.customerId),
    pairs.map(({ order }) => subjectName(order.checkoutToken, order.id)),
    now,
  ]);
  const ids = new Set(marked.map(({ id }) => id));
  return pairs.filter(({ row }) => ids.has(row.id));
}

async function announceLate(tx: SqlTx, row: WaitingRow, order: Order, now: Date) {
  const survey = await surveyAt(tx, row.shop_id, row.survey_id, row.survey_version);
  const reader = { locale: row.shop_locale, shopLocale: row.shop_locale };
  const announcement = {
    shopId: row.shop_id,
    answerId: row.id,
    surveyKey: row.survey_key,
    score: row.score,
    label: (survey && saidFor(survey.content, { values: row.answers, comment: null }, reader)?.label) ?? '',
    customerId: order.customerId,
    orderId: order.id,
    at: row.at,
    verified: 'late' as const,
  };
  await announce(tx, [announcement], now);
}
