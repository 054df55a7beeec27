/** What a shop has set about answering, and the promises that follow from it. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { publicHolidays } from '../orders/orders.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { Promised } from './clock.ts';
import { workingTime, type Week } from './hours.ts';
import { readInboxSettings, type InboxSettings } from './settings.ts';

const OF_SHOPS = 'select shop_id, content from inbox_settings where shop_id = any($1::bigint[])';

/** A shop with what it promises. */
export interface PromisingShop extends Promised {
  shop: Shop;
  settings: InboxSettings;
}

/** By shop. What is gone or uninstalled is there too: what was said is kept. */
export async function promisesOf(tx: SqlTx, shopIds: readonly bigint[]): Promise<Map<bigint, PromisingShop>> {
  const ids = [...new Set(shopIds)];
  const shops = await shopsByIds(tx, ids);
  const rows = await tx.sql<{ shop_id: bigint; content: unknown }>(OF_SHOPS, [ids]);
  const contents = new Map(rows.map((row) => [row.shop_id, row.content]));
  const promises = new Map<bigint, PromisingShop>();
  for (const [id, shop] of shops)
    promises.set(id, await promising(shop, readInboxSettings(contents.get(id))));
  return promises;
}

/** The promises that a shop would make with these settings. */
export async function promising(shop: Shop, settings: InboxSettings): Promise<PromisingShop> {
  const isHoliday = settings.publicHolidays ? (await publicHolidays())(shop.country) : () => false;
  const closed = new Set(settings.closedDays);
  const working = workingTime({
    week: settings.week as unknown as Week,
    timeZone: shop.timeZone,
    isClosed: (day) => closed.has(day) || isHoliday(day),
  });
  return { shop, settings, working };
}

/** What the shop of the transaction has set. */
export async function inboxSettings(tx: ShopTx): Promise<InboxSettings> {
  const [row] = await tx.sql<{ content: unknown }>(OF_SHOPS, [[tx.shopId]]);
  return readInboxSettings(row?.content);
}

/** @throws Error when the shop is gone */
export async function promisesOfShop(tx: SqlTx, shopId: bigint): Promise<PromisingShop> {
  const promise = (await promisesOf(tx, [shopId])).get(shopId);
  if (!promise) throw new Error(`shop ${shopId} is gone`);
  return promise;
}
