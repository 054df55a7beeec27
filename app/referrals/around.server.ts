/** What stands around referrals: their orders, shops and programmes. */
import type { SqlTx } from '../db.server.ts';
import type { Order } from '../orders/order.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { defaultTerms } from './program.ts';
import { programsOf } from './programs.server.ts';
import { settlesAt } from './referral.ts';
import type { Terms } from './terms.ts';
import type { ReferralRow } from './rows.server.ts';

/** Orders by `${shopId}:${orderId}` and shops of these referrals. */
export async function aroundOf(
  tx: SqlTx,
  rows: readonly ReferralRow[],
): Promise<{ orders: Map<string, Order>; shops: Map<bigint, Shop> }> {
  const refs = rows.map((row) => ({ shopId: row.shop_id, id: row.order_id }));
  const orders = await ordersByIds(tx, refs);
  const shops = await shopsByIds(
    tx,
    rows.map((row) => row.shop_id),
  );
  return { orders, shops };
}

/** By the id of the referral: what its programme says now; what every shop begins with where it is gone. */
export async function termsOf(
  tx: SqlTx,
  rows: readonly ReferralRow[],
  shops: ReadonlyMap<bigint, Shop>,
): Promise<Map<string, Terms>> {
  const programs = await programsOf(
    tx,
    rows.map((row) => row.shop_id),
  );
  return new Map(
    rows.flatMap((row) => {
      const program = programs.get(row.shop_id)?.find(({ id }) => id === row.program_id);
      const shop = shops.get(row.shop_id);
      return shop ? [[row.id, program?.terms ?? defaultTerms(shop.currency)] as const] : [];
    }),
  );
}

export function windowEnd(order: Order, shop: Shop, agreed: Pick<ReferralRow, 'return_days'>): Date {
  const { returnWindowDays, assumedTransitDays: transitDays } = shop.settings;
  const returnDays = agreed.return_days ?? returnWindowDays;
  return settlesAt({ ...order, paidAt: order.paidAt ?? order.placedAt }, { returnDays, transitDays });
}
