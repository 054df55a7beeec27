/** "It has not arrived yet" on the order-status page: who may say it, and what the block shows of it. */
import type { ShopTx } from '../db.server.ts';
import { arrivalUnseen } from '../orders/missing.ts';
import { sayArrived, sayMissing } from '../orders/orders.server.ts';
import type { BlockPage, BlockView, ParcelInput } from './block.ts';
import { findSubject, type Claim, type Subject } from './subject.server.ts';

/** What there is to say of the order's parcels on this page; nothing to whoever knows its number and no more. */
export function parcelShown(
  page: BlockPage,
  { order, proof }: Subject,
  now: Date,
): Pick<BlockView, 'parcel'> {
  if (page !== 'order-status' || !order || proof === 'word') return {};
  const arrival = arrivalUnseen(order, now);
  return arrival === 'none' ? {} : { parcel: arrival };
}

/** Takes the buyer's word. Said twice, or of what is so already, it changes nothing. @returns false: it is not their order */
export async function takeParcelWord(
  tx: ShopTx,
  page: BlockPage,
  claim: Claim,
  word: ParcelInput['parcel'],
  now: Date,
): Promise<boolean> {
  const subject = await findSubject(tx, claim);
  const { order } = subject;
  if (page !== 'order-status' || !order || subject.proof === 'word') return false;
  const parcels = { orderId: order.id, shipmentId: null };
  const { parcel } = parcelShown(page, subject, now);
  if (word === 'arrived') await sayArrived(tx, parcels, now);
  else if (parcel === 'believed') await sayMissing(tx, parcels, 'order-status', now);
  return true;
}
