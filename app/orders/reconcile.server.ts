/** Compares with the Admin API and mends: webhooks may be lost, late, or switched off. */
import type { Db, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { JobResult } from '../jobs/catalog.ts';
import { errorFields, log } from '../log.server.ts';
import { shopById } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { applyOrders, type OrdersDeps } from './apply.server.ts';
import {
  claimReconciliation,
  finishReconciling,
  goOnReconciling,
  keepReconciled,
  nextWindow,
  putOffReconciling,
  stopReconciling,
  type Window,
} from './reconcile-due.server.ts';
import type { OrderSnapshot } from './snapshot.ts';

/** What reconciliation needs of the Admin API. Throws when there is no answer. */
export interface OrderSource {
  /** Orders changed in a window, oldest change first: cheap. */
  ordersChanged(
    shop: { id: bigint; domain: string },
    window: { from: Date; to: Date },
  ): AsyncIterable<{ id: bigint; updatedAt: Date }[]>;
  /** Whole orders; those that are gone are left out. Dear. */
  ordersByIds(shop: { id: bigint; domain: string }, ids: readonly bigint[]): AsyncIterable<OrderSnapshot[]>;
}

export interface ReconcileDeps {
  db: Db;
  orders: OrdersDeps;
  source: OrderSource;
}

/** The loop over shops whose moment to be compared has come. */
export function makeReconcileLoop(deps: ReconcileDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const shopId = await claimReconciliation({ sql: deps.db.sqlAcrossShops }, now);
    if (shopId === null) return 0;
    try {
      const { outcome } = await reconcile(deps, { shopId: String(shopId), hours: 0 }, now);
      if (outcome === 'cancel') await deps.db.inShop(shopId, (tx) => stopReconciling(tx, { id: shopId }));
    } catch (error) {
      // A shop that gives no answer must not keep the others waiting.
      log.warn('orders could not be compared', { shopId, ...errorFields(error) });
      await deps.db.inShop(shopId, (tx) => putOffReconciling(tx, shopId, now));
    }
    return 1;
  };
}

/** The job `orders.reconcile`: the orders changed since the last good run, and in the last hours at least. */
export async function reconcile(
  deps: ReconcileDeps,
  payload: { shopId: string; hours: number },
  now: Date,
): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const shop = await deps.db.inShop(shopId, (tx) => shopById(tx, shopId));
  if (shop?.status !== 'installed') return { outcome: 'cancel', reason: 'not installed' };
  const window = await deps.db.inShop(shopId, (tx) => nextWindow(tx, shopId, payload.hours, now));
  const found = { compared: 0, missing: 0, stale: 0 };
  for await (const changed of deps.source.ordersChanged(shop, window)) {
    const gaps = await deps.db.inShop(shopId, (tx) => compare(tx, shopId, changed));
    found.compared += changed.length;
    found.missing += gaps.missing.length;
    found.stale += gaps.stale.length;
    await mend(deps, shop, [...gaps.missing, ...gaps.stale], now);
    const last = changed.at(-1);
    if (last) await deps.db.inShop(shopId, (tx) => keepReconciled(tx, shopId, last.updatedAt));
  }
  await deps.db.inShop(shopId, async (tx) => {
    await record(tx, shopId, window, found, now);
    await finishReconciling(tx, shopId, window.to, now);
  });
  return { outcome: 'done' };
}

const KNOWN = 'select id, snapshot_at from orders where shop_id = $1 and id = any($2::bigint[])';

/** Shopify's moments are whole seconds. */
async function compare(tx: SqlTx, shopId: bigint, changed: readonly { id: bigint; updatedAt: Date }[]) {
  const rows = await tx.sql<{ id: bigint; snapshot_at: Date }>(KNOWN, [shopId, changed.map(({ id }) => id)]);
  const known = new Map(rows.map(({ id, snapshot_at }) => [id, snapshot_at]));
  return {
    missing: changed.filter(({ id }) => !known.has(id)).map(({ id }) => id),
    stale: changed
      .filter(({ id, updatedAt }) => known.has(id) && known.get(id)! < updatedAt)
      .map(({ id }) => id),
  };
}

async function mend(deps: ReconcileDeps, shop: Shop, ids: readonly bigint[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  for await (const snapshots of deps.source.ordersByIds(shop, ids)) {
    await deps.db.inShop(shop.id, async (tx) => {
      await applyOrders(tx, snapshots, now, deps.orders);
      await goOnReconciling(tx, shop.id);
    });
  }
}

const RECORD = `
  insert into reconcile_run (shop_id, id, window_from, window_to, compared, missing, stale, at)
  values ($1, $2, $3, $4, $5::int, $6::int, $7::int, $8)`;

async function record(
  tx: SqlTx,
  shopId: bigint,
  { from, to }: Window,
  { compared, missing, stale }: { compared: number; missing: number; stale: number },
  now: Date,
): Promise<void> {
  await tx.sql(RECORD, [shopId, newId(now), from, to, compared, missing, stale, now]);
}

export interface ReconciliationStatus {
  /** null: never run. */
  lastRunAt: Date | null;
  /** Runs follow on each other, and the last one is so recent that all of the last 24 hours was compared. */
  isCurrent: boolean;
  compared: number;
  /** In the 24 hours before the last run, before they were mended. */
  missing: number;
  stale: number;
}

const STATUS = `
  with last as (select max(at) as at from reconcile_run where shop_id = $1 and at <= $2)
  select last.at as "lastRunAt", coalesce(last.at > $2::timestamptz - interval '150 minutes', false) as "isCurrent",
    coalesce(max(compared), 0)::int as compared, coalesce(sum(missing), 0)::int as missing,
    coalesce(sum(stale), 0)::int as stale
  from last left join reconcile_run r on r.shop_id = $1 and r.at <= last.at and r.at > last.at - interval '24 hours'
  group by last.at`;

/** For "0 missing in the last 24 h", where that is true. */
export async function reconciliationStatus(
  tx: SqlTx,
  shopId: bigint,
  now: Date,
): Promise<ReconciliationStatus> {
  const [row] = await tx.sql<ReconciliationStatus>(STATUS, [shopId, now]);
  return row!;
}
