/** Finding the referrals among paid orders. */
import { addTimeline, customersByIds } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { newId } from '../ids.ts';
import type { Order } from '../orders/order.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { readCode } from './codes.ts';
import { signalsOf } from './fraud.ts';
import type { Terms } from './program.ts';
import { programsOf } from './programs.server.ts';
import { firstState, settlesAt, undoneBy, type ReferralState, type Signal } from './referral.ts';

interface CodeRow {
  shop_id: bigint;
  code: string;
  program_id: string;
  customer_id: string;
}

/** Revoked codes still count: the order was placed while the discount held. */
const CODES = `
  select r.shop_id, r.code, r.program_id, r.customer_id
  from referral_code r join unnest($1::bigint[], $2::text[]) as t(shop_id, code) on r.shop_id = t.shop_id and r.code = t.code
  where r.customer_id is not null`;

const COUNTS = `
  select shop_id, advocate_id, count(*)::int as friends, count(*) filter (where created_at > $3)::int as today from referral
  where shop_id = any($1::bigint[]) and state in ('pending', 'held', 'qualified') and created_at > $2
  group by grouping sets ((shop_id, advocate_id), (shop_id))`;

const INSERT = `
  insert into referral (shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, due_at, created_at, settled_at)
  select shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons::jsonb, due_at, $11, settled_at
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::text[],
    $10::timestamptz[], $12::timestamptz[])
    as t(shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, due_at, settled_at)
  on conflict (shop_id, order_id) do nothing returning shop_id, id`;

interface Found {
  id: string;
  shop: Shop;
  order: Order;
  code: CodeRow;
  state: ReferralState;
  signals: (Signal | string)[];
  dueAt: Date | null;
}

const DAY = 86_400_000;
const YEAR = 365 * DAY;
/** Friends of one advocate in a day; more look like a code that was posted somewhere. */
const A_DAY = 10;

/** Finds the referrals among paid orders; each order once, whenever and however often it is asked about. */
export async function attribute(
  tx: SqlTx,
  paid: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<number> {
  const refs = paid.map(({ shopId, orderId }) => ({ shopId, id: orderId }));
  const orders = [...(await ordersByIds(tx, refs)).values()].filter(
    (order) => order.paidAt !== null && !order.test && order.discountCodes.length > 0,
  );
  if (orders.length === 0) return 0;
  const codes = await codesIn(tx, orders);
  const withCode = orders.flatMap((order) => {
    const code = codeOfOrder(order, codes);
    return code ? [{ order, code }] : [];
  });
  if (withCode.length === 0) return 0;
  const found = await judge(tx, withCode, now);
  const made = await insert(tx, found, now);
  await announce(tx, made, now);
  return made.length;
}

async function codesIn(tx: SqlTx, orders: readonly Order[]): Promise<Map<string, CodeRow>> {
  const used = orders.flatMap(({ shopId, discountCodes }) =>
    discountCodes.flatMap((typed) => {
      const code = readCode(typed);
      return code ? [{ shopId, code }] : [];
    }),
  );
  const rows = await tx.sql<CodeRow>(CODES, [used.map((u) => u.shopId), used.map((u) => u.code)]);
  return new Map(rows.map((row) => [`${row.shop_id}:${row.code}`, row]));
}

/** The first friend's code on the order. */
function codeOfOrder(order: Order, codes: Map<string, CodeRow>): CodeRow | null {
  for (const typed of order.discountCodes) {
    const row = codes.get(`${order.shopId}:${readCode(typed)}`);
    if (row) return row;
  }
  return null;
}

async function judge(
  tx: SqlTx,
  pairs: readonly { order: Order; code: CodeRow }[],
  now: Date,
): Promise<Found[]> {
  const shopIds = pairs.map(({ order }) => order.shopId);
  const [shops, programs] = [await shopsByIds(tx, shopIds), await programsOf(tx, shopIds)];
  const people = await customersByIds(
    tx,
    pairs.flatMap(({ order, code }) =>
      [code.customer_id, order.customerId].flatMap((id) => (id ? [{ shopId: order.shopId, id }] : [])),
    ),
  );
  const counts = await countsOf(tx, shopIds, now);
  return pairs.flatMap(({ order, code }) => {
    const [shop, program] = [shops.get(order.shopId), programs.get(order.shopId)];
    if (!shop || !program) return [];
    const friend = order.customerId ? (people.get(order.customerId) ?? null) : null;
    const advocate = people.get(code.customer_id) ?? null;
    const signals = signalsOf(advocate, friend, order, program.terms);
    if (counts.isTooMany(shop.id, code.customer_id, program.terms)) signals.push('too-many');
    if (counts.isTooFast(shop.id, code.customer_id)) signals.push('too-fast');
    counts.add(shop.id, code.customer_id);
    return [foundOf(shop, order, { ...code, customer_id: advocate?.id ?? code.customer_id }, signals, now)];
  });
}

function foundOf(shop: Shop, order: Order, code: CodeRow, signals: Signal[], now: Date): Found {
  const base = { id: newId(now), shop, order, code };
  const undone = undoneBy(order);
  if (undone) return { ...base, state: 'void', signals: [...signals, undone], dueAt: null };
  const state = firstState(signals);
  const { returnWindowDays: returnDays, assumedTransitDays: transitDays } = shop.settings;
  const due = settlesAt({ ...order, paidAt: order.paidAt! }, { returnDays, transitDays });
  return { ...base, state, signals, dueAt: state === 'pending' ? due : null };
}

interface CountRow {
  shop_id: bigint;
  /** Null for the shop in all. */
  advocate_id: string | null;
  friends: number;
  today: number;
}

async function countsOf(tx: SqlTx, shopIds: bigint[], now: Date) {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const rows = await tx.sql<CountRow>(COUNTS, [shopIds, ago(YEAR), ago(DAY)]);
  const counts = new Map(rows.map((row) => [`${row.shop_id}:${row.advocate_id ?? ''}`, row]));
  const of = (shopId: bigint, advocateId: string) =>
    counts.get(`${shopId}:${advocateId}`) ?? {
      shop_id: shopId,
      advocate_id: advocateId,
      friends: 0,
      today: 0,
    };
  return {
    isTooMany: (shopId: bigint, advocateId: string, terms: Terms) =>
      of(shopId, advocateId).friends >= (terms.perAdvocate ?? Infinity) ||
      of(shopId, '').friends >= (terms.inAll ?? Infinity),
    isTooFast: (shopId: bigint, advocateId: string) => of(shopId, advocateId).today >= A_DAY,
    add(shopId: bigint, advocateId: string) {
      for (const id of [advocateId, '']) {
        const { friends, today, ...rest } = of(shopId, id);
        counts.set(`${shopId}:${id}`, { ...rest, friends: friends + 1, today: today + 1 });
      }
    },
  };
}

async function insert(tx: SqlTx, found: readonly Found[], now: Date): Promise<Found[]> {
  if (found.length === 0) return [];
  const column = <T>(pick: (each: Found) => T) => found.map(pick);
  const rows = await tx.sql<{ id: string }>(INSERT, [
    column(({ shop }) => shop.id),
    column(({ id }) => id),
    column(({ code }) => code.program_id),
    column(({ code }) => code.code),
    column(({ code }) => code.customer_id),
    column(({ order }) => order.customerId),
    column(({ order }) => order.id),
    column(({ state }) => state),
    column(({ signals }) => JSON.stringify(signals)),
    column(({ dueAt }) => dueAt),
    now,
    column(({ state }) => (state === 'void' || state === 'refused' ? now : null)),
  ]);
  const made = new Set(rows.map(({ id }) => id));
  return found.filter(({ id }) => made.has(id));
}

async function announce(tx: SqlTx, made: readonly Found[], now: Date): Promise<void> {
  await recordEvents(tx, made.flatMap(eventOf), now);
  await addTimeline(tx, made.flatMap(linesOf), now);
}

function eventOf({ id: referralId, shop, order, code, state, signals }: Found): NewEvent[] {
  const base = { shopId: shop.id, customerId: code.customer_id, orderId: order.id, at: order.paidAt! };
  if (state === 'pending') return [{ ...base, kind: 'referral.made', data: { referralId, code: code.code } }];
  if (state === 'held') return [{ ...base, kind: 'referral.held', data: { referralId, reasons: signals } }];
  if (state === 'refused') return [{ ...base, kind: 'referral.refused', data: { referralId } }];
  return [];
}

function linesOf({ id: referralId, shop, order, code, state, signals }: Found): TimelineEntry[] {
  const at = order.paidAt!;
  const advocate = {
    shopId: shop.id,
    customerId: code.customer_id,
    at,
    kind: 'referral',
    orderId: order.id,
  } as const;
  const isSelf = order.customerId === code.customer_id;
  const lines: TimelineEntry[] = [
    { ...advocate, code: 'friend-ordered', data: { referralId, code: code.code } },
  ];
  if (state === 'held')
    lines.push({ ...advocate, code: 'referral-held', data: { referralId, reasons: signals } });
  if (state === 'refused') lines.push({ ...advocate, code: 'referral-refused', data: { referralId } });
  if (order.customerId && !isSelf) {
    const friend = { ...advocate, customerId: order.customerId };
    lines.push({ ...friend, code: 'came-by-friend', data: { referralId, code: code.code } });
  }
  return lines;
}
