/**
 * What Shopify's law demands: give a customer's data to the merchant, erase a customer, erase a shop. A webhook becomes
 * a row and a job; the job asks Shopify where the words alone could be a replay.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { JobPayload, JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import {
  erasePerson,
  exportPerson,
  findPerson,
  type Counts,
  type ErasureDeps,
  type Person,
} from './erasure.server.ts';
import { uninstallShop, type StopWork } from './installation.server.ts';
import { shopById } from './find.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';
import { eraseFormerEpoch, eraseShop } from './shop-erasure.server.ts';
import { startSync } from './sync.server.ts';
import { SYNC_KINDS, type Asked } from './sync.ts';

const id = z.union([z.number().int(), z.bigint(), z.string().regex(/^\d+$/)]).transform(BigInt);
const customer = z.object({ id: id.nullish(), email: z.string().nullish(), phone: z.string().nullish() });

const bodySchema = z.object({
  shop_domain: z.string(),
  customer: customer.nullish(),
  orders_requested: z.array(id).nullish(),
  orders_to_redact: z.array(id).nullish(),
});

/** As it is kept in data_request.subject until the request is done. */
const subjectSchema = z.object({
  email: z.string().nullable(),
  phone: z.string().nullable(),
  orders: z.array(z.string().regex(/^\d+$/)),
});

export type ComplianceTopic = 'customers/data_request' | 'customers/redact' | 'shop/redact';
export type RequestKind = 'export' | 'erase-customer' | 'erase-shop';

const KINDS: Record<ComplianceTopic, RequestKind> = {
  'customers/data_request': 'export',
  'customers/redact': 'erase-customer',
  'shop/redact': 'erase-shop',
};

const ADD = `
  insert into data_request (shop_id, id, kind, customer_ref, request_ref, subject, state, requested_at)
  select id, $2::uuid, $3, $4::bigint, $5, $6::jsonb, 'waiting', $7::timestamptz from shop where id = $1 and domain = $8
  on conflict do nothing returning id`;

/** A compliance webhook, in the transaction that marks it worked in. */
export async function onComplianceWebhook(
  queue: Pick<Queue, 'enqueue'>,
  tx: SqlTx,
  webhook: { shopId: bigint; topic: ComplianceTopic; body: unknown },
  now: Date,
): Promise<{ outcome: 'done' } | { outcome: 'ignored' | 'dead'; reason: string }> {
  const parsed = bodySchema.safeParse(webhook.body);
  if (!parsed.success) return { outcome: 'dead', reason: 'no compliance request' };
  const { shop_domain, customer, orders_requested, orders_to_redact } = parsed.data;
  const kind = KINDS[webhook.topic];
  const orders = (orders_to_redact ?? orders_requested ?? []).map(String);
  const requestId = newId(now);
  const [row] = await tx.sql<{ id: string }>(ADD, [
    webhook.shopId,
    requestId,
    kind,
    customer?.id ?? null,
    kind === 'erase-shop' ? null : requestRef(kind, webhook.body),
    { email: customer?.email ?? null, phone: customer?.phone ?? null, orders },
    now,
    // The header that named the shop is not signed; the body is.
    shop_domain,
  ]);
  if (!row) return { outcome: 'ignored', reason: 'known already, or another shop’s' };
  const payload = { shopId: String(webhook.shopId), requestId };
  await queue.enqueue(tx, 'shops.data-request', payload, requestId);
  return { outcome: 'done' };
}

/** The same words about the same customer are the same request; a later one names later orders or another number. */
function requestRef(kind: RequestKind, body: unknown): string {
  const text = JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(`${kind}|${text}`).digest('base64url');
}

export interface ComplianceDeps extends ErasureDeps {
  db: Db;
  queue: Pick<Queue, 'enqueue'>;
  stopWork: readonly StopWork[];
  /** Does Shopify still accept our token? */
  probe(shop: { domain: string }): Promise<Asked<unknown>>;
}

interface RequestRow {
  id: string;
  kind: RequestKind;
  customer_ref: bigint | null;
  subject: unknown;
}

const LOAD_SHOP = `select ${SHOP_COLUMNS}, installed_at, uninstalled_at from shop where id = $1`;
const LOAD = `select id, kind, customer_ref, subject from data_request where shop_id = $1 and id = $2 and state = 'waiting'`;
const DONE = `
  update data_request set state = $3, result = $4::jsonb, reason = $5, subject = $7::jsonb, done_at = $6,
    customer_ref = case when kind = 'export' then customer_ref end where shop_id = $1 and id = $2`;

interface Context {
  deps: ComplianceDeps;
  shop: Shop;
  installedAt: Date | null;
  uninstalledAt: Date | null;
  request: RequestRow;
  now: Date;
}

/** The job `shops.data-request`. */
export async function handleDataRequest(
  deps: ComplianceDeps,
  payload: JobPayload<'shops.data-request'>,
  now: Date,
): Promise<JobResult> {
  const { sqlAcrossShops } = deps.db;
  const [request] = await sqlAcrossShops<RequestRow>(LOAD, [payload.shopId, payload.requestId]);
  const [row] = await sqlAcrossShops<ShopRow & { installed_at: Date | null; uninstalled_at: Date | null }>(
    LOAD_SHOP,
    [payload.shopId],
  );
  if (!request || !row) return { outcome: 'done' };
  const { installed_at: installedAt, uninstalled_at: uninstalledAt, ...shopRow } = row;
  const context = { deps, shop: shopOfRow(shopRow), installedAt, uninstalledAt, request, now };
  switch (request.kind) {
    case 'export':
      return exportCustomer(context);
    case 'erase-customer':
      return eraseCustomer(context);
    case 'erase-shop':
      return redactShop(context);
  }
}

function personOf({ shop, request }: Context): Person {
  const subject = subjectSchema.parse(request.subject);
  return {
    shopId: shop.id,
    shopifyId: request.customer_ref,
    email: subject.email || null,
    phone: subject.phone || null,
    orderIds: subject.orders.map(BigInt),
  };
}

async function exportCustomer(context: Context): Promise<JobResult> {
  const { deps, shop, now } = context;
  await deps.db.acrossShops(async (tx) => {
    const found = await findPerson(tx, personOf(context));
    await finish(tx, context, { state: 'done', result: await exportPerson(tx, shop.id, found, now) });
  });
  return { outcome: 'done' };
}

async function eraseCustomer(context: Context): Promise<JobResult> {
  const { deps, now } = context;
  await deps.db.acrossShops(async (tx) => {
    const { counts, found } = await erasePerson(deps, tx, personOf(context), now);
    const sweep = { customers: found.customerIds, orders: found.orderIds.map(String) };
    await finish(tx, context, { state: 'done', result: JSON.stringify(counts), subject: sweep });
  });
  return { outcome: 'done' };
}

/** The words say nothing that a replay could not say: what the shop is now decides. */
async function redactShop(context: Context): Promise<JobResult> {
  const { deps, shop, installedAt, uninstalledAt, now } = context;
  if (shop.status === 'installed') {
    const asked = await deps.probe(shop);
    if (asked.outcome === 'later') return { outcome: 'snooze', seconds: Math.ceil(asked.seconds) };
    if (asked.outcome !== 'unauthorized') {
      const isBack = installedAt && uninstalledAt && installedAt > uninstalledAt;
      return isBack ? redactFormer(context, installedAt) : refuse(context, 'installed');
    }
    await deps.db.acrossShops((tx) => uninstallShop(tx, shop.id, deps.stopWork, now));
  }
  const counts = await eraseShop(deps.db, shop, now);
  const standing = await shopById({ sql: deps.db.sqlAcrossShops }, shop.id);
  if (!counts || standing?.status === 'installed')
    return { outcome: 'retry', error: 'installed again meanwhile' };
  await deps.db.acrossShops((tx) => finish(tx, context, { state: 'done', result: JSON.stringify(counts) }));
  return { outcome: 'done' };
}

/** Installed again: only what is left of the time before goes; what Shopify still has comes back by a sync. */
async function redactFormer(context: Context, installedAt: Date): Promise<JobResult> {
  const { deps, shop, now } = context;
  await deps.db.acrossShops(async (tx) => {
    const counts: Counts = await eraseFormerEpoch(tx, shop, installedAt);
    await startSync(deps.queue, tx, shop.id, SYNC_KINDS, now);
    const reason = 'former installation only';
    await finish(tx, context, { state: 'done', result: JSON.stringify(counts), reason });
  });
  return { outcome: 'done' };
}

async function refuse(context: Context, reason: string): Promise<JobResult> {
  await context.deps.db.acrossShops((tx) => finish(tx, context, { state: 'refused', reason }));
  return { outcome: 'cancel', reason };
}

interface Finished {
  state: 'done' | 'refused';
  /** JSON text */
  result?: string;
  reason?: string;
  /** Ids that the sweep needs afterwards; nobody is named by them. */
  subject?: { customers: string[]; orders: string[] };
}

const finish = (tx: SqlTx, { shop, request, now }: Context, { state, result, reason, subject }: Finished) =>
  tx.sql(DONE, [shop.id, request.id, state, result, reason, now, subject]);
