/** What the block on Shopify's page of an order shows: who brought it, how, and what has come of it. */
import type { ShopTx } from './db.server.ts';
import type { OrderBlock } from './order-block.ts';
import { reasonText, roadText, standingText, type Standing } from './referrals/reasons.ts';
import { referralOfOrder } from './referrals/referrals.server.ts';
import { isSignal } from './referrals/signals.ts';
import type { Shop } from './shops/shop.ts';
import { recordAccess } from './shops/shops.server.ts';
import { date } from './ui/format.ts';

const TONES: Partial<Record<Standing, 'success' | 'warning' | 'critical'>> = {
  held: 'warning',
  qualified: 'success',
  rewarded: 'success',
  refused: 'critical',
};

/** Whoever looks is written down: an advocate is named. @param id Shopify's */
export async function blockOfOrder(
  tx: ShopTx,
  { shop, id, staff }: { shop: Shop; id: bigint; staff: bigint },
  now: Date,
): Promise<OrderBlock> {
  const row = await referralOfOrder(tx, shop.id, id);
  if (!row) return { referral: null };
  await recordAccess(tx, { actor: staff, action: 'customer.viewed', customerId: row.advocateId }, now);
  const on = (at: Date) => date(at, { locale: 'en', timeZone: shop.timeZone });
  const standing: Standing = row.isRewarded ? 'rewarded' : row.state;
  const isDoubted = row.state !== 'pending' && row.state !== 'qualified';
  // Small signs that held nothing say nothing here either.
  const reasons = row.reasons.filter((reason) => isDoubted || !isSignal(reason));
  const opened = row.clickedAt ? `, opened on ${on(row.clickedAt)}` : '';
  return {
    referral: {
      id: row.id,
      advocateId: row.advocateId,
      advocate: row.advocateName ?? 'A customer',
      how: row.via === 'code' ? `with the code ${row.code}` : `by the link of ${row.code}${opened}`,
      standing: standingText(standing, 'en'),
      tone: TONES[standing] ?? 'neutral',
      why: [...reasons.map((reason) => reasonText(reason, 'en')), roadText(standing, 'en')],
      due: row.dueAt && row.state === 'pending' ? `Settles on ${on(row.dueAt)}` : null,
    },
  };
}
