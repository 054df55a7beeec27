/** Giving one gesture, under its rules and out of the purse: in one transaction, or not at all. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import type { Shop } from '../shops/shop.ts';
import type { GestureState, Origin, Present, Refusal, Why } from './gesture.ts';
import { whyNot, type Rules, type Standing } from './may-give.ts';
import { leftIn, monthOf, takeFrom } from './purse.server.ts';

/** What is to be given to whom, and why. */
export interface Giving {
  origin: Origin;
  subject: string;
  present: Present | { kind: 'surprise'; amount: number };
  currency: string;
  why: Why;
  /** `rule` or `staff:ID` */
  by: string;
  aboutProblem: boolean;
  note?: string;
  tasks?: readonly { text: string; doneAt: string | null }[];
}

export type Given =
  { outcome: 'given'; id: string; state: GestureState } | { outcome: 'refused'; why: Refusal };

const LOCK = `
  select id from customer where shop_id = $1 and id = any($2::uuid[]) and erased_at is null and merged_into is null
  order by shop_id, id for no key update`;

/** Whoever gives something holds the rows of those customers; erased and merged ones are nobody. @returns who is there */
export async function lockCustomers(tx: SqlTx, shopId: bigint, ids: readonly string[]): Promise<string[]> {
  return (await tx.sql<{ id: string }>(LOCK, [shopId, ids])).map(({ id }) => id);
}

const INSERT = `
  insert into gesture (shop_id, id, customer_id, origin, subject, kind, present, amount, currency, month, state, why, trouble,
    note, tasks, order_id, by, at, due_at)
  values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10::date, $11, $12::jsonb, $13, $14, $15::jsonb, $16, $17, $18, $19)
  on conflict (shop_id, customer_id, subject) do nothing returning id`;

/** What a person does, what Shopify is asked for, and what the ledger gives at once. */
const stateOf = (kind: Giving['present']['kind']): GestureState => {
  if (kind === 'note' || kind === 'call' || kind === 'surprise') return 'to-do';
  return kind === 'credit' ? 'done' : 'waiting';
};

/**
 * Gives it, or says why not. The customer's row is locked by the caller (`lockCustomers`), and `standing` was read after
 * that. A missed or left-out one leaves its row, so that it is dealt with once and shown; a refused one leaves none.
 */
export async function give(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'timeZone'>,
  { standing, giving, rules }: { standing: Standing; giving: Giving; rules: Rules },
  now: Date,
): Promise<Given> {
  const { subject, present, currency } = giving;
  const byHand = giving.by !== 'rule';
  const wish = {
    subject,
    aboutProblem: giving.aboutProblem,
    needsOpenOrder: present.kind === 'shipping',
    byHand,
  };
  const no = whyNot(standing, wish, rules, now);
  if (no && no.code !== 'left-out') return { outcome: 'refused', why: no };
  const purse = { shopId: shop.id, currency, month: monthOf(now, shop.timeZone) };
  const amount = BigInt(present.amount);
  const hasMoney = no ? (await leftIn(tx, purse)) >= amount : await takeFrom(tx, purse, amount);
  if (!hasMoney && byHand) {
    return { outcome: 'refused', why: { code: 'purse-empty', left: Number(await leftIn(tx, purse)) } };
  }
  const state = hasMoney ? (no ? 'left-out' : stateOf(present.kind)) : 'missed';
  const id = newId(now);
  await tx.sql(INSERT, [
    shop.id,
    id,
    standing.customerId,
    giving.origin,
    subject,
    present.kind,
    JSON.stringify(present),
    state === 'missed' || state === 'left-out' ? 0n : amount,
    currency,
    purse.month,
    state,
    JSON.stringify(giving.why),
    hasMoney ? null : 'purse-empty',
    giving.note ?? '',
    JSON.stringify(giving.tasks ?? []),
    standing.openOrder?.id ?? null,
    giving.by,
    now,
    state === 'waiting' ? now : null,
  ]);
  if (state === 'missed') {
    return { outcome: 'refused', why: { code: 'purse-empty', left: Number(await leftIn(tx, purse)) } };
  }
  if (no) return { outcome: 'refused', why: no };
  if (state === 'done')
    await tellGiven(tx, [{ shopId: shop.id, id, customerId: standing.customerId, giving }], now);
  return { outcome: 'given', id, state };
}

/** A gesture that has reached its customer. */
export interface Told {
  shopId: bigint;
  id: string;
  customerId: string;
  giving: Pick<Giving, 'origin' | 'present' | 'currency'>;
}

/** The house hears of it, and it stands in the customer's story. */
export async function tellGiven(tx: SqlTx, told: readonly Told[], now: Date): Promise<void> {
  const base = ({ shopId, customerId }: Told) => ({ shopId, customerId, at: now });
  await recordEvents(
    tx,
    told.map((one) => ({
      ...base(one),
      kind: 'gesture.given' as const,
      data: { gestureId: one.id, gesture: one.giving.present.kind, origin: one.giving.origin },
    })),
    now,
  );
  await addTimeline(
    tx,
    told.map((one) => ({
      ...base(one),
      kind: 'reward' as const,
      code: 'gesture-given' as const,
      data: {
        gestureId: one.id,
        gesture: one.giving.present.kind,
        origin: one.giving.origin,
        amount: String(one.giving.present.amount),
        currency: one.giving.currency,
      },
    })),
    now,
  );
}
