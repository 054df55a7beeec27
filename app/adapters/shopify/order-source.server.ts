/** Orders out of the Admin API, for reconciliation: what has changed is cheap to ask, whole orders are not. */
import type { OrderSnapshot } from '../../orders/snapshot.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminDocument } from './admin-client.ts';
import {
  ORDER_LINES,
  ORDERS_AT_ONCE,
  ORDERS_BY_IDS,
  ORDERS_CHANGED,
  type LineNode,
  type OrderNode,
} from './documents/orders.ts';
import { askedOf } from './asked.ts';
import { dateOf, gidOf, idOf } from './node-values.ts';
import { orderOfNode } from './order-node.ts';

interface ShopRef {
  id: bigint;
  domain: string;
}

/** An order and when it changed last: enough to see whether it was heard of. */
export interface ChangedOrder {
  id: bigint;
  updatedAt: Date;
}

export interface OrderSource {
  /** What changed in a window, oldest change first, 250 at a time for a point each. */
  ordersChanged(shop: ShopRef, window: { from: Date; to: Date }): AsyncIterable<ChangedOrder[]>;
  /** Whole orders; those that are gone are left out. About 150 points each. */
  ordersByIds(shop: ShopRef, ids: readonly bigint[]): AsyncIterable<OrderSnapshot[]>;
}

/** The shop's budget fills slowly, and nobody waits for this. */
const PATIENCE = 60_000;

/** Both throw when Shopify gives no answer: the job is tried again. */
export function orderSource(admin: Admin): OrderSource {
  const ask = <Data, Variables>(
    shop: ShopRef,
    document: AdminDocument<Data, Variables>,
    variables: Variables,
  ) => answered(admin, shop.domain, document, variables);

  async function* ordersChanged(shop: ShopRef, { from, to }: { from: Date; to: Date }) {
    const query = `updated_at:>='${from.toISOString()}' AND updated_at:<='${to.toISOString()}'`;
    for (let after: string | null = null; ;) {
      const { orders }: { orders: ChangedPage } = await ask(shop, ORDERS_CHANGED, { query, after });
      if (orders.nodes.length > 0) {
        yield orders.nodes.map((node) => ({ id: idOf(node.id), updatedAt: dateOf(node.updatedAt) }));
      }
      if (!orders.pageInfo.hasNextPage) return;
      after = orders.pageInfo.endCursor;
    }
  }

  async function* ordersByIds(shop: ShopRef, ids: readonly bigint[]) {
    for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
      const gids = ids.slice(from, from + ORDERS_AT_ONCE).map((id) => gidOf('Order', id));
      const { nodes } = await ask(shop, ORDERS_BY_IDS, { ids: gids });
      const orders: OrderSnapshot[] = [];
      for (const node of nodes) {
        if (node) orders.push(orderOfNode(shop.id, node, await linesOf(shop, node), node.returns.nodes));
      }
      if (orders.length > 0) yield orders;
    }
  }

  /** All lines of an order; the first ones came with it. */
  async function linesOf(shop: ShopRef, node: OrderNode): Promise<LineNode[]> {
    const lines = [...node.lineItems.nodes];
    for (let { hasNextPage, endCursor } = node.lineItems.pageInfo; hasNextPage;) {
      const { order } = await ask(shop, ORDER_LINES, { id: node.id, after: endCursor });
      lines.push(...(order?.lineItems.nodes ?? []));
      ({ hasNextPage, endCursor } = order?.lineItems.pageInfo ?? { hasNextPage: false, endCursor: null });
    }
    return lines;
  }

  return { ordersChanged, ordersByIds };
}

interface ChangedPage {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: { id: string; updatedAt: string }[];
}

async function answered<Data, Variables>(
  admin: Admin,
  domain: string,
  document: AdminDocument<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const asked = askedOf(await admin(domain).query(document, variables, { patience: PATIENCE }));
  if (asked.outcome === 'ok') return asked.value;
  throw new Error(`orders of the Admin API: ${asked.outcome}`);
}
