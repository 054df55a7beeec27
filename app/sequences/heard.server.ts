/** What has to be known of something that happened before anybody is enrolled because of it. */
import type { SqlTx } from '../db.server.ts';
import { readSettings } from '../shops/settings.ts';
import { scoreOf, type Known, type Listening } from './candidates.ts';
import { readFacts } from './facts.server.ts';
import { needsAtStart, type FactGroup } from './needs.ts';
import { plansOf, versionKey } from './plans.server.ts';
import type { Happened } from './sequence.ts';

export interface Heard {
  /** Of installed shops, with the customers that are left after merges. */
  happened: Happened[];
  /** What is known of each, in the same order. */
  of: Known[];
  listening: Listening[];
  epochs: Map<bigint, number>;
}

/** Reads everything set-based; shops are locked against being uninstalled meanwhile. */
export async function heard(tx: SqlTx, all: readonly Happened[], now: Date): Promise<Heard> {
  const shops = await lockShops(tx, all);
  const happened = await followMerges(
    tx,
    all.filter((each) => shops.has(each.shopId)),
  );
  const listening = await listeningIn(tx, [...shops.keys()]);
  const epochs = new Map([...shops].map(([id, shop]) => [id, shop.epoch]));
  const needs = wantedAtStart(listening);
  const facts = await readFacts(
    tx,
    happened.map((each) => ({
      shopId: each.shopId,
      shop: shops.get(each.shopId)!,
      enrollmentId: null,
      customerId: each.customerId,
      orderId: each.orderId ?? null,
      shipmentId: each.shipmentId ?? null,
      productId: each.productId ?? null,
      anchorAt: each.at,
      needs: needs.get(each.shopId) ?? NOTHING,
    })),
    now,
  );
  const products = await productsOf(tx, happened);
  const of = facts.map((known, index) => ({
    facts: { ...known, triggerScore: scoreOf(happened[index]!) },
    productIds: products[index]!,
  }));
  return { happened, of, listening, epochs };
}

const NOTHING = new Set<never>();

/** By shop: what its plans look at before they take anybody in. */
function wantedAtStart(listening: readonly Listening[]): Map<bigint, Set<FactGroup>> {
  const wanted = new Map<bigint, Set<FactGroup>>();
  for (const { shopId, plan } of listening) {
    const needs = needsAtStart(plan);
    if (needs.size > 0) wanted.set(shopId, new Set([...(wanted.get(shopId) ?? []), ...needs]));
  }
  return wanted;
}

const SHOPS = `
  select id, epoch, time_zone, locale, settings from shop
  where id = any($1::bigint[]) and status = 'installed' order by id for share`;

async function lockShops(tx: SqlTx, all: readonly Happened[]) {
  const rows = await tx.sql<{
    id: bigint;
    epoch: number;
    time_zone: string;
    locale: string;
    settings: unknown;
  }>(SHOPS, [[...new Set(all.map((each) => each.shopId))]]);
  const shopOf = (row: (typeof rows)[number]) => ({
    epoch: row.epoch,
    timeZone: row.time_zone,
    locale: row.locale,
    rhythm: readSettings(row.settings).rhythm,
  });
  return new Map(rows.map((row) => [row.id, shopOf(row)]));
}

const MERGED = `
  select c.shop_id, c.id, c.merged_into from customer c
  join unnest($1::bigint[], $2::uuid[]) as w(shop_id, id) on c.shop_id = w.shop_id and c.id = w.id
  where c.merged_into is not null`;

/** What happened to somebody who was merged meanwhile happened to the one who is left. */
async function followMerges(tx: SqlTx, happened: Happened[]): Promise<Happened[]> {
  const rows = await tx.sql<{ shop_id: bigint; id: string; merged_into: string }>(MERGED, [
    happened.map((each) => each.shopId),
    happened.map((each) => each.customerId),
  ]);
  const into = new Map(rows.map((row) => [row.id, row.merged_into]));
  if (into.size === 0) return happened;
  return followMerges(
    tx,
    happened.map((each) => ({ ...each, customerId: into.get(each.customerId) ?? each.customerId })),
  );
}

const LIVE = `
  select s.shop_id, s.id, s.key, s.live_version from sequence s
  where s.shop_id = any($1::bigint[]) and s.status = 'on' and s.live_version is not null`;

/** Sequences of these shops that are switched on, in their live version. */
export async function listeningIn(tx: SqlTx, shopIds: bigint[]): Promise<Listening[]> {
  const rows = await tx.sql<{ shop_id: bigint; id: string; key: string; live_version: number }>(LIVE, [
    shopIds,
  ]);
  const refs = rows.map((row) => ({
    shopId: row.shop_id,
    sequenceId: row.id,
    key: row.key,
    version: row.live_version,
  }));
  const plans = await plansOf(tx, refs);
  return refs.flatMap((ref) => {
    const plan = plans.get(versionKey(ref));
    return plan ? [{ ...ref, plan }] : [];
  });
}

const PRODUCTS = `
  select w.index, l.product_id as id
  from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[]) as w(shop_id, index, order_id, shipment_id)
  join order_line l on l.shop_id = w.shop_id and l.order_id = w.order_id and l.product_id is not null
  left join shipment_line s on s.shop_id = w.shop_id and s.shipment_id = w.shipment_id and s.line_id = l.id
  where (w.shipment_id is null or s.line_id is not null) and l.current_quantity > 0
  group by w.index, l.product_id order by w.index, max(l.price) desc, l.product_id`;

/** Products of each parcel or order, dearest first. */
async function productsOf(tx: SqlTx, happened: readonly Happened[]): Promise<bigint[][]> {
  const rows = await tx.sql<{ index: number; id: bigint }>(PRODUCTS, [
    happened.map((each) => each.shopId),
    happened.map((_, index) => index),
    happened.map((each) => each.orderId ?? null),
    happened.map((each) => each.shipmentId ?? null),
  ]);
  const products = happened.map((): bigint[] => []);
  for (const row of rows) products[row.index]!.push(row.id);
  return products;
}

const CUSTOMERS = `
  select c.id from customer c
  join unnest($1::bigint[], $2::uuid[]) as w(shop_id, id) on c.shop_id = w.shop_id and c.id = w.id
  where c.erased_at is null and c.merged_into is null
  order by c.shop_id, c.id for no key update of c`;

/** Locks the customers, so that two happenings at once enroll one of them once; those who were erased are missing. */
export async function lockCustomers(tx: SqlTx, happened: readonly Happened[]): Promise<Set<string>> {
  const wanted = [...new Map(happened.map((each) => [each.customerId, each])).values()];
  const rows = await tx.sql<{ id: string }>(CUSTOMERS, [
    wanted.map((each) => each.shopId),
    wanted.map((each) => each.customerId),
  ]);
  return new Set(rows.map((row) => row.id));
}
