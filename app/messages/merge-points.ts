/** Points that run out soon, for mails that remind of them: what is left of them when the mail goes. */
import type { Shop } from '../shops/shop.ts';
import { dayFormat } from './day-format.ts';
import type { MergeFields } from './fields.ts';
import type { MessageData } from './message.ts';

export interface PointsEnding {
  balance: bigint;
  ending: bigint;
  endsAt: Date;
}

interface About {
  shop: Shop;
  customerId: string;
  data: MessageData;
  locale: string;
}

/** Of a batch: those whose mail speaks of points. */
export const pointsWanted = (all: readonly About[]) =>
  all.flatMap(({ shop, customerId, data: { pointsUntil } }) =>
    pointsUntil ? [{ shopId: shop.id, customerId, until: new Date(pointsUntil) }] : [],
  );

/** Null where nothing runs out any more: the mail does not go then. */
export function pointsIn(
  { shop, customerId, data, locale }: About,
  known: ReadonlyMap<string, PointsEnding>,
): MergeFields['points'] {
  const points = data.pointsUntil ? known.get(customerId) : undefined;
  if (!points) return null;
  const number = new Intl.NumberFormat(locale);
  return {
    balance: number.format(points.balance),
    ending: number.format(points.ending),
    ends_on: dayFormat(locale, shop.timeZone)(points.endsAt),
  };
}
