/** Rows for tests: each builder inserts the least that is valid and lets the test say what matters. */
import type { Db } from '../app/db.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from '../app/shops/shop.ts';

let counter = 0;

/** An installed shop. */
export async function aShop(
  db: Db,
  with_: Partial<{
    domain: string;
    timeZone: string;
    currency: string;
    locale: string;
    settings: object;
  }> = {},
): Promise<Shop> {
  const [row] = await db.sqlAcrossShops<ShopRow>(
    `insert into shop (domain, name, time_zone, currency, locale, settings, installed_at, created_at, updated_at)
     values ($1, 'A Shop', $2, $3, $4, $5::jsonb, $6, $6, $6) returning ${SHOP_COLUMNS}`,
    [
      with_.domain ?? `shop-${++counter}-${process.pid}.myshopify.com`,
      with_.timeZone ?? 'Europe/Berlin',
      with_.currency ?? 'EUR',
      with_.locale ?? 'en',
      with_.settings ?? {},
      new Date('2026-01-01T00:00:00Z'),
    ],
  );
  return shopOfRow(row!);
}
