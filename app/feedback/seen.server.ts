/** That a page has asked the question of a survey: what drop-off is measured against. */
import type { SqlTx } from '../db.server.ts';

const SEEN = `
  insert into question_seen (shop_id, survey_id, subject, at)
  values ($1, $2::uuid, sha256(convert_to($3, 'UTF8')), $4) on conflict do nothing`;

/** @param subject as an answer would have it: `checkout:TOKEN`, `order:ID`; the same one counts once */
export async function noteSeen(
  tx: SqlTx,
  { shopId, surveyId, subject }: { shopId: bigint; surveyId: string; subject: string },
  now: Date,
): Promise<void> {
  await tx.sql(SEEN, [shopId, surveyId, subject, now]);
}

const FORGET = `delete from question_seen where at < $1::timestamptz - interval '400 days'`;

/** For housekeeping: no figure looks back farther. */
export async function forgetSeen(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET, [now]);
}
