/** What webhooks about the app itself mean: a row and a job; nothing is asked or deleted before it commits. */
import type { SqlTx } from '../db.server.ts';
import type { Queue } from '../jobs/queue.server.ts';
import { onComplianceWebhook } from './compliance.server.ts';
import { continueSync } from './sync.server.ts';
import type { BulkKind } from './sync.ts';

/** A webhook as the intake hands it over. */
interface ShopWebhook {
  shopId: bigint;
  body: unknown;
}

type Handled = { outcome: 'done' } | { outcome: 'ignored' | 'dead'; reason: string };
type Handler = (tx: SqlTx, webhook: ShopWebhook, now: Date) => Promise<Handled>;

const DONE = { outcome: 'done' } as const;
const BULK_RUN = `
  select kind from sync_run where shop_id = $1 and bulk_operation_id = $2 and state = 'running'`;

const TOLD_LOCALE = `update shop set primary_locale = $2 where id = $1`;

/** A language tag; null: none that anybody could write in. */
function localeOf(told: unknown): string | null {
  if (typeof told !== 'string' || told.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(told)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** For the intake's loop: one handler a topic. */
export function shopWebhooks(queue: Pick<Queue, 'enqueue'>) {
  const onAppUninstalled: Handler = async (tx, { shopId }) => {
    await queue.enqueue(tx, 'shops.confirm-uninstall', { shopId: String(shopId) }, String(shopId));
    return DONE;
  };
  /** Whatever has changed is asked for: the words of a webhook could be old. */
  const refetchShop: Handler = async (tx, { shopId }) => {
    await continueSync(queue, tx, shopId, 'shop');
    return DONE;
  };
  /** Its language is told here even where the Admin API does not say it. */
  const onShopUpdate: Handler = async (tx, webhook, now) => {
    const locale = localeOf((webhook.body as { primary_locale?: unknown } | null)?.primary_locale);
    if (locale) await tx.sql(TOLD_LOCALE, [webhook.shopId, locale]);
    return refetchShop(tx, webhook, now);
  };
  const onBulkFinished: Handler = async (tx, { shopId, body }) => {
    const operation = (body as { admin_graphql_api_id?: unknown } | null)?.admin_graphql_api_id;
    if (typeof operation !== 'string') return { outcome: 'dead', reason: 'no bulk operation' };
    const [run] = await tx.sql<{ kind: BulkKind }>(BULK_RUN, [shopId, operation]);
    if (!run) return { outcome: 'ignored', reason: 'not ours, or done' };
    await continueSync(queue, tx, shopId, run.kind);
    return DONE;
  };
  const compliance =
    (topic: Parameters<typeof onComplianceWebhook>[2]['topic']): Handler =>
    (tx, { shopId, body }, now) =>
      onComplianceWebhook(queue, tx, { shopId, topic, body }, now);
  return {
    'app/uninstalled': onAppUninstalled,
    'app/scopes_update': refetchShop,
    'shop/update': onShopUpdate,
    'bulk_operations/finish': onBulkFinished,
    'customers/data_request': compliance('customers/data_request'),
    'customers/redact': compliance('customers/redact'),
    'shop/redact': compliance('shop/redact'),
  } satisfies Record<string, Handler>;
}
