/** The ledger as staff read it. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { CODES, POINTS, type Given, type RewardFilter, type RewardState } from './reward.ts';

export type RewardRow = {
  id: string;
  cause: string;
  customerId: string;
  customerName: string | null;
  state: RewardState;
  /** `code` says why it is void, clawed back, or could not be issued. */
  reason: { code?: string; withdrawn?: string; used?: number; note?: string; by?: string };
  /** The discount code, once issued. */
  code: string | null;
  /** When it is tried (again); null when nothing is to be done by itself. */
  dueAt: Date | null;
  attempts: number;
  earnedAt: Date;
  issuedAt: Date | null;
  voidedAt: Date | null;
  expiresAt: Date | null;
  endedAt: Date | null;
  /** In the ledger: minor units of its currency, and how many of them were used. */
  amount: string;
  used: string;
  currency: string;
} & Given;

/** Not given though it should be: Shopify refused it, or has not answered more than three times. */
const STUCK = `(r.state = 'held' and r.due_at is null and r.reason ? 'code' or r.state in ('held', 'issuing') and r.attempts > 3)`;

const LIST = `
  select r.id, r.cause, r.customer_id as "customerId", r.kind, r.value, r.amount::text, r.used::text, r.currency, r.state, r.reason, r.code, r.due_at as "dueAt", r.attempts,
    r.earned_at as "earnedAt", r.issued_at as "issuedAt", r.voided_at as "voidedAt", r.expires_at as "expiresAt", r.ended_at as "endedAt",
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName"
  from reward r left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and ($2::text is null or r.state = $2 or $2 = 'stuck' and ${STUCK}) and ($3::uuid is null or r.customer_id = $3)
    and ($4::timestamptz is null or (r.earned_at, r.id) < ($4, $5::uuid)) and ($7::uuid is null or r.id = $7)
  order by r.earned_at desc, r.id desc limit $6::int`;

/** Newest first. `after` is `next` of the page before. */
export async function listRewards(
  tx: SqlTx,
  shopId: bigint,
  ask: {
    state?: RewardFilter | null;
    customerId?: string | null;
    id?: string;
    after?: string | null;
    limit?: number;
  },
): Promise<{ rewards: RewardRow[]; next: string | null }> {
  const limit = ask.limit ?? 50;
  const after = readCursor(ask.after);
  const { state = null, customerId = null } = ask;
  const values = [shopId, state, customerId, after?.at ?? null, after?.id ?? null, limit + 1, ask.id ?? null];
  const rows = await tx.sql<RewardRow>(LIST, values);
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? cursorOf(last.earnedAt, last.id) : null;
  return { rewards: rows.slice(0, limit), next };
}

const HEAD = [
  'Earned at',
  'For',
  'State',
  'Kind',
  'Per cent',
  'Amount',
  'Used',
  'Currency',
  'Code',
  'Given at',
  'Taken back at',
];
const CSV_PAGE = 1000;

/** The whole ledger, or what stands at one state. */
export function rewardsCsv(db: Db, shopId: bigint, state: RewardFilter | null): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const ask = { state, after, limit: CSV_PAGE };
    const { rewards, next } = await db.inShop(shopId, (tx) => listRewards(tx, shopId, ask));
    const rows = rewards.map((row) => [
      row.earnedAt,
      row.customerName,
      row.state,
      row.kind,
      'percent' in row.value ? row.value.percent : null,
      ...amountsOf(row),
      row.code,
      row.issuedAt,
      row.voidedAt,
    ]);
    return { rows, next };
  });
}

function amountsOf({ amount, used, currency }: RewardRow): [string | null, string | null, string | null] {
  if (currency === CODES) return [null, null, null];
  const show = (minor: string) => (currency === POINTS ? minor : decimalOf(BigInt(minor), currency));
  return [show(amount), show(used), currency];
}

const COUNTS = `
  select state, count(*)::int as count from reward where shop_id = $1 and earned_at >= $2 and earned_at < $3 group by state`;

/** How many rewards of a period stand where. */
export async function rewardCounts(
  tx: SqlTx,
  shopId: bigint,
  from: Date,
  to: Date,
): Promise<Record<RewardState, number>> {
  const rows = await tx.sql<{ state: RewardState; count: number }>(COUNTS, [shopId, from, to]);
  const none = { held: 0, issuing: 0, issued: 0, used: 0, expired: 0, void: 0, 'clawed-back': 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

const RETRY = `
  update reward set due_at = $3, attempts = 1 where shop_id = $1 and id = $2 and state = 'held' and due_at is null
    and reason ? 'code' returning id`;

/** A merchant has mended what kept a reward from being issued. */
export async function retryReward(tx: SqlTx, shopId: bigint, id: string, now: Date): Promise<boolean> {
  return (await tx.sql(RETRY, [shopId, id, now])).length > 0;
}

const RETRY_DENIED = `
  update reward set due_at = $2, attempts = 1 where shop_id = $1 and state = 'held' and due_at is null
    and reason ->> 'code' = 'ACCESS_DENIED' returning id`;

/** The merchant has allowed at Shopify what it did not let the app give. @returns how many are tried again */
export async function retryDenied(tx: SqlTx, shopId: bigint, now: Date): Promise<number> {
  return (await tx.sql(RETRY_DENIED, [shopId, now])).length;
}
