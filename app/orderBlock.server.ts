/** What the block on Shopify's page of an order shows: who brought it, how, and what has come of it. */
import type { ShopTx } from './db.server.ts';
import { ORDER_BLOCK_TEXTS as T } from './order-block-texts.ts';
import type { OrderBlock } from './order-block.ts';
import { reasonText, roadText, standingText, type Standing } from './referrals/reasons.ts';
import { referralOfOrder } from './referrals/referrals.server.ts';
import { isSignal } from './referrals/signals.ts';
import type { Shop } from './shops/shop.ts';
import { closestTag, textFor, type Texts } from './shops/translations.ts';
import { recordAccess } from './shops/shops.server.ts';
import { date } from './ui/format.ts';

const TONES: Partial<Record<Standing, 'success' | 'warning' | 'critical'>> = {
  held: 'warning',
  qualified: 'success',
  rewarded: 'success',
  refused: 'critical',
};

/**
 * Whoever looks is written down: an advocate is named.
 * @param id Shopify's
 * @param locale of whoever looks; English where it is not spoken
 */
export async function blockOfOrder(
  tx: ShopTx,
  { shop, id, staff, locale }: { shop: Shop; id: bigint; staff: bigint; locale: string | null },
  now: Date,
): Promise<OrderBlock> {
  const row = await referralOfOrder(tx, shop.id, id);
  if (!row) return { referral: null };
  await recordAccess(tx, { actor: staff, action: 'customer.viewed', customerId: row.advocateId }, now);
  const language = closestTag(Object.keys(T.due), locale) ?? 'en';
  const on = (at: Date) => date(at, { locale: language, timeZone: shop.timeZone });
  const say = (texts: Texts, names: Record<string, string> = {}) =>
    textFor(texts, language).replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
  const standing: Standing = row.isRewarded ? 'rewarded' : row.state;
  const isDoubted = row.state !== 'pending' && row.state !== 'qualified';
  // Small signs that held nothing say nothing here either.
  const reasons = row.reasons.filter((reason) => isDoubted || !isSignal(reason));
  const { code, clickedAt } = row;
  const byLink = clickedAt ? say(T.byLinkOn, { code, day: on(clickedAt) }) : say(T.byLink, { code });
  return {
    referral: {
      id: row.id,
      advocateId: row.advocateId,
      advocate: row.advocateName ?? say(T.somebody),
      how: row.via === 'code' ? say(T.byCode, { code }) : byLink,
      standing: standingText(standing, language),
      tone: TONES[standing] ?? 'neutral',
      why: [...reasons.map((reason) => reasonText(reason, language)), roadText(standing, language)],
      due: row.dueAt && row.state === 'pending' ? say(T.due, { day: on(row.dueAt) }) : null,
    },
  };
}
