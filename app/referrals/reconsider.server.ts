/** Looks at friends' orders again: when something new is known of them, and before they count. */
import type { SqlTx } from '../db.server.ts';
import { aroundOf, termsOf, windowEnd } from './around.server.ts';
import { evidenceOf, type Pair } from './evidence.server.ts';
import { signalsOf } from './fraud.ts';
import { OVERRIDDEN } from './referral.ts';
import { note, roundOf, ROW, tell, type ReferralRow } from './rows.server.ts';
import { isPassing, isSignal, isWorthAnotherLook, verdictOf, type Signal } from './signals.ts';
import { addSteps } from './steps.server.ts';

const HOUR = 3_600_000;
/** What could not be looked up is looked up again so often, and not for ever: after that a person has to decide. */
const AGAIN_HOURS = 6;
const AGAIN_DAYS = 60;

/** When a held order is looked at again by itself; null: only a person can let it go. */
export function nextLook(signals: readonly Signal[], placedAt: Date, now: Date): Date | null {
  if (!isWorthAnotherLook(signals)) return null;
  const isOld = now.getTime() - placedAt.getTime() > AGAIN_DAYS * 24 * HOUR;
  return isOld ? null : new Date(now.getTime() + AGAIN_HOURS * HOUR);
}

interface Change {
  row: ReferralRow;
  state: 'pending' | 'held' | 'refused';
  reasons: string[];
  dueAt: Date | null;
}

/**
 * Judges pending and held referrals anew. What a person has decided stays; what was held for a person stays held; what was
 * held because something could not be looked up goes on when it can.
 * @returns those that nothing speaks against
 */
export async function reconsider(
  tx: SqlTx,
  rows: readonly ReferralRow[],
  now: Date,
  { isLast }: { isLast: boolean },
): Promise<ReferralRow[]> {
  const decided = rows.filter(({ reasons, state }) => state === 'pending' && reasons.includes(OVERRIDDEN));
  const open = rows.filter((row) => !decided.includes(row));
  if (open.length === 0) return decided;
  const around = await aroundOf(tx, open);
  const agreed = await termsOf(tx, open, around.shops);
  const pairs = open.flatMap((row): (Pair & { row: ReferralRow })[] => {
    const [order, shop] = [
      around.orders.get(`${row.shop_id}:${row.order_id}`),
      around.shops.get(row.shop_id),
    ];
    const terms = agreed.get(row.id);
    if (!order || !shop || !terms) return [];
    return [{ row, order, shop, advocateId: row.advocate_id, terms }];
  });
  const evidence = await evidenceOf(tx, pairs, isLast);
  const changes = pairs.map(({ row, order, shop }, index): Change => {
    const seen = signalsOf({ ...evidence[index]!, tooMany: false, tooFast: false });
    const kept = row.reasons.filter((reason): reason is Signal => isSignal(reason) && !isPassing(reason));
    const signals = [...new Set([...kept, ...seen])];
    const said = row.reasons.filter((reason) => !isSignal(reason));
    const verdict = verdictOf(signals, shop.settings.friends.sensitivity);
    const state = row.state === 'held' && verdict === 'refused' ? 'held' : verdict;
    const dueAt = state === 'pending' ? windowEnd(order, shop, row) : nextLook(signals, order.placedAt, now);
    return { row, state, reasons: [...signals, ...said], dueAt: state === 'refused' ? null : dueAt };
  });
  await save(tx, changes, now);
  const free = changes.filter(({ row, state }) => row.state === 'pending' && state === 'pending');
  return [...decided, ...free.map(({ row, reasons }) => ({ ...row, reasons }))];
}

const SAVE = `
  update referral r set state = t.state, reasons = t.reasons::jsonb, due_at = t.due_at,
    settled_at = case when t.state = 'refused' then $6::timestamptz end
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as t(shop_id, id, state, reasons, due_at)
  where r.shop_id = t.shop_id and r.id = t.id and r.state in ('pending', 'held')`;

async function save(tx: SqlTx, all: readonly Change[], now: Date): Promise<void> {
  const changes = all.filter(
    ({ row, state, reasons, dueAt }) =>
      state !== row.state || dueAt !== null || reasons.join() !== row.reasons.join() || row.state === 'held',
  );
  if (changes.length === 0) return;
  await tx.sql(SAVE, [
    changes.map(({ row }) => row.shop_id),
    changes.map(({ row }) => row.id),
    changes.map(({ state }) => state),
    changes.map(({ reasons }) => JSON.stringify(reasons)),
    changes.map(({ dueAt }) => dueAt),
    now,
  ]);
  const turned = (to: Change['state']) =>
    changes
      .filter(({ row, state }) => state === to && row.state !== to)
      .map(({ row, reasons }) => ({ ...row, reasons }));
  const data = (row: ReferralRow) => ({ referralId: row.id });
  const why = (row: ReferralRow) => ({ referralId: row.id, reasons: row.reasons });
  await tell(tx, turned('held'), 'referral.held', why, now);
  await note(tx, turned('held'), 'referral-held', why, now);
  await tell(tx, turned('refused'), 'referral.refused', (row) => ({ ...data(row), ...roundOf(row) }), now);
  await note(tx, turned('refused'), 'referral-refused', data, now);
  await tell(tx, turned('pending'), 'referral.made', (row) => ({ ...data(row), code: row.code }), now);
  const steps = changes.filter(({ row, state }) => row.state !== state);
  await addSteps(
    tx,
    steps.map(({ row, state, reasons }) => ({
      shopId: row.shop_id,
      referralId: row.id,
      step: state,
      by: 'rule',
      reasons,
    })),
    now,
  );
}

const OPEN = `
  select ${ROW} from referral r
  where (shop_id, order_id) in (select * from unnest($1::bigint[], $2::bigint[])) and state in ('pending', 'held') for update`;

/** Something new is known of these orders' payments. On `payment.checked`. */
export async function reconsiderOrders(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<ReferralRow>(OPEN, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ orderId }) => orderId),
  ]);
  await reconsider(tx, rows, now, { isLast: false });
}
