/** The door of orders: what a webhook means, orders, shipments, reconciliation. See README.md. */
import type { SqlTx } from '../db.server.ts';
import type { Order } from './order.ts';
import { loadByCheckout, loadOrders, type OrderRef, type StoredOrder } from './store.server.ts';

export { applyOrders, type OrdersDeps } from './apply.server.ts';
export { awaitedParcels, type AwaitedParcel } from './awaited.server.ts';
export { checksOf, takeChecks, type HeardCheck } from './checks.server.ts';
export { learnEverywhere } from './everywhere.server.ts';
export { publicHolidays, restDays, type RestDaysOf } from './holidays.server.ts';
export { lanesCsv, learnedLanes } from './lanes.server.ts';
export { learnTransit } from './learn.server.ts';
export { giveUpMissing, sayArrived, sayMissing, solveMissing } from './missing.server.ts';
export { missingParcels, type MissingParcel } from './problems.server.ts';
export {
  adoptStrays,
  deadLetters,
  forgetOldWebhooks,
  redrive,
  type DeadLetter,
} from './dead-letters.server.ts';
export type { HandedWebhook, HandledAs, WebhookHandlers } from './handed.server.ts';
export { makeHearing } from './hearing.server.ts';
export { makeInboxLoop } from './inbox.server.ts';
export { startReconciling, stopReconciling } from './reconcile-due.server.ts';
export {
  makeReconcileLoop,
  reconcile,
  reconciliationStatus,
  type OrderSource,
  type ReconciliationStatus,
} from './reconcile.server.ts';
export { makeShipmentLoop } from './shipments.server.ts';
export { forgetTraces } from './traces.server.ts';
export type { HandedTopic } from './topics.ts';

/** Orders with their lines, shipments, refunds and returns, by `${shopId}:${orderId}`. */
export async function ordersByIds(tx: SqlTx, refs: readonly OrderRef[]): Promise<Map<string, Order>> {
  const states = await loadOrders(tx, refs);
  return new Map([...states].map(([key, state]) => [key, orderOf(state)]));
}

function orderOf(state: StoredOrder): Order {
  const { told: _told, snapshotRank: _rank, ...order } = state;
  return { ...order, shipments: state.shipments.map((shipment) => ({ ...shipment, orderId: state.id })) };
}

/** The order of a checkout; for extensions that know its token before its id. */
export async function orderByCheckoutToken(tx: SqlTx, shopId: bigint, token: string): Promise<Order | null> {
  const state = await loadByCheckout(tx, shopId, token);
  return state && orderOf(state);
}
