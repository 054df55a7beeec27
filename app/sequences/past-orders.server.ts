/** Orders of a page of customers with their parcels and products, as they came about. */
import type { ShopTx } from '../db.server.ts';
import { clockOf } from '../products/products.server.ts';
import { channelOf } from './facts.ts';
import type { PastOrder, PastProduct, PastShipment } from './past.ts';

const ORDERS = `
  select o.customer_id, o.id, o.source, o.test, o.total, o.ordinal, o.country, o.time_zone, o.placed_at, o.paid_at,
    o.fulfilled_at, o.cancelled_at, o.refunded_at, o.returned_at, o.deleted_at, o.snapshot_at, r.first_at, r.last_at,
    (select min(b.at) from order_return b where b.shop_id = o.shop_id and b.order_id = o.id
      and lower(b.state) in ('open', 'requested')) as return_open_since
  from orders o
  cross join lateral (
    select min(f.at) as first_at, max(f.at) as last_at from refund f
    where f.shop_id = o.shop_id and f.order_id = o.id and f.amount > 0) r
  where o.shop_id = $1 and o.customer_id = any($2::uuid[]) and o.placed_at between $3 and $4
  order by o.placed_at, o.id`;

interface OrderRow {
  customer_id: string;
  id: bigint;
  source: string;
  test: boolean;
  total: bigint;
  ordinal: number | null;
  country: string | null;
  time_zone: string | null;
  placed_at: Date;
  paid_at: Date | null;
  fulfilled_at: Date | null;
  cancelled_at: Date | null;
  refunded_at: Date | null;
  returned_at: Date | null;
  deleted_at: Date | null;
  snapshot_at: Date;
  first_at: Date | null;
  last_at: Date | null;
  return_open_since: Date | null;
}

const PRODUCTS = `
  select l.order_id, l.product_id as id, min(l.title) as title, sum(l.current_quantity)::int as left_over
  from order_line l where l.shop_id = $1 and l.order_id = any($2::bigint[]) and l.product_id is not null
  group by l.order_id, l.product_id order by l.order_id, max(l.price) desc, l.product_id`;

interface ProductRow {
  order_id: bigint;
  id: bigint;
  title: string;
  left_over: number;
}

const SHIPMENTS = `
  select s.order_id, s.id, s.status, s.shipped_at, s.delivered_at, coalesce(s.scan_at, s.snapshot_at) as scan_at,
    case when s.delivered_by = 'assumed' then coalesce(s.country, '') end as assumed_in,
    (select coalesce(json_agg(json_build_array(p.believed_at, p.opened_at, p.solved_at)), '[]') from problem p
      where p.shop_id = s.shop_id and p.order_id = s.order_id and p.shipment_id = s.id) as missed,
    (select coalesce(string_agg(distinct l.product_id::text, ' '), '') from shipment_line t
      join order_line l on l.shop_id = t.shop_id and l.order_id = s.order_id and l.id = t.line_id
      where t.shop_id = s.shop_id and t.shipment_id = s.id) as products
  from shipment s where s.shop_id = $1 and s.order_id = any($2::bigint[]) order by s.order_id, s.id`;

interface ShipmentRow {
  order_id: bigint;
  id: bigint;
  status: string;
  shipped_at: Date;
  delivered_at: Date | null;
  scan_at: Date;
  assumed_in: string | null;
  missed: [string, string, string | null][];
  products: string;
}

/** Orders that were placed between the two moments, oldest first, by customer. */
export async function pastOrders(
  tx: ShopTx,
  customerIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<Map<string, PastOrder[]>> {
  const rows = await tx.sql<OrderRow>(ORDERS, [tx.shopId, customerIds, from, until]);
  const ids = rows.map(({ id }) => id);
  const products = await tx.sql<ProductRow>(PRODUCTS, [tx.shopId, ids]);
  const clocks = await clockOf(
    tx,
    products.map(({ id }) => ({ shopId: tx.shopId, id })),
  );
  const shipments = await tx.sql<ShipmentRow>(SHIPMENTS, [tx.shopId, ids]);
  const [productsBy, shipmentsBy] = [
    Map.groupBy(products, (row) => row.order_id),
    Map.groupBy(shipments, (row) => row.order_id),
  ];
  const orderOf = (row: OrderRow): PastOrder => ({
    ...factsOf(row),
    products: (productsBy.get(row.id) ?? []).map((product) =>
      productOf(row, product, clocks.get(product.id)),
    ),
    shipments: (shipmentsBy.get(row.id) ?? []).map(shipmentOf),
  });
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id);
  return new Map([...byCustomer].map(([id, orders]) => [id, orders.map(orderOf)]));
}

const factsOf = (row: OrderRow): Omit<PastOrder, 'products' | 'shipments'> => ({
  id: row.id,
  channel: channelOf(row.source),
  test: row.test,
  total: Number(row.total),
  ordinal: row.ordinal,
  country: row.country,
  timeZone: row.time_zone,
  placedAt: row.placed_at,
  paidAt: row.paid_at,
  fulfilledAt: row.fulfilled_at,
  cancelledAt: row.cancelled_at,
  partlyRefundedAt: row.first_at,
  refundedAt: row.refunded_at,
  returnOpenSince: row.return_open_since,
  returnedAt: row.returned_at,
  deletedAt: row.deleted_at,
});

type Clock = Pick<PastProduct, 'title' | 'firstUseDays' | 'readyToJudgeDays' | 'usefulLifeDays'>;

/** When the last of it went is not kept: it went with what was done to the order last. */
const productOf = (order: OrderRow, row: ProductRow, clock: Clock | undefined): PastProduct => ({
  id: row.id,
  title: clock?.title ?? row.title,
  firstUseDays: clock?.firstUseDays ?? null,
  readyToJudgeDays: clock?.readyToJudgeDays ?? null,
  usefulLifeDays: clock?.usefulLifeDays ?? null,
  goneAt:
    row.left_over > 0
      ? null
      : (order.last_at ?? order.cancelled_at ?? order.returned_at ?? order.snapshot_at),
});

const shipmentOf = (row: ShipmentRow): PastShipment => ({
  id: row.id,
  shippedAt: row.shipped_at,
  deliveredAt: row.delivered_at,
  failedAt: row.status === 'failed' || row.status === 'cancelled' ? row.scan_at : null,
  lost: row.status === 'failed',
  assumedIn: row.assumed_in,
  missed: row.missed.map(([believedAt, from, until]) => ({
    believedAt: new Date(believedAt),
    from: new Date(from),
    until: until === null ? null : new Date(until),
  })),
  productIds: row.products.split(' ').filter(Boolean).map(BigInt),
});
