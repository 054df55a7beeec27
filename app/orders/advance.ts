/**
 * What an order becomes when something is heard of it. Snapshots only move forward: the newest one decides what can
 * change, and what is final (paid, cancelled, delivered, refunded, deleted) never goes back, whichever came first.
 * The same changes in any order, any number of times, give the same state.
 */
import { createHash } from 'node:crypto';
import { withArrival } from './arrival.ts';
import { withScan, withShipment } from './parcel.ts';
import type { OrderSnapshot, RefundSnapshot, ReturnSnapshot, ReturnState } from './snapshot.ts';
import { earliest, latest, type OrderChange, type OrderState, type ShopFacts } from './state.ts';

/** The state after `change`; null while there is no snapshot to lay it on. */
export function advance(state: OrderState | null, change: OrderChange, shop: ShopFacts): OrderState | null {
  if (change.kind === 'snapshot') return settled(withSnapshot(state, change.snapshot, shop), shop);
  if (!state) return null;
  switch (change.kind) {
    case 'shipment':
      return settled({ ...state, shipments: withShipments(state, [change.shipment]) }, shop);
    case 'scan': {
      const { scan } = change;
      const parcel = state.shipments.find(({ id }) => id === scan.shipmentId);
      return settled({ ...state, shipments: replaced(state.shipments, withScan(parcel, scan)) }, shop);
    }
    case 'refund':
      return settled(
        { ...state, refunds: withRefund(state.refunds, inShopCurrency(change.refund, state)) },
        shop,
      );
    case 'return':
      return settled(withReturns(state, [change.item]), shop);
    case 'deleted':
      return { ...state, deletedAt: earliest(state.deletedAt, change.at) };
    case 'edited':
      return state;
  }
}

function withSnapshot(state: OrderState | null, snapshot: OrderSnapshot, shop: ShopFacts): OrderState {
  const rank = rankOf(snapshot);
  const next = !state
    ? told(empty(snapshot, shop), snapshot, rank)
    : isNewer(state, snapshot, rank)
      ? told({ ...state }, snapshot, rank)
      : { ...state };
  next.paidAt = earliest(next.paidAt, snapshot.paidAt ?? (isPaid(snapshot) ? snapshot.updatedAt : null));
  next.cancelledAt = earliest(next.cancelledAt, snapshot.cancelledAt ?? null);
  next.fulfilledAt = earliest(
    next.fulfilledAt,
    snapshot.fulfillmentStatus === 'fulfilled' ? snapshot.updatedAt : null,
  );
  next.shipments = withShipments(next, snapshot.shipments ?? []);
  next.refunds = (snapshot.refunds ?? [])
    .map((refund) => inShopCurrency(refund, next))
    .reduce(withRefund, next.refunds);
  if (snapshot.refunded !== undefined && snapshot.refunded > next.refunded) next.refunded = snapshot.refunded;
  if (snapshot.financialStatus === 'refunded' || isNothingLeft(snapshot.lines)) {
    next.refundedAt = earliest(next.refundedAt, snapshot.updatedAt);
  }
  return withReturns(next, snapshot.returns ?? []);
}

/** Every piece was refunded or taken out of the order. */
const isNothingLeft = (lines: OrderSnapshot['lines']) =>
  lines !== undefined && lines.length > 0 && lines.every(({ currentQuantity }) => currentQuantity === 0);

/** Later, or of the same second and further on; two that say the same are the same. */
function isNewer(state: OrderState, snapshot: OrderSnapshot, rank: string): boolean {
  const ms = snapshot.updatedAt.getTime() - state.snapshotAt.getTime();
  return ms > 0 || (ms === 0 && rank >= state.snapshotRank);
}

const FINANCIAL = [
  'pending',
  'authorized',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
];
const FULFILLMENT = ['partial', 'fulfilled', 'restocked'];

/** Sortable: how far the order was, then a digest, so that even two snapshots of one second have one order. */
function rankOf(snapshot: OrderSnapshot): string {
  const { shopId: _shop, ...said } = snapshot;
  const content = JSON.stringify(said, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const progress = [
    snapshot.cancelledAt ? 1 : 0,
    FINANCIAL.indexOf(snapshot.financialStatus ?? '') + 1,
    FULFILLMENT.indexOf(snapshot.fulfillmentStatus ?? '') + 1,
    Math.min(9, snapshot.refunds?.length ?? 0),
    Math.min(9, snapshot.shipments?.length ?? 0),
  ];
  return `${progress.join('')}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}

const isPaid = ({ financialStatus }: OrderSnapshot) =>
  ['paid', 'partially_refunded', 'refunded'].includes(financialStatus ?? '');

function empty(snapshot: OrderSnapshot, shop: ShopFacts): OrderState {
  return {
    shopId: snapshot.shopId,
    id: snapshot.id,
    name: `#${snapshot.id}`,
    customerId: null,
    email: null,
    phone: null,
    locale: null,
    country: null,
    province: null,
    city: null,
    zip: null,
    timeZone: null,
    addressHash: null,
    currency: shop.currency,
    total: 0n,
    goods: null,
    refunded: 0n,
    presentCurrency: shop.currency,
    presentTotal: 0n,
    financialStatus: null,
    fulfillmentStatus: null,
    source: 'web',
    test: false,
    checkoutToken: null,
    confirmation: null,
    discountCodes: [],
    invitedBy: null,
    service: null,
    statusUrl: null,
    placedAt: snapshot.updatedAt,
    paidAt: null,
    fulfilledAt: null,
    cancelledAt: null,
    refundedAt: null,
    returnedAt: null,
    deletedAt: null,
    snapshotAt: snapshot.updatedAt,
    snapshotRank: '',
    lines: [],
    shipments: [],
    refunds: [],
    returns: [],
  };
}

/** Columns that the newest snapshot decides; what it does not tell stays. */
const TOLD = [
  'name',
  'email',
  'phone',
  'locale',
  'currency',
  'total',
  'goods',
  'presentCurrency',
  'presentTotal',
  'financialStatus',
  'fulfillmentStatus',
  'source',
  'test',
  'checkoutToken',
  'confirmation',
  'discountCodes',
  'invitedBy',
  'service',
  'statusUrl',
  'placedAt',
  'lines',
] as const satisfies (keyof OrderSnapshot & keyof OrderState)[];

function told(next: OrderState, snapshot: OrderSnapshot, rank: string): OrderState {
  const fields = Object.fromEntries(
    TOLD.filter((field) => snapshot[field] !== undefined).map((field) => [field, snapshot[field]]),
  );
  return {
    ...next,
    ...fields,
    email: snapshot.email === undefined ? next.email : snapshot.email || null,
    snapshotAt: snapshot.updatedAt,
    snapshotRank: rank,
    told: {
      customer: snapshot.customer,
      address: snapshot.shipTo ?? snapshot.billTo ?? (snapshot.shipTo === undefined ? undefined : null),
      acceptsMarketing: snapshot.acceptsMarketing,
      browser: snapshot.browser,
      referrer: snapshot.referrer,
    },
  };
}

function withShipments(state: OrderState, seen: NonNullable<OrderSnapshot['shipments']>) {
  return seen.reduce((shipments, shipment) => {
    const parcel = shipments.find(({ id }) => id === shipment.id);
    return replaced(shipments, withShipment(parcel, shipment));
  }, state.shipments);
}

/** Given back in the currency it was paid in: the share of the whole counts, so that all of it is all of it. */
function inShopCurrency(refund: RefundSnapshot, order: OrderState): RefundSnapshot {
  const { id, amount, shipping = 0n, currency, at } = refund;
  if (!currency || currency === order.currency || order.presentTotal === 0n)
    return { id, amount, shipping, at };
  const share = (part: bigint) => (part * order.total + order.presentTotal / 2n) / order.presentTotal;
  return { id, amount: share(amount), shipping: share(shipping), at };
}

function withRefund(refunds: RefundSnapshot[], refund: RefundSnapshot): RefundSnapshot[] {
  const before = refunds.find(({ id }) => id === refund.id);
  if (!before) return replaced(refunds, refund);
  // A refund of a pending payment is told once without its amount and once with it.
  const { id, amount, at } = before.amount >= refund.amount ? before : refund;
  const [a, b] = [before.shipping ?? 0n, refund.shipping ?? 0n];
  return replaced(refunds, { id, amount, shipping: a > b ? a : b, at });
}

const RETURN_RANK: Record<ReturnState, number> = {
  requested: 0,
  open: 1,
  closed: 2,
  cancelled: 3,
  declined: 4,
};

/** Goods are on their way back from the first moment at which a return was agreed to. */
function withReturns(state: OrderState, items: readonly ReturnSnapshot[]): OrderState {
  const agreed = items.filter(({ state: is }) => is === 'open' || is === 'closed');
  return {
    ...state,
    returns: items.reduce(withReturn, state.returns),
    returnedAt: agreed.reduce((at, item) => earliest(at, item.at), state.returnedAt),
  };
}

function withReturn(returns: ReturnSnapshot[], item: ReturnSnapshot): ReturnSnapshot[] {
  const before = returns.find(({ id }) => id === item.id);
  const ms = before ? item.at.getTime() - before.at.getTime() : 1;
  const isNewer = ms > 0 || (ms === 0 && RETURN_RANK[item.state] > RETURN_RANK[before!.state]);
  const pieces = piecesOf(isNewer ? [item, before] : [before, item], ms === 0);
  return replaced(returns, { ...(isNewer ? item : before!), pieces });
}

/** Not everybody says how many come back: the newest word of it counts, of two at one moment the larger. */
function piecesOf(newest: readonly (ReturnSnapshot | undefined)[], isOneMoment: boolean): number | null {
  const told = newest.flatMap((item) => item?.pieces ?? []);
  return isOneMoment && told.length > 1 ? Math.max(...told) : (told[0] ?? null);
}

/** Sorted by id, so that the order in which things were heard of leaves no trace. */
function replaced<Item extends { id: bigint }>(items: readonly Item[], item: Item): Item[] {
  return [...items.filter(({ id }) => id !== item.id), item].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What follows from shipments, refunds and returns together. */
function settled(state: OrderState, { arrivals }: ShopFacts): OrderState {
  const sum = state.refunds.reduce((total, refund) => total + refund.amount, 0n);
  const refunded = sum > state.refunded ? sum : state.refunded;
  const isFull = state.refundedAt !== null || isWorthOfGoods(state, refunded);
  const lastRefund = state.refunds.reduce<Date | null>((at, refund) => latest(at, refund.at), null);
  const lastShipped = state.shipments
    .filter(({ status }) => status !== 'cancelled')
    .reduce<Date | null>((at, shipment) => latest(at, shipment.shippedAt), null);
  return {
    ...state,
    shipments: state.shipments.map((parcel) => withArrival(parcel, state, arrivals)),
    refunded,
    refundedAt: isFull ? (lastRefund ?? state.refundedAt ?? state.snapshotAt) : null,
    fulfilledAt: state.fulfilledAt ? (lastShipped ?? state.fulfilledAt) : null,
  };
}

/** The goods are paid back, whether or not the shipping is: a merchant may keep a cent of each line. */
function isWorthOfGoods({ total, goods, lines, refunds }: OrderState, refunded: bigint): boolean {
  const worth = goods !== null && goods > 0n && goods < total ? goods : total;
  if (worth <= 0n) return false;
  if (refunded >= total) return true;
  const ofGoods = refunds.reduce((rest, { shipping }) => rest - (shipping ?? 0n), refunded);
  return ofGoods * 100n >= worth * 99n || (ofGoods * 2n > worth && ofGoods + BigInt(lines.length) >= worth);
}
