/** The shop's public answer under a review. */
import { cleanText } from '../clean-text.ts';
import type { SqlTx } from '../db.server.ts';
import { TEXT_MAX } from './review.ts';

const REPLY = `
  update review set reply = $3, reply_at = case when $3::text is null then null else $4::timestamptz end, reply_by = $5
  where shop_id = $1 and id = $2 returning id`;

/**
 * Stores what is shown under the review; an empty text takes it away again.
 * @param review whose it is; @param staff Shopify's id of who wrote it
 * @returns `missing` when there is no such review
 */
export async function reply(
  tx: SqlTx,
  review: { shopId: bigint; reviewId: string },
  { text, staff }: { text: string; staff: string },
  now: Date,
): Promise<{ outcome: 'saved' } | { outcome: 'refused'; problem: string } | { outcome: 'missing' }> {
  const kept = cleanText(text);
  if ([...kept].length > TEXT_MAX) return { outcome: 'refused', problem: `at most ${TEXT_MAX} characters` };
  const values = [review.shopId, review.reviewId, kept || null, now, kept ? staff : null];
  const rows = await tx.sql(REPLY, values);
  return { outcome: rows.length > 0 ? 'saved' : 'missing' };
}
