/** Works in a batch of webhooks in one transaction: reads them all, lets each body act once, applies them by kind. */
import { createHash } from 'node:crypto';
import { CHANNELS } from '../customers/customer.ts';
import {
  addTimeline,
  customerByShopifyId,
  followMerge,
  changeTags,
  setConsent,
  upsertCustomers,
  type ConsentChange,
} from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { deleteProducts, upsertProducts } from '../products/products.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { applyChanges, type Heard, type OrdersDeps } from './apply.server.ts';
import { endAttempt } from './attempts.server.ts';
import { takeChecks } from './checks.server.ts';
import type { InboxRow } from './claim.server.ts';
import { tellOfErased } from './erased-bodies.server.ts';
import { followJoins } from './follow.server.ts';
import { handed, type WebhookHandlers } from './handed.server.ts';
import { readWebhook } from './read-webhook.ts';
import type { Meaning } from './topics.ts';
import { waitForCustomer, waitingFor } from './waiting.server.ts';

export interface WorkDeps {
  orders: OrdersDeps;
  handlers: WebhookHandlers;
}

/** A webhook and what becomes of it. */
interface Item {
  row: InboxRow;
  meanings: Meaning[];
  once: boolean;
  end: End;
}

type End =
  | { state: 'done' }
  | { state: 'dead' | 'ignored'; reason: string }
  | { state: 'waits'; for: 'order' | 'customer'; id: bigint };

const STATES = { waits: 0, done: 1, dead: 2, ignored: 3 } as const;

/** How long a webhook waits for its order before it is a dead letter, and for its customer's first order before it is let go. */
const PATIENCE_MS = { order: 3 * 86_400_000, customer: 400 * 86_400_000 };

/** Afterwards every row is done, dead, ignored or waits for its order or customer. */
export async function workIn(tx: SqlTx, rows: readonly InboxRow[], now: Date, deps: WorkDeps): Promise<void> {
  const facts = await readShops(tx, rows);
  const items = rows.map((row) => itemOf(row, facts));
  items.push(...(await waitingFor(tx, items)).map((row) => itemOf(row, facts)));
  await actOnce(tx, items, now);
  const live = items.filter(({ end }) => end.state === 'done');
  await workOrders(tx, live, now, deps);
  await workChecks(tx, live, now);
  await workPeople(tx, live, now, deps);
  await workProducts(tx, live, now);
  for (const item of live) await workHanded(tx, item, now, deps);
  await forgetWaiting(tx, items);
  await finish(tx, items, await forgetErased(tx, items, deps));
}

interface ShopFacts {
  shops: Map<bigint, Shop>;
  shopifyIds: Map<bigint, bigint | null>;
}

const SHOPIFY_IDS = 'select id, shopify_id from shop where id = any($1::bigint[])';

async function readShops(tx: SqlTx, rows: readonly InboxRow[]): Promise<ShopFacts> {
  const ids = [...new Set(rows.map(({ shop_id }) => shop_id))];
  const known = await tx.sql<{ id: bigint; shopify_id: bigint | null }>(SHOPIFY_IDS, [ids]);
  return {
    shops: await shopsByIds(tx, ids),
    shopifyIds: new Map(known.map(({ id, shopify_id }) => [id, shopify_id])),
  };
}

function itemOf(row: InboxRow, { shops, shopifyIds }: ShopFacts): Item {
  const shop = shops.get(row.shop_id)!;
  const webhook = { ...row, triggeredAt: row.triggered_at, receivedAt: row.received_at };
  const reading = readWebhook(webhook, {
    ...shop,
    shopifyId: shopifyIds.get(row.shop_id) ?? null,
    isInstalled: shop.status === 'installed',
  });
  if (reading.outcome !== 'meant') {
    return { row, meanings: [], once: false, end: { state: reading.outcome, reason: reading.reason } };
  }
  const nothing = reading.meanings.find(({ kind }) => kind === 'nothing');
  const end: End =
    nothing?.kind === 'nothing' ? { state: 'ignored', reason: nothing.reason } : { state: 'done' };
  return { row, meanings: reading.meanings, once: reading.once, end };
}

const FINGERPRINT = `
  insert into body_fingerprint (sha256, shop_id, seen_at)
  select distinct on (sha256) sha256, shop_id, $3::timestamptz from unnest($1::bytea[], $2::bigint[]) as t(sha256, shop_id)
  order by sha256 on conflict do nothing returning sha256`;
const UNSEE = 'delete from body_fingerprint where sha256 = any($1::bytea[])';

const hashOf = (row: InboxRow) => createHash('sha256').update(row.body).digest();

/**
 * Headers are not signed: the same body under another topic, shop or delivery id acts once. Its mark is made together with
 * the effect, so that a copy under a wrong name, which has none, can't use it up.
 */
async function actOnce(tx: SqlTx, items: readonly Item[], now: Date): Promise<void> {
  const once = items.filter(({ once: is, end }) => is && end.state === 'done');
  if (once.length === 0) return;
  const hashes = once.map(({ row }) => hashOf(row));
  const rows = await tx.sql<{ sha256: Uint8Array }>(FINGERPRINT, [
    hashes,
    once.map(({ row }) => row.shop_id),
    now,
  ]);
  const fresh = new Set(rows.map(({ sha256 }) => Buffer.from(sha256).toString('hex')));
  for (const [index, item] of once.entries()) {
    const isFirst = fresh.delete(hashes[index]!.toString('hex'));
    if (!isFirst) item.end = { state: 'ignored', reason: 'body-seen-before' };
  }
}

/** What waits has not acted yet. */
async function forgetWaiting(tx: SqlTx, items: readonly Item[]): Promise<void> {
  const waiting = items.filter(({ once, end }) => once && (end.state === 'waits' || end.state === 'dead'));
  if (waiting.length > 0) await tx.sql(UNSEE, [waiting.map(({ row }) => hashOf(row))]);
}

async function workOrders(tx: SqlTx, items: readonly Item[], now: Date, deps: WorkDeps): Promise<void> {
  const source = new Map<Heard, Item>();
  for (const item of items) {
    for (const meaning of item.meanings) {
      if (meaning.kind !== 'order') continue;
      source.set({ shopId: item.row.shop_id, orderId: meaning.orderId, change: meaning.change }, item);
    }
  }
  const unknown = await applyChanges(tx, [...source.keys()], now, deps.orders);
  for (const heard of unknown) {
    const item = source.get(heard)!;
    item.end = isLate(item, 'order', now)
      ? { state: 'dead', reason: 'order-never-came' }
      : { state: 'waits', for: 'order', id: heard.orderId };
  }
}

const isLate = ({ row }: Item, what: keyof typeof PATIENCE_MS, now: Date) =>
  now.getTime() >= row.received_at.getTime() + PATIENCE_MS[what];

async function workChecks(tx: SqlTx, items: readonly Item[], now: Date): Promise<void> {
  const heard = items.flatMap(({ row, meanings }) =>
    meanings.flatMap((meaning) =>
      meaning.kind === 'check'
        ? [{ shopId: row.shop_id, orderId: meaning.orderId, check: meaning.check }]
        : [],
    ),
  );
  await takeChecks(tx, heard, now);
}

async function workPeople(tx: SqlTx, items: readonly Item[], now: Date, deps: WorkDeps): Promise<void> {
  for (const { row, meanings } of items) {
    for (const meaning of meanings) {
      if (meaning.kind === 'merge') await workMerge(tx, row.shop_id, meaning, now);
    }
  }
  const all = items.flatMap(({ meanings }) => meanings);
  const consents = all.flatMap((meaning) => (meaning.kind === 'consent' ? [meaning.consent] : []));
  const told = all.flatMap((meaning) => (meaning.kind === 'person' ? [meaning.person] : []));
  const people = [...consents.map(({ person }) => person), ...told];
  const { ids, joins } = await upsertCustomers(tx, people, now, deps.orders);
  await followJoins(tx, joins);
  const changes = consents.flatMap(({ person, ...consent }, index): ConsentChange[] => {
    const customerId = ids[index];
    return customerId ? [{ ...consent, shopId: person.shopId, customerId, source: 'shopify' }] : [];
  });
  for (const { row, meanings } of items) {
    for (const meaning of meanings) {
      if (meaning.kind === 'customer-gone') changes.push(...(await silenced(tx, row.shop_id, meaning, now)));
    }
  }
  await setConsent(tx, changes, now);
  await workTags(tx, items, now);
}

/** Tags may be told before their customer is; of some customers nobody ever tells. */
async function workTags(tx: SqlTx, items: readonly Item[], now: Date): Promise<void> {
  const changes = items.flatMap((item) =>
    item.meanings.flatMap((meaning) =>
      meaning.kind === 'tags' ? [{ ...meaning.tags, shopId: item.row.shop_id, item }] : [],
    ),
  );
  for (const { item, shopifyId } of await changeTags(tx, changes, now)) {
    item.end = isLate(item, 'customer', now)
      ? { state: 'ignored', reason: 'customer-never-came' }
      : { state: 'waits', for: 'customer', id: waitForCustomer(shopifyId) };
  }
}

type Of<Kind extends Meaning['kind']> = Extract<Meaning, { kind: Kind }>;

async function workMerge(
  tx: SqlTx,
  shopId: bigint,
  { keptShopifyId, goneShopifyId }: Of<'merge'>,
  now: Date,
) {
  const join = await followMerge(tx, { shopId, keptShopifyId, goneShopifyId }, now);
  await followJoins(tx, join ? [join] : []);
}

/** Who was deleted at Shopify has agreed to nothing any more; somebody we never knew stays unknown. */
async function silenced(
  tx: SqlTx,
  shopId: bigint,
  { shopifyId, at }: Of<'customer-gone'>,
  now: Date,
): Promise<ConsentChange[]> {
  const customer = await customerByShopifyId(tx, shopId, shopifyId);
  if (!customer) return [];
  const customerId = customer.id;
  await addTimeline(tx, [{ shopId, customerId, at, kind: 'note', code: 'customer-deleted', data: {} }], now);
  return CHANNELS.map((channel) => ({
    shopId,
    customerId,
    channel,
    state: 'not-subscribed',
    source: 'shopify',
    at,
  }));
}

async function workProducts(tx: SqlTx, items: readonly Item[], now: Date): Promise<void> {
  const products = items.flatMap(({ meanings }) =>
    meanings.flatMap((meaning) => (meaning.kind === 'product' ? [meaning.product] : [])),
  );
  await upsertProducts(tx, products, now);
  for (const { row, meanings } of items) {
    for (const meaning of meanings) {
      if (meaning.kind === 'product-gone')
        await deleteProducts(tx, [{ shopId: row.shop_id, id: meaning.id }], meaning.at);
    }
  }
}

async function workHanded(tx: SqlTx, item: Item, now: Date, deps: WorkDeps): Promise<void> {
  for (const meaning of item.meanings) {
    if (meaning.kind !== 'handed') continue;
    const answer = await handed(tx, deps.handlers, meaning.topic, item.row, meaning.body, now);
    if (answer.outcome !== 'done') item.end = { state: answer.outcome, reason: answer.reason };
  }
}

/** Which bodies are not to be kept: they tell of somebody erased. What could not be read, or waits, ends with that. */
async function forgetErased(tx: SqlTx, items: readonly Item[], deps: WorkDeps): Promise<Set<Item>> {
  const told = items.map(({ row, meanings, end }) => ({ row, meanings, isRead: end.state === 'done' }));
  const erased = await tellOfErased(tx, told, deps.orders);
  const blank = items.filter((_, index) => erased[index]);
  for (const item of blank) if (item.end.state !== 'done') item.end = { state: 'ignored', reason: 'erased' };
  return new Set(blank);
}

const FINISH = `
  update webhook_inbox i set state = t.state, reason = t.reason, waits_for = t.waits_for,
    due_at = case when t.state = 0 then i.received_at + make_interval(
      secs => case when t.waits_for < 0 then ${PATIENCE_MS.customer / 1000} else ${PATIENCE_MS.order / 1000} end) end,
    body = case when t.empty then '' else i.body end
  from unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::bigint[], $6::boolean[])
    as t(shop_id, webhook_id, state, reason, waits_for, empty)
  where i.shop_id = t.shop_id and i.webhook_id = t.webhook_id`;

async function finish(tx: SqlTx, items: readonly Item[], blank: ReadonlySet<Item>): Promise<void> {
  const reasonOf = ({ end }: Item) =>
    end.state === 'done' ? null : end.state === 'waits' ? `waits-for-${end.for}` : end.reason.slice(0, 300);
  await tx.sql(FINISH, [
    items.map(({ row }) => row.shop_id),
    items.map(({ row }) => row.webhook_id),
    items.map(({ end }) => STATES[end.state]),
    items.map(reasonOf),
    items.map(({ end }) => (end.state === 'waits' ? end.id : null)),
    // A body that was seen before lies in the inbox already.
    items.map(
      (item) => blank.has(item) || (item.end.state === 'ignored' && item.end.reason === 'body-seen-before'),
    ),
  ]);
  const refs = items.map(({ row }) => ({ shopId: row.shop_id, webhookId: row.webhook_id }));
  await endAttempt(tx.sql, refs);
}
