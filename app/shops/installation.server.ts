/** Coming and going of shops. Every install and every uninstall is a new epoch: nothing old resumes by itself. */
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { JobPayload, JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import { shopById } from './find.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';
import { startSync } from './sync.server.ts';
import { SYNC_KINDS, type Asked } from './sync.ts';

/** Only touches a shop that is not installed, so that two first requests at once install once. */
const INSTALL = `
  insert into shop (domain, name, installed_at, created_at, updated_at) values ($1, $2, $3, $3, $3)
  on conflict (domain) do update
    set status = 'installed', epoch = shop.epoch + 1, installed_at = $3, updated_at = $3, setup_dismissed_at = null
    where shop.status <> 'installed'
  returning ${SHOP_COLUMNS}`;

const FIND = `select ${SHOP_COLUMNS} from shop where domain = $1`;

/**
 * The shop has the app (a token exchange worked): a row of its own, or the old one revived in a new epoch, with the
 * event `shop.installed` and the jobs of the first sync. Does nothing when the shop is installed already.
 * @param tx across shops
 */
export async function installShop(
  queue: Pick<Queue, 'enqueue'>,
  tx: SqlTx,
  domain: string,
  now: Date,
): Promise<Shop> {
  const [row] = await tx.sql<ShopRow>(INSTALL, [domain, domain.split('.', 1)[0], now]);
  if (!row) {
    const [standing] = await tx.sql<ShopRow>(FIND, [domain]);
    return shopOfRow(standing!);
  }
  const shop = shopOfRow(row);
  await recordEvents(tx, [{ shopId: shop.id, kind: 'shop.installed', data: {}, at: now }], now);
  await startSync(queue, tx, shop.id, SYNC_KINDS, now);
  return shop;
}

/** Stops what a module has under way for a shop; runs in the transaction of the uninstall. */
export type StopWork = (tx: SqlTx, shop: Shop, now: Date) => Promise<void>;

const UNINSTALL = `
  update shop set status = 'uninstalled', epoch = epoch + 1, uninstalled_at = $2, updated_at = $2
  where id = $1 and status = 'installed' returning ${SHOP_COLUMNS}`;

const FORGET_TOKENS = `delete from shopify_session where shop = $1`;

const FORGET_STAFF = `delete from staff_member where shop_id = $1`;

/** Tokens of the merchant's programs. */
const FORGET_PROGRAMS = `delete from api_token where shop_id = $1`;

const STOP_SYNC = `
  update sync_run set state = 'failed', error = 'uninstalled', updated_at = $2 where shop_id = $1 and state <> 'done'`;

/**
 * The shop has removed the app: everything stops in this one transaction. The caller has made sure that it is true.
 * @param tx across shops
 * @returns the shop in its new epoch; null when it was not installed
 */
export async function uninstallShop(
  tx: SqlTx,
  shopId: bigint,
  stopWork: readonly StopWork[],
  now: Date,
): Promise<Shop | null> {
  const [row] = await tx.sql<ShopRow>(UNINSTALL, [shopId, now]);
  if (!row) return null;
  const shop = shopOfRow(row);
  await tx.sql(FORGET_TOKENS, [shop.domain]);
  await tx.sql(FORGET_PROGRAMS, [shop.id]);
  await tx.sql(FORGET_STAFF, [shop.id]);
  await tx.sql(STOP_SYNC, [shop.id, now]);
  for (const stop of stopWork) await stop(tx, shop, now);
  await recordEvents(tx, [{ shopId: shop.id, kind: 'shop.uninstalled', data: {}, at: now }], now);
  return shop;
}

/**
 * The job `shops.confirm-uninstall`. What a webhook says of an uninstall could be a replay with another header, so the
 * token is tried: Shopify refuses the token of an app that is gone.
 */
export async function confirmUninstall(
  deps: {
    db: Db;
    stopWork: readonly StopWork[];
    probe(shop: { domain: string }): Promise<Asked<unknown>>;
  },
  { shopId }: JobPayload<'shops.confirm-uninstall'>,
  now: Date,
): Promise<JobResult> {
  const shop = await shopById({ sql: deps.db.sqlAcrossShops }, BigInt(shopId));
  if (shop?.status !== 'installed') return { outcome: 'done' };
  const asked = await deps.probe(shop);
  switch (asked.outcome) {
    case 'ok':
    case 'refused':
      return { outcome: 'cancel', reason: 'still installed' };
    case 'later':
      return { outcome: 'retry', error: 'no answer' };
    case 'unauthorized':
      await deps.db.acrossShops((tx) => uninstallShop(tx, shop.id, deps.stopWork, now));
      return { outcome: 'done' };
  }
}
