/** Order states in and out of the database, many at a time; only what has changed is written. */
import { fromRow, toRow, upsertRows } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { LineState, OrderState, ShipmentState } from './state.ts';

export interface OrderRef {
  shopId: bigint;
  id: bigint;
}

export const keyOf = ({ shopId, id }: OrderRef): string => `${shopId}:${id}`;

type Row = Record<string, unknown>;

const ORDER_COLUMNS = `o.shop_id, o.id, o.name, o.customer_id, o.email, o.phone, o.locale, o.country, o.province, o.city, o.zip,
  o.time_zone, o.address_hash, o.currency, o.total, o.goods, o.refunded, o.present_currency, o.present_total, o.financial_status,
  o.fulfillment_status, o.source, o.test, o.checkout_token, o.confirmation, o.discount_codes, o.invited_by, o.service, o.status_url, o.placed_at,
  o.paid_at, o.fulfilled_at, o.cancelled_at, o.refunded_at, o.returned_at, o.deleted_at, o.snapshot_at, o.snapshot_rank,
  o.ordinal`;

const ASKED = 'unnest($1::bigint[], $2::bigint[]) as asked(shop_id, order_id)';

/** Parts that an order has; most of those that are asked for have lines and no more. */
const PARTS = `
  exists (select from order_line p where p.shop_id = o.shop_id and p.order_id = o.id) as has_lines,
  exists (select from shipment p where p.shop_id = o.shop_id and p.order_id = o.id) as has_shipments,
  exists (select from refund p where p.shop_id = o.shop_id and p.order_id = o.id) as has_refunds,
  exists (select from order_return p where p.shop_id = o.shop_id and p.order_id = o.id) as has_returns`;

const ORDERS = `
  select ${ORDER_COLUMNS}, ${PARTS} from ${ASKED} join orders o on o.shop_id = asked.shop_id and o.id = asked.order_id`;
const LINES = `
  select shop_id, order_id, id, product_id, variant_id, title, quantity, current_quantity, price
  from ${ASKED} join order_line using (shop_id, order_id) order by id`;
const SHIPMENTS = `
  select shop_id, order_id, id, status, scan_at, carrier, tracking_number, tracking_url, origin, country, shipped_at,
    expected_at, delivered_at, delivered_by, due_at, due_by, due_days, missing_at, believed_by, believed_at, snapshot_at
  from ${ASKED} join shipment using (shop_id, order_id) order by id`;
const SHIPMENT_LINES = `
  select s.shop_id, s.order_id, l.shipment_id, l.line_id, l.quantity
  from ${ASKED} join shipment s using (shop_id, order_id)
  join shipment_line l on l.shop_id = s.shop_id and l.shipment_id = s.id order by l.line_id`;
const REFUNDS = `
  select shop_id, order_id, id, amount, shipping, at from ${ASKED} join refund using (shop_id, order_id) order by id`;
const RETURNS = `
  select shop_id, order_id, id, state, pieces, at from ${ASKED} join order_return using (shop_id, order_id) order by id`;

/** A state as it is stored, with the number that it has among its customer's orders. */
export type StoredOrder = OrderState & { ordinal: number | null };

/** The stored states of those orders that are known, by key; asks for no part that none of them has. */
export async function loadOrders(tx: SqlTx, refs: readonly OrderRef[]): Promise<Map<string, StoredOrder>> {
  const unique = [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];
  if (unique.length === 0) return new Map();
  const values = [unique.map((ref) => ref.shopId), unique.map((ref) => ref.id)];
  const orders = (await tx.sql<Row>(ORDERS, values)).map(foundOf);
  if (orders.length === 0) return new Map();
  const states = new Map(orders.map(({ state }) => [keyOf(state), state]));
  const someHas = (part: keyof Parts) => orders.some(({ has }) => has[part]);
  await loadParts(tx, values, states, {
    lines: someHas('lines'),
    shipments: someHas('shipments'),
    refunds: someHas('refunds'),
    returns: someHas('returns'),
  });
  return states;
}

type Parts = Record<'lines' | 'shipments' | 'refunds' | 'returns', boolean>;

/** A state without its parts yet, and which it has. */
function foundOf(found: Row): { state: StoredOrder; has: Parts } {
  const { has_lines, has_shipments, has_refunds, has_returns, ...row } = found;
  return {
    state: { ...fromRow<StoredOrder>(row), lines: [], shipments: [], refunds: [], returns: [] },
    has: {
      lines: has_lines === true,
      shipments: has_shipments === true,
      refunds: has_refunds === true,
      returns: has_returns === true,
    },
  };
}

const BY_CHECKOUT = `
  select ${ORDER_COLUMNS}, ${PARTS} from orders o
  where o.shop_id = $1 and o.checkout_token = $2 order by o.placed_at desc limit 1`;

/** The stored state of a checkout's order; asks for no part that it has not. */
export async function loadByCheckout(tx: SqlTx, shopId: bigint, token: string): Promise<StoredOrder | null> {
  const [row] = await tx.sql<Row>(BY_CHECKOUT, [shopId, token]);
  if (!row) return null;
  const { state, has } = foundOf(row);
  await loadParts(tx, [[state.shopId], [state.id]], new Map([[keyOf(state), state]]), has);
  return state;
}

async function loadParts(
  tx: SqlTx,
  values: unknown[],
  states: Map<string, StoredOrder>,
  has: Parts,
): Promise<void> {
  const read = async (statement: string, isThere: boolean) => (isThere ? tx.sql<Row>(statement, values) : []);
  const of = (row: Row) => states.get(`${String(row['shop_id'])}:${String(row['order_id'])}`);
  const part = <Part>({ shop_id: _shop, order_id: _order, ...row }: Row) => fromRow<Part>(row);
  for (const row of await read(LINES, has.lines)) of(row)?.lines.push(part<LineState>(row));
  for (const row of await read(SHIPMENTS, has.shipments)) {
    const shipment = part<ShipmentState>(row);
    of(row)?.shipments.push({ ...shipment, scanAt: shipment.scanAt ?? new Date(0), lines: [] });
  }
  for (const row of await read(SHIPMENT_LINES, has.shipments)) {
    const shipment = of(row)?.shipments.find(({ id }) => id === row['shipment_id']);
    shipment?.lines.push({ lineId: row['line_id'] as bigint, quantity: row['quantity'] as number });
  }
  for (const row of await read(REFUNDS, has.refunds)) of(row)?.refunds.push(part(row));
  for (const row of await read(RETURNS, has.returns)) of(row)?.returns.push(part(row));
}

const DROP_LINES = `
  delete from order_line l using unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  where l.shop_id = t.shop_id and l.order_id = t.order_id and not l.id = any($3::bigint[])`;
const DROP_SHIPMENT_LINES = `
  delete from shipment_line l using unnest($1::bigint[], $2::bigint[]) as t(shop_id, shipment_id)
  where l.shop_id = t.shop_id and l.shipment_id = t.shipment_id and not l.line_id = any($3::bigint[])`;

export interface Step {
  before: OrderState | null;
  after: OrderState;
}

/** Writes what is different after. */
export async function saveOrders(tx: SqlTx, steps: readonly Step[]): Promise<void> {
  const changed = steps.filter(
    ({ before, after }) => !before || isDifferent(orderRow(before), orderRow(after)),
  );
  await upsertRows(
    tx.sql,
    'orders',
    ['shop_id', 'id'],
    changed.map(({ after }) => orderRow(after)),
  );
  await saveLines(tx, steps);
  await saveShipments(tx, steps);
  await saveItems(tx, 'refund', steps, ({ refunds }) => refunds);
  await saveItems(tx, 'order_return', steps, ({ returns }) => returns);
}

function orderRow(state: OrderState & { ordinal?: number | null }): Row {
  const { lines: _l, shipments: _s, refunds: _r, returns: _b, told: _t, ordinal: _o, ...columns } = state;
  return toRow(columns);
}

const isDifferent = (a: unknown, b: unknown) => plain(a) !== plain(b);
const plain = (value: unknown) =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item));

async function saveLines(tx: SqlTx, steps: readonly Step[]): Promise<void> {
  const changed = steps.filter(({ before, after }) => isDifferent(before?.lines ?? [], after.lines));
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ after }) =>
    after.lines.map((line) => toRow({ shopId: after.shopId, orderId: after.id, ...line })),
  );
  const kept = rows.map((row) => row['id']);
  await tx.sql(DROP_LINES, [
    changed.map(({ after }) => after.shopId),
    changed.map(({ after }) => after.id),
    kept,
  ]);
  await upsertRows(tx.sql, 'order_line', ['shop_id', 'order_id', 'id'], rows);
}

async function saveShipments(tx: SqlTx, steps: readonly Step[]): Promise<void> {
  const changed = steps.flatMap(({ before, after }) =>
    after.shipments
      .filter((shipment) =>
        isDifferent(
          before?.shipments.find(({ id }) => id === shipment.id),
          shipment,
        ),
      )
      .map((shipment) => ({ shopId: after.shopId, orderId: after.id, shipment })),
  );
  if (changed.length === 0) return;
  const rows = changed.map(({ shopId, orderId, shipment: { lines: _lines, ...columns } }) =>
    toRow({ shopId, orderId, ...columns }),
  );
  await upsertRows(tx.sql, 'shipment', ['shop_id', 'id'], rows);
  const lines = changed.flatMap(({ shopId, shipment }) =>
    shipment.lines.map((line) => toRow({ shopId, shipmentId: shipment.id, ...line })),
  );
  const shipmentIds = changed.map(({ shipment }) => shipment.id);
  const kept = lines.map((row) => row['line_id']);
  await tx.sql(DROP_SHIPMENT_LINES, [changed.map(({ shopId }) => shopId), shipmentIds, kept]);
  await upsertRows(tx.sql, 'shipment_line', ['shop_id', 'shipment_id', 'line_id'], lines);
}

async function saveItems(
  tx: SqlTx,
  table: 'refund' | 'order_return',
  steps: readonly Step[],
  itemsOf: (state: OrderState) => readonly { id: bigint }[],
): Promise<void> {
  const rows = steps.flatMap(({ before, after }) =>
    itemsOf(after)
      .filter((item) => isDifferent(before && itemsOf(before).find(({ id }) => id === item.id), item))
      .map((item) => toRow({ shopId: after.shopId, orderId: after.id, ...item })),
  );
  await upsertRows(tx.sql, table, ['shop_id', 'id'], rows);
}
