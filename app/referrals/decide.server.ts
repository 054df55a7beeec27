/** What people decide about a friend's order: the staff lets it pass or refuses it, the advocate asks for another look. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { CAUSE_OF_R, TAKEN_BACK_OF_R } from './program.ts';
import { aroundOf, windowEnd } from './around.server.ts';
import { OVERRIDDEN, REFUSED_BY_MERCHANT, undoneBy } from './referral.ts';
import { note as writeLine, roundOf, ROW, tell, type ReferralRow } from './rows.server.ts';
import { addSteps } from './steps.server.ts';

/** Who decided, and what they wrote down about it. */
export interface Decision {
  /** Shopify's id of the member of the staff; null where nobody told. */
  staff: string | null;
  /** What they wrote; a thousand characters of it are kept. */
  reason: string;
}

const NOBODY: Decision = { staff: null, reason: '' };
const MAX_NOTE = 1000;

/** A reason that says nothing to whoever reads it later is none. */
const MIN_REASON = 5;

const LOCK = `select ${ROW} from referral where shop_id = $1 and id = $2 for update`;
const RELEASE = `
  update referral set state = 'pending', due_at = $3, settled_at = null, reasons = $4::jsonb, round = $5,
    order_left = null, order_of = null
  where shop_id = $1 and id = $2`;

/** What a rule refused the staff may let pass without a word; what a person or a bank refused wants a reason. */
const wantsReason = ({ state, reasons }: ReferralRow) =>
  state === 'void' || (state === 'refused' && reasons.includes(REFUSED_BY_MERCHANT));

/** A payment that was taken back and won again. */
const isWonBack = ({ state, reasons }: ReferralRow) => state === 'void' && reasons.at(-1) === 'charged-back';

/** `had`: the advocate has had what it earned, and keeps it. `wait`: it is being taken back at Shopify at this moment. */
export type Released = 'released' | 'not-held' | 'undone' | 'reason-missing' | 'had' | 'wait';

const GIVEN = `
  select w.state, w.used, w.due_at is not null as "underWay" from referral r
  join reward w on w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R} where r.shop_id = $1 and r.id = $2`;

/** What it earned before it ended: while it stands or was used, nothing else is earned by it. */
async function earnedBefore(tx: ShopTx, referralId: string): Promise<'nothing' | 'had' | 'wait'> {
  const [reward] = await tx.sql<{ state: string; used: bigint; underWay: boolean }>(GIVEN, [
    tx.shopId,
    referralId,
  ]);
  if (!reward) return 'nothing';
  if (reward.state === 'used' || reward.used > 0n) return 'had';
  return reward.underWay ? 'wait' : 'nothing';
}

/**
 * A merchant lets a referral pass: one that was held, refused, or ended by a bank. From then on rules have nothing to say;
 * an order that is undone ends it all the same, and it earns what it earns once. Who did it, when and why is kept.
 */
export async function release(
  tx: ShopTx,
  referralId: string,
  now: Date,
  decision: Decision = NOBODY,
): Promise<Released> {
  const [row] = await tx.sql<ReferralRow>(LOCK, [tx.shopId, referralId]);
  if (!row || !(row.state === 'held' || row.state === 'refused' || isWonBack(row))) return 'not-held';
  const reason = decision.reason.trim().slice(0, MAX_NOTE);
  if (wantsReason(row) && reason.length < MIN_REASON) return 'reason-missing';
  const { orders, shops } = await aroundOf(tx, [row]);
  const [order, shop] = [orders.get(`${tx.shopId}:${row.order_id}`), shops.get(tx.shopId)];
  if (!order || !shop || undoneBy(order)) return 'undone';
  const isNew = row.state !== 'held';
  const before = isNew ? await earnedBefore(tx, referralId) : 'nothing';
  if (before !== 'nothing') return before;
  const gone = new Set<string>([REFUSED_BY_MERCHANT, OVERRIDDEN, 'charged-back']);
  const reasons = [...row.reasons.filter((each) => !gone.has(each)), OVERRIDDEN];
  await tx.sql(RELEASE, [
    tx.shopId,
    referralId,
    windowEnd(order, shop, row),
    JSON.stringify(reasons),
    isNew ? row.round + 1 : row.round,
  ]);
  await tell(tx, [row], 'referral.made', () => ({ referralId, code: row.code }), now);
  await keep(tx, row, 'pending', [OVERRIDDEN], { ...decision, reason }, now);
  return 'released';
}

const REFUSE = `
  update referral set state = 'refused', due_at = null, settled_at = $3,
    reasons = (reasons - '${OVERRIDDEN}' - '${REFUSED_BY_MERCHANT}') || '["${REFUSED_BY_MERCHANT}"]'
  where shop_id = $1 and id = $2 and state in ('held', 'pending') returning ${ROW}`;

/** A merchant says no. */
export async function refuse(
  tx: ShopTx,
  referralId: string,
  now: Date,
  decision: Decision = NOBODY,
): Promise<'refused' | 'settled'> {
  const [row] = await tx.sql<ReferralRow>(REFUSE, [tx.shopId, referralId, now]);
  if (!row) return 'settled';
  await tell(tx, [row], 'referral.refused', () => ({ referralId, ...roundOf(row) }), now);
  await writeLine(tx, [row], 'referral-refused', () => ({ referralId }), now);
  await keep(tx, row, 'refused', [REFUSED_BY_MERCHANT], decision, now);
  return 'refused';
}

async function keep(
  tx: ShopTx,
  row: ReferralRow,
  step: 'pending' | 'refused',
  reasons: string[],
  { staff, reason }: Decision,
  now: Date,
): Promise<void> {
  const by = staff === null ? 'staff' : `staff:${staff}`;
  const note = reason.trim().slice(0, MAX_NOTE) || null;
  await addSteps(tx, [{ shopId: tx.shopId, referralId: row.id, step, by, reasons, note }], now);
}

/** A link of before a merge carries the id that the customer had then. */
const MINE = `
  select ${ROW} from referral where shop_id = $1 and id = $2 and advocate_id = coalesce(
    (select merged_into from customer where shop_id = $1 and id = $3), $3) for update`;
const APPEALS = `
  select count(*)::int as count, max(at) as last from referral_step
  where shop_id = $1 and referral_id = $2 and step = 'appealed'`;
const APPEAL = `
  insert into referral_step (shop_id, referral_id, id, at, step, by, reasons, note)
  values ($1, $2, $3, $4, 'appealed', 'advocate', '[]', $5)`;

/** Words of one appeal. */
const MAX_APPEAL = 2000;
/** So often somebody looks at the same order, and not twice within a minute: a button may be pressed twice. */
const MOST_APPEALS = 5;
const A_MINUTE_MS = 60_000;

export type Appealed = 'appealed' | 'already' | 'nothing-to-appeal' | 'text-missing';

/**
 * The advocate asks for another look at an order that is held, does not count, or whose reward was taken back; a person answers.
 * `already`: it was said just now, or often enough.
 */
export async function appeal(
  tx: ShopTx,
  { referralId, advocateId, text }: { referralId: string; advocateId: string; text: string },
  now: Date,
): Promise<Appealed> {
  const words = text.replaceAll('\0', '').toWellFormed().trim().slice(0, MAX_APPEAL);
  const [row] = await tx.sql<ReferralRow>(MINE, [tx.shopId, referralId, advocateId]);
  if (!row || !(await isDoubted(tx, row))) return 'nothing-to-appeal';
  if (words === '') return 'text-missing';
  const [said] = await tx.sql<{ count: number; last: Date | null }>(APPEALS, [tx.shopId, referralId]);
  const isJust = said!.last !== null && now.getTime() - said!.last.getTime() < A_MINUTE_MS;
  if (said!.count >= MOST_APPEALS || isJust) return 'already';
  const stepId = newId(now);
  await tx.sql(APPEAL, [tx.shopId, referralId, stepId, now, words]);
  await tell(tx, [row], 'referral.appealed', () => ({ referralId, stepId }), now);
  return 'appealed';
}

const LESS = `
  select 1 from referral r where r.shop_id = $1 and r.id = $2 and (r.order_left is not null or exists (${TAKEN_BACK_OF_R}))`;

/** Held, not counted, or counted while what it earned became less or was taken back. */
const isDoubted = async (tx: ShopTx, { id, state }: ReferralRow): Promise<boolean> =>
  state === 'qualified'
    ? (await tx.sql(LESS, [tx.shopId, id])).length > 0
    : ['held', 'refused', 'void'].includes(state);

const SAID = `
  select s.shop_id as "shopId", s.id as "stepId", r.advocate_id as "customerId", r.order_id as "orderId", s.note as text, s.at
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, referral_id, id)
  join referral_step s using (shop_id, referral_id, id)
  join referral r on r.shop_id = s.shop_id and r.id = s.referral_id
  where s.note is not null`;

export interface Appeal {
  shopId: bigint;
  stepId: string;
  /** The advocate */
  customerId: string;
  orderId: bigint;
  text: string;
  at: Date;
}

/** What advocates said in their appeals; those whose words are gone are left out. */
export async function appealsSaid(
  tx: Pick<ShopTx, 'sql'>,
  refs: readonly { shopId: bigint; referralId: string; stepId: string }[],
): Promise<Appeal[]> {
  return tx.sql(SAID, [
    refs.map(({ shopId }) => shopId),
    refs.map(({ referralId }) => referralId),
    refs.map(({ stepId }) => stepId),
  ]);
}
