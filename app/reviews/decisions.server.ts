/** What was decided about reviews, questions and answers, with its reason: kept, so that nobody hides anything quietly. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { HoldReason } from './review.ts';

export interface Decision {
  shopId: bigint;
  subject: 'review' | 'question' | 'answer';
  subjectId: string;
  action: 'published' | 'held' | 'hidden';
  reason: HoldReason | null;
  /** rule, clock, author, or staff:ID */
  by: string;
}

const INSERT = `
  insert into review_decision (shop_id, id, subject, subject_id, action, reason, by, at)
  select shop_id, id, subject, subject_id, action, reason, by, $8::timestamptz
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[])
    as t(shop_id, id, subject, subject_id, action, reason, by)`;

export async function recordDecisions(tx: SqlTx, decisions: readonly Decision[], now: Date): Promise<void> {
  if (decisions.length === 0) return;
  await tx.sql(INSERT, [
    decisions.map(({ shopId }) => shopId),
    decisions.map(() => newId(now)),
    decisions.map(({ subject }) => subject),
    decisions.map(({ subjectId }) => subjectId),
    decisions.map(({ action }) => action),
    decisions.map(({ reason }) => reason),
    decisions.map(({ by }) => by),
    now,
  ]);
}

const OF = `
  select action, reason, by, at from review_decision where shop_id = $1 and subject_id = $2 order by at, id`;

/** What has been decided about one, oldest first. */
export const decisionsAbout = (tx: SqlTx, shopId: bigint, subjectId: string) =>
  tx.sql<{ action: Decision['action']; reason: HoldReason | null; by: string; at: Date }>(OF, [
    shopId,
    subjectId,
  ]);
