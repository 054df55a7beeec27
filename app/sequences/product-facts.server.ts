/** What is known of the products of a batch: which are the customer's still, and their clocks. */
import type { SqlTx } from '../db.server.ts';
import { clockOf } from '../products/products.server.ts';
import { keysOf, W, type Asking, type Group } from './fact-groups.ts';
import type { ProductFacts } from './facts.ts';

/** Products of the parcel, or of the whole order, that are still the customer's. */
const PRODUCTS = `
  select w.index, l.product_id as id, min(l.title) as title, sum(l.current_quantity)::int as left_over
  from ${W}, $5::bigint[]) as w(shop_id, index, customer_id, order_id, shipment_id)
  join order_line l on l.shop_id = w.shop_id and l.order_id = w.order_id and l.product_id is not null
  left join shipment_line s on s.shop_id = w.shop_id and s.shipment_id = w.shipment_id and s.line_id = l.id
  where w.shipment_id is null or s.line_id is not null
  group by w.index, l.product_id`;

interface ProductRow {
  index: number;
  id: bigint;
  title: string;
  left_over: number;
}

export const products: Group = async (tx, asking, facts) => {
  const shipments = asking.map((each) => each.shipmentId);
  const rows = await tx.sql<ProductRow>(PRODUCTS, [...keysOf(asking), shipments]);
  const clocks = await clocksOf(tx, asking, rows);
  const askedFor = new Map(asking.map((each) => [each.index, each]));
  for (const row of rows) {
    const { shopId, productId } = askedFor.get(row.index)!;
    const clock = clocks.get(`${shopId}:${row.id}`);
    const product: ProductFacts = {
      id: row.id,
      title: clock?.title ?? row.title,
      firstUseDays: clock?.firstUseDays ?? null,
      readyToJudgeDays: clock?.readyToJudgeDays ?? null,
      usefulLifeDays: clock?.usefulLifeDays ?? null,
      gone: row.left_over <= 0,
    };
    const known = facts[row.index]!;
    known.products.push(product);
    if (productId === row.id) known.product = product;
  }
};

/** Clocks by shop and product; asked shop by shop, because two shops may name a product alike. */
async function clocksOf(tx: SqlTx, asking: readonly Asking[], rows: readonly ProductRow[]) {
  const shopOf = new Map(asking.map((each) => [each.index, each.shopId]));
  const clocks = new Map<
    string,
    Awaited<ReturnType<typeof clockOf>> extends Map<bigint, infer Clock> ? Clock : never
  >();
  for (const shopId of new Set(shopOf.values())) {
    const ids = new Set(rows.filter((row) => shopOf.get(row.index) === shopId).map((row) => row.id));
    const found = await clockOf(
      tx,
      [...ids].map((id) => ({ shopId, id })),
    );
    for (const [id, clock] of found) clocks.set(`${shopId}:${id}`, clock);
  }
  return clocks;
}
