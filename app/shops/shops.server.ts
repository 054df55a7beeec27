/** The door of app/shops: finding shops, coming and going, first sync, data requests, settings. See README.md. */
import type { ShopTx } from '../db.server.ts';
import { shopSettingsSchema, type ShopSettings } from './settings.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';

export { isStaffKnown, nameStaff, staffById, staffNamesOf } from './staff.server.ts';
export { accessLog, accessLogCsv, recordAccess, type AccessRow } from './access-log.server.ts';
export { apiTokens, makeApiToken, revokeApiToken, useApiToken, type MadeToken } from './api-tokens.server.ts';
export { handleDataRequest, type ComplianceDeps } from './compliance.server.ts';
export {
  dataExport,
  dataRequests,
  dataRequestsCsv,
  forgetOldExports,
  type DataRequest,
} from './data-requests.server.ts';
export { sweepErased, type StopPerson } from './erasure.server.ts';
export { findShop, shopById, shopsByIds } from './find.server.ts';
export { confirmUninstall, installShop, uninstallShop, type StopWork } from './installation.server.ts';
export { requestErasure } from './staff-erasure.server.ts';
export {
  resumeSyncs,
  retrySync,
  startSync,
  sync,
  syncProgress,
  type SyncDeps,
  type SyncPart,
} from './sync.server.ts';
export { tombstonesOf, type Tombstones, type Trace } from './tombstones.server.ts';
export { shopWebhooks } from './webhooks.server.ts';

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
    result[key] = isGroup(before) && isGroup(value) ? Object.assign({}, before, value) : value;
  }
  return result;
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
