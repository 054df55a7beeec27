/** Switching the web pixel of a shop on and off, as its merchant wants it. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { standingOfPixel, type PixelAtShopify, type PixelStanding } from './pixel.ts';

interface Row {
  wanted: boolean;
  pixelId: string | null;
  address: string | null;
  problem: string | null;
}

const READ = `
  select wanted, pixel_id as "pixelId", address, problem from web_pixel where shop_id = $1`;

const rowOf = async (tx: SqlTx, shopId: bigint): Promise<Row | null> =>
  (await tx.sql<Row>(READ, [shopId]))[0] ?? null;

export const pixelStanding = async (tx: ShopTx): Promise<PixelStanding> =>
  standingOfPixel(await rowOf(tx, tx.shopId));

const WANT = `
  insert into web_pixel (shop_id, wanted, at) values ($1, $2, $3)
  on conflict (shop_id) do update set wanted = excluded.wanted, problem = null, at = excluded.at`;

/** The merchant wants friends' links remembered, or no longer; a chore tells Shopify. */
export async function wantPixel(tx: ShopTx, wanted: boolean, now: Date): Promise<void> {
  await tx.sql(WANT, [tx.shopId, wanted, now]);
  await recordEvents(tx, [{ shopId: tx.shopId, kind: 'pixel.wanted', data: {}, at: now }], now);
}

/** Only while the same is still wanted: else the next chore does what is. */
const TOLD = `
  update web_pixel set pixel_id = $3, address = $4, problem = $5, at = $6 where shop_id = $1 and wanted = $2`;

export interface PixelDeps {
  db: Db;
  pixel: PixelAtShopify;
  /** The app's own origin. */
  appUrl: string;
}

/** The job `referrals.pixel`: brings Shopify to what the merchant wants. */
export async function bringPixel(
  { db, pixel, appUrl }: PixelDeps,
  payload: { shopId: string },
  now: Date,
): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const { shop, row } = await db.inShop(shopId, async (tx) => ({
    shop: (await shopsByIds(tx, [shopId])).get(shopId),
    row: await rowOf(tx, shopId),
  }));
  if (shop?.status !== 'installed' || !row) return { outcome: 'cancel', reason: 'uninstalled' };
  const address = new URL(appUrl).origin;
  const isThere = row.wanted ? row.pixelId !== null && row.address === address : row.pixelId === null;
  if (isThere) return { outcome: 'done' };
  const told = row.wanted
    ? await pixel.put(shop.domain, address)
    : await pixel.remove(shop.domain, row.pixelId!);
  if (told.outcome === 'later') return { outcome: 'snooze', seconds: told.seconds };
  const values =
    told.outcome === 'done'
      ? [told.id, row.wanted ? address : null, null]
      : [row.pixelId, row.address, told.problem];
  await db.inShop(shopId, (tx) => tx.sql(TOLD, [shopId, row.wanted, ...values, now]));
  return { outcome: 'done' };
}

const GONE = `delete from web_pixel where shop_id = $1`;

/** Shopify takes an app's pixel away with the app. */
export const forgetPixel = (tx: SqlTx, shopId: bigint) => tx.sql(GONE, [shopId]);
