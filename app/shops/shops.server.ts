/** The door of app/shops: finding shops, their settings, and coming and going (installation.server.ts). */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { shopSettingsSchema, type ShopSettings } from './settings.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';

export { installShop, uninstallShop, type StopWork } from './installation.server.ts';
export { continueSync, startSync, sync, syncProgress, type SyncDeps, type SyncPart } from './sync.server.ts';

/** @param domain name.myshopify.com; a shop that uninstalled or was erased is found too: look at `status` */
export async function findShop(tx: SqlTx, domain: string): Promise<Shop | null> {
  const [row] = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where domain = $1`, [domain]);
  return row ? shopOfRow(row) : null;
}

export async function shopById(tx: SqlTx, id: bigint): Promise<Shop | null> {
  const [row] = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where id = $1`, [id]);
  return row ? shopOfRow(row) : null;
}

/** Those of `ids` that exist. In a transaction bound to one shop only that one is found. */
export async function shopsByIds(tx: SqlTx, ids: Iterable<bigint>): Promise<Map<bigint, Shop>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where id = any($1::bigint[])`, [
    wanted,
  ]);
  return new Map(rows.map((row) => [row.id, shopOfRow(row)]));
}

/** Some of the settings; groups (sender, brand, rhythm, tracking) are merged field by field. */
export type SettingsChange = {
  [Key in keyof ShopSettings]?: ShopSettings[Key] extends unknown[] | string | number | boolean
    ? ShopSettings[Key]
    : Partial<ShopSettings[Key]>;
};

const LOCK_SETTINGS = `select ${SHOP_COLUMNS} from shop where id = $1 for update`;
const SAVE_SETTINGS = `update shop set settings = $2::jsonb, updated_at = $3 where id = $1`;

/**
 * Changes what a merchant has set; what `change` leaves out stays.
 * @throws z.ZodError when the result is not valid: routes check with `shopSettingsSchema` before
 */
export async function saveSettings(tx: ShopTx, change: SettingsChange, now: Date): Promise<Shop> {
  const [row] = await tx.sql<ShopRow>(LOCK_SETTINGS, [tx.shopId]);
  if (!row) throw new Error(`shop ${tx.shopId} is gone`);
  const shop = shopOfRow(row);
  const settings = shopSettingsSchema.parse(merged(shop.settings, change));
  await tx.sql(SAVE_SETTINGS, [tx.shopId, settings, now]);
  return { ...shop, settings };
}

function merged(stored: ShopSettings, change: SettingsChange): unknown {
  const result: Record<string, unknown> = { ...stored };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = result[key];
    result[key] = isGroup(before) && isGroup(value) ? { ...before, ...value } : value;
  }
  return result;
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
