/** Finding the referrals among paid orders. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { newId } from '../ids.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import { countsOf } from './caps.server.ts';
import { evidenceOf, markInvited, type Pair as Suspected } from './evidence.server.ts';
import { signalsOf } from './fraud.ts';
import { promiseOf, type Promised } from './promise.ts';
import { paidInBy } from './promise.server.ts';
import { nextLook } from './reconsider.server.ts';
import { settlesAt, undoneBy, type ReferralState } from './referral.ts';
import { verdictOf, type Signal } from './signals.ts';
import { addSteps } from './steps.server.ts';
import { whoInvited, type Pair, type Terms } from './who-invited.server.ts';

const INSERT = `
  insert into referral (shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, due_at, created_at,
    settled_at, via, also, promised, return_days, clicked_at)
  select shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons::jsonb, due_at, $11, settled_at, via,
    array(select jsonb_array_elements_text(also::jsonb)), promised::jsonb, return_days,
    clicked_at
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::text[],
    $10::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $15::text[], $16::int[], $17::timestamptz[])
    as t(shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, due_at, settled_at, via, also, promised,
      return_days, clicked_at)
  on conflict (shop_id, order_id) do nothing returning shop_id, id`;

interface Found extends Pair {
  id: string;
  state: ReferralState;
  signals: (Signal | string)[];
  dueAt: Date | null;
  agreed: Agreed;
}

/** What the programme says when the friend orders; later changes of it do not touch this order. */
interface Agreed {
  promised: Promised | null;
  returnDays: number | null;
}

/**
 * Finds the referrals among paid orders; each order once, whenever and however often it is asked about. Where nobody names
 * a friend, Shopify is asked by which pages the buyer came.
 */
export async function attribute(
  tx: SqlTx,
  paid: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<number> {
  const refs = paid.map(({ shopId, orderId }) => ({ shopId, id: orderId }));
  const orders = [...(await ordersByIds(tx, refs)).values()].filter(
    (order) => order.paidAt !== null && !order.test,
  );
  if (orders.length === 0) return 0;
  const { invited, terms } = await whoInvited(tx, orders, now);
  if (invited.length === 0) return 0;
  const found = await judge(tx, invited, terms, now);
  const made = await insert(tx, found, now);
  await announce(tx, made, now);
  return made.length;
}

async function judge(tx: SqlTx, pairs: readonly Pair[], terms: Terms, now: Date): Promise<Found[]> {
  const counts = await countsOf(tx, [...terms.shops.keys()], now);
  const known = pairs.map((pair): Pair & Suspected => ({
    ...pair,
    advocateId: pair.code.customer_id,
    terms: pair.program.terms,
  }));
  const evidence = await evidenceOf(tx, known, false);
  const paidIn = await paidInBy(
    tx,
    known.map(({ shop, code }, index) => ({
      shopId: shop.id,
      id: evidence[index]!.advocate?.id ?? code.customer_id,
    })),
  );
  return known.map(({ program, ...pair }, index) => {
    const { shop, order, code } = pair;
    const seen = evidence[index]!;
    const advocateId = seen.advocate?.id ?? code.customer_id;
    const signals = signalsOf({
      ...seen,
      tooMany: counts.isTooMany(program, shop.id, advocateId),
      tooFast: counts.isTooFast(program, shop.id, advocateId),
    });
    counts.add(program, shop.id, advocateId);
    const advocateCurrency = paidIn.get(advocateId) ?? null;
    const facts = { total: order.total, currency: shop.currency, advocateCurrency };
    const agreed = {
      promised: promiseOf(program.terms.advocate, facts),
      returnDays: program.terms.returnDays,
    };
    const theirs = { ...pair, program, code: { ...code, customer_id: advocateId } };
    return foundOf(theirs, agreed, signals, now);
  });
}

function foundOf(pair: Pair, agreed: Agreed, signals: Signal[], now: Date): Found {
  const { order, shop } = pair;
  const base = { ...pair, id: newId(now), agreed };
  const undone = undoneBy(order);
  if (undone) return { ...base, state: 'void', signals: [...signals, undone], dueAt: null };
  const state = verdictOf(signals, shop.settings.friends.sensitivity);
  const { returnWindowDays, assumedTransitDays: transitDays } = shop.settings;
  const returnDays = agreed.returnDays ?? returnWindowDays;
  const due = settlesAt({ ...order, paidAt: order.paidAt! }, { returnDays, transitDays });
  if (state === 'refused') return { ...base, state, signals, dueAt: null };
  return {
    ...base,
    state,
    signals,
    dueAt: state === 'pending' ? due : nextLook(signals, order.placedAt, now),
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
    column(({ via }) => via),
    column(({ also }) => JSON.stringify(also)),
    column(({ agreed }) => (agreed.promised === null ? null : JSON.stringify(agreed.promised))),
    column(({ agreed }) => agreed.returnDays),
    column(({ clickedAt }) => clickedAt),
  ]);
  const ids = new Set(rows.map(({ id }) => id));
  const made = found.filter(({ id }) => ids.has(id));
  await markInvited(
    tx,
    made.map(({ shop, order }) => ({ shopId: shop.id, orderId: order.id })),
  );
  await addSteps(
    tx,
    made.map(({ shop, id, state, signals }) => ({
      shopId: shop.id,
      referralId: id,
      step: state,
      by: 'rule',
      reasons: signals,
    })),
    now,
  );
  return made;
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
