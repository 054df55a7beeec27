/**
 * Lays what was heard of orders over what is stored, and tells what has happened. Everything in the caller's transaction,
 * one at a time for each shop, so that the difference between before and after is told exactly once.
 */
import {
  fromRow,
  hashWith,
  lockPeople,
  refreshStages,
  setConsent,
  upsertCustomers,
  type PeopleDeps,
} from '../customers/customers.server.ts';
import type { Address, PersonSnapshot } from '../customers/person.ts';
import { addressColumns } from '../customers/record.ts';
import type { SqlTx } from '../db.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { advance } from './advance.ts';
import { announce, type Told } from './announce.server.ts';
import type { Arrivals } from './arrival.ts';
import { arrivalsOf } from './arrivals.server.ts';
import { recount } from './count.server.ts';
import { followJoins } from './follow.server.ts';
import type { OrderSnapshot } from './snapshot.ts';
import type { OrderChange, OrderState } from './state.ts';
import { keyOf, loadOrders, saveOrders } from './store.server.ts';
import { saveTraces } from './traces.server.ts';
import { wake } from './waiting.server.ts';

export type OrdersDeps = PeopleDeps;

/** One thing that was heard of one order. */
export interface Heard {
  shopId: bigint;
  orderId: bigint;
  change: OrderChange;
}

export interface ApplyOptions {
  /** What was before the app came: known, but not announced. */
  history?: boolean;
}

/** Brings orders to what the snapshots say; never backwards. See {@link applyChanges}. */
export async function applyOrders(
  tx: SqlTx,
  snapshots: readonly OrderSnapshot[],
  now: Date,
  deps: OrdersDeps,
  options: ApplyOptions = {},
): Promise<void> {
  const heard = snapshots.map((snapshot): Heard => ({
    shopId: snapshot.shopId,
    orderId: snapshot.id,
    change: { kind: 'snapshot', snapshot },
  }));
  await applyChanges(tx, heard, now, deps, options);
}

/**
 * Brings orders, shipments, customers, counters, stages, timeline and events to what was heard.
 * @returns what was heard of orders that nobody knows yet; nothing was done about it
 */
export async function applyChanges(
  tx: SqlTx,
  heard: readonly Heard[],
  now: Date,
  deps: OrdersDeps,
  options: ApplyOptions = {},
): Promise<Heard[]> {
  if (heard.length === 0) return [];
  const shopIds = heard.map(({ shopId }) => shopId);
  await lockPeople(tx, shopIds);
  const shops = await shopsByIds(tx, shopIds);
  const stored = await loadOrders(
    tx,
    heard.map(({ shopId, orderId }) => ({ shopId, id: orderId })),
  );
  const about = heard.map(({ shopId, orderId, change }) => ({
    change,
    order: stored.get(keyOf({ shopId, id: orderId })),
  }));
  const arrivals = await arrivalsOf(tx, shops, about, now);
  const { told, unknown } = lay(heard, stored, { shops, arrivals }, options.history ? now : null);
  await settlePeople(tx, told, now, deps);
  await saveOrders(tx, told);
  await saveTraces(tx, told, deps.hashKey);
  const customers = touchedBy(told);
  await recount(tx, customers);
  await refreshStages(tx, customers, now, options);
  await announce(tx, told, now, options);
  await consentsOf(tx, told, now);
  await wake(
    tx,
    told.filter(({ before }) => !before).map(({ after }) => after),
    now,
  );
  return unknown;
}

/** Snapshots first, so that what came together with its order finds it. */
function lay(
  heard: readonly Heard[],
  stored: ReadonlyMap<string, OrderState>,
  { shops, arrivals }: { shops: ReadonlyMap<bigint, Shop>; arrivals: (shop: Shop) => Arrivals },
  history: Date | null,
): { told: Told[]; unknown: Heard[] } {
  const told = new Map<string, Told>();
  const unknown: Heard[] = [];
  const isSnapshot = ({ change }: Heard) => Number(change.kind !== 'snapshot');
  for (const item of [...heard].sort((a, b) => isSnapshot(a) - isSnapshot(b))) {
    const key = keyOf({ shopId: item.shopId, id: item.orderId });
    const before = stored.get(key) ?? null;
    const shop = shops.get(item.shopId);
    const facts = shop && { currency: shop.currency, arrivals: arrivals(shop) };
    const after = facts ? advance(told.get(key)?.after ?? before, item.change, facts) : null;
    if (!after) {
      unknown.push(item);
      continue;
    }
    const edits = told.get(key)?.edits ?? [];
    if (item.change.kind === 'edited') edits.push(item.change.at);
    told.set(key, { before, after: history ? longSettled(after, history) : after, edits });
  }
  return { told: [...told.values()], unknown };
}

/** Parcels of long ago have arrived, and nobody is told so now. */
function longSettled(state: OrderState, now: Date): OrderState {
  const shipments = state.shipments.map((parcel) =>
    parcel.dueAt && parcel.dueAt <= now
      ? {
          ...parcel,
          status: 'delivered' as const,
          deliveredAt: parcel.dueAt,
          deliveredBy: 'assumed' as const,
          dueAt: null,
        }
      : parcel,
  );
  return { ...state, shipments };
}

/** Finds the customers of orders whose newest snapshot names somebody; what was erased stays blank. */
async function settlePeople(tx: SqlTx, told: readonly Told[], now: Date, deps: OrdersDeps): Promise<void> {
  const naming = told.filter(({ after }) => after.told !== undefined);
  const people = naming.map(({ after }) => personOf(after));
  const found = await upsertCustomers(tx, people, now, deps);
  const hash = hashWith(deps.hashKey);
  for (const [index, step] of naming.entries()) {
    const { told: words, ...state } = step.after;
    const place = placeOf(state.shopId, words!.address, hash);
    const isSilent = words?.customer === undefined && state.email === null && state.phone === null;
    const customerId = isSilent ? state.customerId : found.ids[index]!;
    step.after = { ...state, ...place, customerId, ...(found.erased[index] ? BLANK : {}) };
    step.acceptsMarketing = words?.acceptsMarketing ?? false;
    step.origin = words;
  }
  await followJoins(tx, found.joins);
  await blankParcels(tx, told, deps);
  for (const step of told) {
    const join = found.joins.find(({ from }) => from === step.after.customerId);
    if (join) step.after = { ...step.after, customerId: join.into };
  }
}

/** Where the parcels of an erased person are says where that person is, whoever tells it. */
async function blankParcels(tx: SqlTx, told: readonly Told[], deps: OrdersDeps): Promise<void> {
  const isTracked = ({ after: { customerId, shipments } }: Told) =>
    customerId === null && shipments.some(({ trackingNumber, trackingUrl }) => trackingNumber ?? trackingUrl);
  const nobodys = told.filter(isTracked);
  if (nobodys.length === 0) return;
  const erased = await deps.isErased(
    tx,
    nobodys.map(({ after: { shopId, id: orderId, placedAt: at } }) => ({
      shopId,
      shopifyId: null,
      email: null,
      phone: null,
      orderId,
      at,
    })),
  );
  for (const [index, step] of nobodys.entries()) {
    if (!erased[index]) continue;
    const shipments = step.after.shipments.map((parcel) => ({
      ...parcel,
      trackingNumber: null,
      trackingUrl: null,
    }));
    step.after = { ...step.after, shipments };
  }
}

/** Columns of the delivery address; none when it was not told. */
function placeOf(shopId: bigint, address: Address | null | undefined, hash: (key: string) => string) {
  if (address === undefined) return {};
  return address === null ? NOWHERE : fromRow<typeof NOWHERE>(addressColumns(shopId, address, hash));
}

const NOWHERE = { country: null, province: null, city: null, zip: null, addressHash: null, timeZone: null };

/** An erased person's order: it stays for the shop's books, without the person. */
const BLANK = {
  ...NOWHERE,
  customerId: null,
  email: null,
  phone: null,
  locale: null,
  statusUrl: null,
  checkoutToken: null,
  confirmation: null,
};

function personOf(state: OrderState): PersonSnapshot {
  const { customer, address } = state.told!;
  return {
    shopId: state.shopId,
    shopifyId: customer?.shopifyId ?? null,
    email: customer?.email ?? state.email,
    phone: customer?.phone ?? state.phone,
    firstName: customer?.firstName,
    lastName: customer?.lastName,
    address: customer?.address ?? address,
    at: customer?.at ?? state.snapshotAt,
    since: state.placedAt,
    orderId: state.id,
  };
}

/** Both the customers that orders belong to and those they belonged to. */
function touchedBy(told: readonly Told[]): { shopId: bigint; id: string }[] {
  const touched = told.flatMap(({ before, after }) =>
    [before?.customerId, after.customerId].flatMap((id) => (id ? [{ shopId: after.shopId, id }] : [])),
  );
  return [...new Map(touched.map((customer) => [customer.id, customer])).values()];
}

/** Who ticked the box at the checkout agreed to mails at that moment. */
async function consentsOf(tx: SqlTx, told: readonly Told[], now: Date): Promise<void> {
  const agreed = told.filter(
    ({ before, after, acceptsMarketing }) => acceptsMarketing && !before && after.customerId,
  );
  await setConsent(
    tx,
    agreed.map(({ after }) => ({
      shopId: after.shopId,
      customerId: after.customerId!,
      channel: 'email',
      state: 'subscribed',
      level: 'unknown',
      source: 'checkout',
      at: after.placedAt,
    })),
    now,
  );
}
