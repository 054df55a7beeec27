/** Asks Shopify how the buyers of orders came of which nobody else names a friend. */
import type { Db, SqlTx } from '../db.server.ts';
import { errorFields, log } from '../log.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { nextAsk, type Journey, type JourneySource } from './journey.ts';
import { tellLinks } from './order-links.server.ts';

interface Ask {
  shop_id: bigint;
  order_id: bigint;
  due_at: Date;
  attempts: number;
}

/** Taken for some minutes: whoever dies meanwhile leaves it to the next. */
const CLAIM = `
  update journey_ask j set due_at = $1::timestamptz + interval '3 minutes', attempts = j.attempts + 1
  from (
    select shop_id, order_id from journey_ask where due_at <= $1 order by due_at limit 50 for update skip locked
  ) due
  where j.shop_id = due.shop_id and j.order_id = due.order_id returning j.shop_id, j.order_id, j.due_at, j.attempts`;

/** Only what was claimed: who uninstalled meanwhile is not asked about again. */
const NEXT = `update journey_ask set due_at = $4 where shop_id = $1 and order_id = $2 and due_at = $3`;

export interface JourneyDeps {
  db: Db;
  source: JourneySource;
}

/** The loop that asks, some orders of a shop at once. */
export function makeJourneyLoop({ db, source }: JourneyDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const asks = await db.sqlAcrossShops<Ask>(CLAIM, [now]);
    if (asks.length === 0) return 0;
    const shopIds = [...new Set(asks.map((ask) => ask.shop_id))];
    const shops = await db.acrossShops((tx) => shopsByIds(tx, shopIds));
    for (const shopId of shopIds) {
      const theirs = asks.filter((ask) => ask.shop_id === shopId);
      const journeys = await askFor(source, shops.get(shopId), theirs);
      await db.acrossShops((tx) => settle(tx, theirs, journeys, now));
    }
    return asks.length;
  };
}

/** Null: no answer. */
async function askFor(source: JourneySource, shop: Shop | undefined, asks: Ask[]): Promise<Journey[] | null> {
  if (shop?.status !== 'installed') return [];
  try {
    const ids = asks.map((ask) => ask.order_id);
    return await source.journeys(shop, ids);
  } catch (error) {
    log.warn('Shopify did not say how buyers came', { shopId: shop.id, ...errorFields(error) });
    return null;
  }
}

async function settle(tx: SqlTx, asks: Ask[], journeys: Journey[] | null, now: Date): Promise<void> {
  for (const ask of asks) {
    const journey = journeys?.find(({ orderId }) => orderId === ask.order_id);
    const isOpen = journeys === null || journey?.isReady === false;
    const wait = isOpen ? nextAsk(ask.attempts) : null;
    const due = wait === null ? null : new Date(now.getTime() + wait);
    await tx.sql(NEXT, [ask.shop_id, ask.order_id, ask.due_at, due]);
    if (!journey?.isReady) continue;
    const links = journey.links.map(({ code, at: clickedAt }, index) => ({
      shopId: ask.shop_id,
      orderId: ask.order_id,
      // No token of a checkout looks like this.
      checkoutToken: `journey:${index}`,
      code,
      clickedAt,
      by: 'journey' as const,
    }));
    await tellLinks(tx, links, now);
  }
}
