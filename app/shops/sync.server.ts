/**
 * Works through the first sync. Every step is kept in sync_run in the transaction of what it did, so that a killed
 * worker, a deploy or an outage loses nothing and brings nothing twice.
 */
import type { Db, SqlTx } from '../db.server.ts';
import type { JobPayload, JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';
import {
  HISTORY_DAYS,
  SYNC_KINDS,
  type Asked,
  type BulkKind,
  type BulkSource,
  type ShopFacts,
  type SyncKind,
  type SyncProgress,
} from './sync.ts';

/** A kind of thing, and what becomes of it. */
export interface SyncPart<Item> extends BulkSource<Item> {
  /** In the transaction that keeps how far the sync has come. */
  apply(tx: SqlTx, shop: Shop, items: readonly Item[], now: Date): Promise<void>;
}

export interface SyncDeps {
  db: Db;
  facts(shop: { domain: string }): Promise<Asked<ShopFacts>>;
  /** `unknown` items: each part understands its own. */
  parts: { [Kind in BulkKind]: SyncPart<unknown> };
}

const BATCH = 100;
/** Milliseconds that one job may work, so that a large shop does not hold up the others. */
const SLICE = 20_000;

const START_SYNC = `
  insert into sync_run (shop_id, kind, state, updated_at) select $1, kind, 'waiting', $3 from unnest($2::text[]) kind
  on conflict (shop_id, kind) do update
    set state = 'waiting', bulk_operation_id = null, cursor = null, done = 0, total = 0, error = null,
      started_at = null, updated_at = $3`;

/** Starts the first sync, or parts of it, from the beginning. */
export async function startSync(
  queue: Pick<Queue, 'enqueue'>,
  tx: SqlTx,
  shopId: bigint,
  kinds: readonly SyncKind[],
  now: Date,
): Promise<void> {
  await tx.sql(START_SYNC, [shopId, [...kinds], now]);
  for (const kind of kinds) await continueSync(queue, tx, shopId, kind);
}

const FAILED_PARTS = `select kind from sync_run where shop_id = $1 and state = 'failed' for update`;

/** Begins the parts again that were given up, once a merchant has mended what was in their way. Safe to press twice. */
export async function retrySync(
  queue: Pick<Queue, 'enqueue'>,
  tx: SqlTx,
  shopId: bigint,
  now: Date,
): Promise<SyncKind[]> {
  const kinds = (await tx.sql<{ kind: SyncKind }>(FAILED_PARTS, [shopId])).map((row) => row.kind);
  await startSync(queue, tx, shopId, kinds, now);
  return kinds;
}

/** Has a part of the sync looked at now. */
export const continueSync = (queue: Pick<Queue, 'enqueue'>, tx: SqlTx, shopId: bigint, kind: SyncKind) =>
  queue.enqueue(tx, 'shops.sync', { shopId: String(shopId), kind }, `${shopId}:${kind}`);

const STALLED = `
  select r.shop_id, r.kind from sync_run r join shop s on s.id = r.shop_id
  where s.status = 'installed' and r.state in ('waiting', 'running') and r.updated_at < $1::timestamptz - interval '10 minutes'`;

/** Goes on with syncs whose jobs have used up their retries, in an outage perhaps. For housekeeping. */
export async function resumeSyncs(queue: Pick<Queue, 'enqueue'>, tx: SqlTx, now: Date): Promise<void> {
  const rows = await tx.sql<{ shop_id: bigint; kind: SyncKind }>(STALLED, [now]);
  for (const { shop_id, kind } of rows) await continueSync(queue, tx, shop_id, kind);
}

/** How far the first sync has come, for the bar in the admin. */
export async function syncProgress(tx: SqlTx, shopId: bigint): Promise<SyncProgress[]> {
  const rows = await tx.sql<SyncProgress>(
    'select kind, state, done, total, error from sync_run where shop_id = $1',
    [shopId],
  );
  return rows.sort((a, b) => SYNC_KINDS.indexOf(a.kind) - SYNC_KINDS.indexOf(b.kind));
}

interface RunRow {
  state: string;
  bulk_operation_id: string | null;
  cursor: string | null;
  started_at: Date | null;
}

const LOAD = `select ${SHOP_COLUMNS} from shop where id = $1 and status = 'installed'`;
const RUN =
  'select state, bulk_operation_id, cursor, started_at from sync_run where shop_id = $1 and kind = $2';

/** The job `shops.sync`: one slice of work, then it comes back. */
export async function sync(
  deps: SyncDeps,
  { shopId, kind }: JobPayload<'shops.sync'>,
  now: Date,
): Promise<JobResult> {
  const { sqlAcrossShops } = deps.db;
  const [shopRow] = await sqlAcrossShops<ShopRow>(LOAD, [shopId]);
  if (!shopRow) return { outcome: 'cancel', reason: 'not installed' };
  const shop = shopOfRow(shopRow);
  if (kind === 'shop') return syncShop(deps, shop, now);
  const [run] = await sqlAcrossShops<RunRow>(RUN, [shopId, kind]);
  if (!run || run.state === 'done' || run.state === 'failed') return { outcome: 'done' };
  const context: Context = { deps, shop, kind, part: deps.parts[kind], now };
  return run.bulk_operation_id ? follow(context, run.bulk_operation_id, run) : begin(context);
}

interface Context {
  deps: SyncDeps;
  shop: Shop;
  kind: BulkKind;
  part: SyncPart<unknown>;
  now: Date;
}

const SAVE_FACTS = `
  update shop set shopify_id = $2, name = $3, email = $4, currency = $5, time_zone = $6, country = $7, url = $8,
    locales = case when $9::text[] <> '{}' then $9::text[]
      when coalesce(primary_locale, $11) is not null then array[coalesce(primary_locale, $11)] else locales end,
    locale = coalesce(($9::text[])[1], primary_locale, $11, locale), updated_at = $10 where id = $1`;
const SAVE_SCOPES = `update shopify_session set scope = $2 where shop = $1`;

async function syncShop(deps: SyncDeps, shop: Shop, now: Date): Promise<JobResult> {
  const asked = await deps.facts(shop);
  if (asked.outcome !== 'ok') return unanswered(deps.db, shop.id, 'shop', asked, now);
  const { shopifyId, name, email, currency, timeZone, country, url, locales, guessedLocale, scopes } =
    asked.value;
  await deps.db.acrossShops(async (tx) => {
    const facts = [
      shop.id,
      shopifyId,
      name,
      email,
      currency,
      timeZone,
      country,
      url,
      locales,
      now,
      guessedLocale,
    ];
    await tx.sql(SAVE_FACTS, facts);
    await tx.sql(SAVE_SCOPES, [shop.domain, scopes.join(',')]);
    await finish(tx, shop.id, 'shop', now);
  });
  return { outcome: 'done' };
}

const BEGIN = `
  update sync_run set state = 'running', bulk_operation_id = $3, cursor = null, done = 0, total = 0, error = null,
    started_at = $4, updated_at = $4 where shop_id = $1 and kind = $2 and state = 'waiting'`;

async function begin({ deps, shop, kind, part, now }: Context): Promise<JobResult> {
  const since = new Date(now.getTime() - HISTORY_DAYS * 24 * 3600_000);
  const asked = await part.start(shop, since);
  if (asked.outcome !== 'ok') return unanswered(deps.db, shop.id, kind, asked, now);
  await deps.db.sqlAcrossShops(BEGIN, [shop.id, kind, asked.value.id, now]);
  return { outcome: 'snooze', seconds: 2 };
}

const COUNTED = `
  update sync_run set total = $3, updated_at = $4 where shop_id = $1 and kind = $2 and state = 'running'`;
const AGAIN = `
  update sync_run set state = 'waiting', bulk_operation_id = null, error = $3, updated_at = $4
  where shop_id = $1 and kind = $2 and state = 'running'`;

async function follow(context: Context, operation: string, run: RunRow): Promise<JobResult> {
  const { deps, shop, kind, part, now } = context;
  const { sqlAcrossShops } = deps.db;
  const asked = await part.state(shop, operation);
  if (asked.outcome !== 'ok') return unanswered(deps.db, shop.id, kind, asked, now);
  const bulk = asked.value;
  switch (bulk.state) {
    case 'running': {
      const age = now.getTime() - (run.started_at ?? now).getTime();
      return { outcome: 'snooze', seconds: age < 60_000 ? 2 : 15 };
    }
    case 'failed':
      await sqlAcrossShops(AGAIN, [shop.id, kind, bulk.code, now]);
      return { outcome: 'retry', error: bulk.code };
    case 'completed':
      await sqlAcrossShops(COUNTED, [shop.id, kind, bulk.items, now]);
      return take(context, operation, bulk.url, Number(run.cursor ?? 0));
  }
}

/** Reads the file from where the last slice ended. */
async function take(
  context: Context,
  operation: string,
  url: string | null,
  done: number,
): Promise<JobResult> {
  const { deps, shop, kind, part, now } = context;
  const until = performance.now() + SLICE;
  let batch: unknown[] = [];
  let taken = done;
  if (url) {
    for await (const item of part.items(shop, url, done)) {
      batch.push(item);
      if (batch.length < BATCH) continue;
      taken += batch.length;
      if (!(await keep(context, operation, batch, taken))) return { outcome: 'cancel', reason: 'superseded' };
      batch = [];
      if (performance.now() > until) return { outcome: 'snooze', seconds: 1 };
    }
  }
  taken += batch.length;
  if (!(await keep(context, operation, batch, taken))) return { outcome: 'cancel', reason: 'superseded' };
  await deps.db.acrossShops((tx) => finish(tx, shop.id, kind, now));
  return { outcome: 'done' };
}

const KEEP = `
  update sync_run set cursor = $4::text, done = $4::text::int, updated_at = $5
  where shop_id = $1 and kind = $2 and bulk_operation_id = $3 and state = 'running' returning 1 as kept`;

/** A batch and the cursor behind it; false when the shop uninstalled or the sync was started anew meanwhile. */
function keep({ deps, shop, kind, part, now }: Context, operation: string, batch: unknown[], taken: number) {
  return deps.db.acrossShops(async (tx) => {
    const kept = await tx.sql(KEEP, [shop.id, kind, operation, String(taken), now]);
    if (kept.length === 0) return false;
    if (batch.length > 0) await part.apply(tx, shop, batch, now);
    return true;
  });
}

const FINISH = `
  update sync_run set state = 'done', total = greatest(done, total), error = null, updated_at = $3
  where shop_id = $1 and kind = $2 and state <> 'failed'`;

const finish = (tx: SqlTx, shopId: bigint, kind: SyncKind, now: Date) => tx.sql(FINISH, [shopId, kind, now]);

const FAILED = `
  update sync_run set state = case when $4::boolean then 'failed' else state end, error = $3, updated_at = $5
  where shop_id = $1 and kind = $2 and state <> 'done'`;

/** No answer to work with: come back, or give up with the reason where the merchant sees it. */
async function unanswered(
  db: Db,
  shopId: bigint,
  kind: SyncKind,
  asked: Exclude<Asked<unknown>, { outcome: 'ok' }>,
  now: Date,
): Promise<JobResult> {
  switch (asked.outcome) {
    case 'later':
      return { outcome: 'snooze', seconds: Math.max(1, Math.ceil(asked.seconds)) };
    case 'unauthorized':
      await db.sqlAcrossShops(FAILED, [shopId, kind, 'unauthorized', false, now]);
      return { outcome: 'retry', error: 'unauthorized' };
    case 'refused':
      await db.sqlAcrossShops(FAILED, [shopId, kind, asked.codes.join(' '), true, now]);
      return { outcome: 'cancel', reason: asked.codes.join(' ') };
  }
}
