/** What the staff decide about a review, a question or an answer; and the clock, which decides when they do not. */
import type { Db, SqlTx } from '../db.server.ts';
import { recordDecisions, type Decision } from './decisions.server.ts';
import { countAgain } from './ratings.server.ts';
import { HOLD_REASONS, type HoldReason } from './review.ts';

type Subject = Decision['subject'];

const TABLES = {
  review: 'review',
  question: 'product_question',
  answer: 'question_answer',
} as const satisfies Record<Subject, string>;

export interface Moderating {
  subject: Subject;
  id: string;
  /** Hiding needs a reason; showing needs none. */
  action: { kind: 'publish' } | { kind: 'hide'; reason: string };
  /** Shopify's id of who decides. */
  staff: string;
}

const publishOf = (table: string) => `
  update ${table} set state = 'published', hold_reason = null, held_by = null, due_at = null,
    published_at = coalesce(published_at, $3::timestamptz)
  where shop_id = $1 and id = $2 and state in ('held', 'hidden') returning product_id`;

const hideOf = (table: string) => `
  update ${table} set state = 'hidden', hold_reason = $3, held_by = $4, due_at = null
  where shop_id = $1 and id = $2 and state in ('held', 'published') returning product_id`;

/** Answers have no product of their own; their question has. Whoever asked is told of what is shown, and of nothing else. */
const forTable = (text: string, subject: Subject, mailDueAt: string) =>
  subject === 'answer'
    ? text
        .replace('returning product_id', 'returning null::bigint as product_id')
        .replace('due_at = null', `due_at = null, tell_due_at = ${mailDueAt}`)
    : text;

const TELL_NOW = `case when tell_state = 'waiting' then $3::timestamptz end`;

/**
 * Publishes, or hides for one of the three reasons; anything else is refused. What it came to is kept with who decided.
 * @returns `same` when it is so already, or is not there
 */
export async function moderate(
  tx: SqlTx,
  shopId: bigint,
  { subject, id, action, staff }: Moderating,
  now: Date,
): Promise<{ outcome: 'done' } | { outcome: 'same' } | { outcome: 'refused'; problem: string }> {
  const by = `staff:${staff}`;
  const reason = action.kind === 'hide' ? HOLD_REASONS.find((each) => each === action.reason) : null;
  if (reason === undefined)
    return { outcome: 'refused', problem: `a reason is needed: ${HOLD_REASONS.join(', ')}; stars are none` };
  const table = TABLES[subject];
  const rows =
    reason === null
      ? await tx.sql<{ product_id: bigint | null }>(forTable(publishOf(table), subject, TELL_NOW), [
          shopId,
          id,
          now,
        ])
      : await tx.sql<{ product_id: bigint | null }>(forTable(hideOf(table), subject, 'null'), [
          shopId,
          id,
          reason,
          by,
        ]);
  const [row] = rows;
  if (!row) return { outcome: 'same' };
  await recordDecisions(
    tx,
    [{ shopId, subject, subjectId: id, action: reason === null ? 'published' : 'hidden', reason, by }],
    now,
  );
  if (subject === 'review') await countAgain(tx, [{ shopId, productId: row.product_id }], now);
  return { outcome: 'done' };
}

/** A slice from each shop that has something due. */
const releaseOf = (table: string) => `
  with due as (
    select r.shop_id, r.id, r.hold_reason from (select distinct shop_id from ${table} where due_at <= $1 limit 50) d
    cross join lateral (
      select shop_id, id, hold_reason from ${table}
      where shop_id = d.shop_id and due_at <= $1 order by due_at limit 100 for update skip locked) r)
  update ${table} t set state = 'published', hold_reason = null, held_by = null, due_at = null,
    published_at = coalesce(t.published_at, $1::timestamptz)
  from due where t.shop_id = due.shop_id and t.id = due.id
  returning t.shop_id, t.id, t.product_id, due.hold_reason as reason`;

interface Released {
  shop_id: bigint;
  id: string;
  product_id: bigint | null;
  reason: HoldReason | null;
}

const IS_DUE = `
  select 1 where exists (select 1 from review where due_at <= $1)
    or exists (select 1 from product_question where due_at <= $1)
    or exists (select 1 from question_answer where due_at <= $1)`;

/** The loop that publishes what nobody has found a reason against in time. */
export function makeClockLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return async (now) => {
    if ((await db.sqlAcrossShops(IS_DUE, [now])).length === 0) return 0;
    return db.acrossShops((tx) => release(tx, now));
  };
}

async function release(tx: SqlTx, now: Date): Promise<number> {
  let count = 0;
  for (const subject of ['review', 'question', 'answer'] as const) {
    const text = releaseOf(TABLES[subject]);
    const rows = await tx.sql<Released>(
      subject === 'answer' ? text.replace('t.product_id', 'null::bigint as product_id') : text,
      [now],
    );
    await recordDecisions(
      tx,
      rows.map((row) => ({
        shopId: row.shop_id,
        subject,
        subjectId: row.id,
        action: 'published',
        reason: row.reason,
        by: 'clock',
      })),
      now,
    );
    if (subject === 'review')
      await countAgain(
        tx,
        rows.map((row) => ({ shopId: row.shop_id, productId: row.product_id })),
        now,
      );
    count += rows.length;
  }
  return count;
}
