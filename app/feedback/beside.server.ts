/** What the order-status page shows beside the question. */
import type { SqlTx } from '../db.server.ts';
import type { BlockAsk, BlockNeeds } from './block.server.ts';
import type { BlockView } from './block.ts';
import { parcelShown } from './parcel.server.ts';
import type { Subject } from './subject.server.ts';

/** Whether the order's own buyer has come back to it. */
export const isTheirPage = ({ page }: BlockAsk, { order, proof }: Subject): boolean =>
  page === 'order-status' && order !== null && proof !== 'word';

/** To the order's own buyer: their parcel, where they send photos, and what comes with how close they are. */
export async function besideIt(
  tx: SqlTx,
  ask: BlockAsk,
  subject: Subject,
  needs: BlockNeeds,
  now: Date,
): Promise<Pick<BlockView, 'parcel' | 'storyUrl' | 'loyalty'>> {
  const parcel = parcelShown(ask.page, subject, now);
  const { order } = subject;
  if (!isTheirPage(ask, subject) || !order || order.customerId === null) return parcel;
  const { customerId } = order;
  const loyalty = await needs.loyalty?.(tx, { shop: ask.shop, customerId, locale: ask.locale }, now);
  const beside = { ...parcel, ...(loyalty ? { loyalty } : {}) };
  if (order.cancelledAt) return beside;
  const storyUrl = needs.storyUrl?.({ shopId: ask.shop.id, customerId, orderId: order.id, productId: null });
  return storyUrl ? { ...beside, storyUrl } : beside;
}
