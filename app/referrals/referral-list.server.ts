/** What the Referrals page shows: the funnel, referrals with their reasons, advocates ranked, the pool. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { SEEN } from './code-list.server.ts';
import { CAUSE_OF_R } from './program.ts';
import { REFERRAL_STATES, type Funnel, type ReferralFilter, type ReferralState } from './referral.ts';

const IS_REWARDED = `r.state = 'qualified' and exists (select from reward w
  where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R} and w.state = 'issued')`;

/** Conditions over a referral `r`, by filter; a state is its own. */
const COUNTED: Record<Exclude<ReferralFilter, ReferralState>, string> = {
  ordered: `r.state <> 'void'`,
  counted: `r.state not in ('refused', 'void')`,
  rewarded: IS_REWARDED,
};

const FUNNEL = `
  select
    (select count(*)::int from referral_code c where c.shop_id = $1 and ${SEEN.shown}) as shown,
    (select count(*)::int from referral_code c where c.shop_id = $1 and ${SEEN.shared}) as shared,
    (select count(*)::int from referral_code c where c.shop_id = $1 and ${SEEN.visited}) as visited,
    count(*) filter (where ${COUNTED.ordered})::int as ordered,
    count(*) filter (where r.state = 'qualified')::int as qualified,
    count(*) filter (where ${COUNTED.rewarded})::int as rewarded,
    coalesce(sum(o.total - o.refunded) filter (where ${COUNTED.ordered}), 0)::bigint as revenue
  from referral r left join orders o on o.shop_id = r.shop_id and o.id = r.order_id
  where r.shop_id = $1 and r.created_at >= $2`;

/** From then on. */
export async function funnelOf(tx: SqlTx, shopId: bigint, since: Date): Promise<Funnel> {
  const [row] = await tx.sql<Funnel>(FUNNEL, [shopId, since]);
  return row!;
}

export interface ReferralRow {
  id: string;
  state: ReferralState;
  code: string;
  /** How the friend was told by it. */
  via: 'code' | 'link';
  /** When the friend opened the link that counts; null where that is not known. */
  clickedAt: Date | null;
  /** Other friends' codes on the order, which do not count: the last one does. */
  also: string[];
  /** Signals and reasons: app/referrals/referral.ts */
  reasons: string[];
  orderId: bigint;
  orderName: string | null;
  orderTotal: bigint | null;
  advocateId: string;
  advocateName: string | null;
  friendId: string | null;
  friendName: string | null;
  /** When it will be settled; null when it is, or waits for a person. */
  dueAt: Date | null;
  createdAt: Date;
  /** What was promised for it has been given. */
  isRewarded: boolean;
}

const NAME = (of: string) =>
  `coalesce(nullif(trim(concat_ws(' ', ${of}.first_name, ${of}.last_name)), ''), ${of}.email)`;

const SHOWN = `
  select r.id, r.state, r.code, r.via, r.clicked_at as "clickedAt", r.also, r.reasons, r.order_id as "orderId", o.name as "orderName", o.total as "orderTotal",
    r.advocate_id as "advocateId", ${NAME('a')} as "advocateName", r.friend_id as "friendId", ${NAME('f')} as "friendName",
    r.due_at as "dueAt", r.created_at as "createdAt", ${IS_REWARDED} as "isRewarded"
  from referral r
  left join orders o on o.shop_id = r.shop_id and o.id = r.order_id
  left join customer a on a.shop_id = r.shop_id and a.id = r.advocate_id
  left join customer f on f.shop_id = r.shop_id and f.id = r.friend_id`;

const ONE = `${SHOWN} where r.shop_id = $1 and r.id = $2`;

const ONE_OF_ORDER = `${SHOWN} where r.shop_id = $1 and r.order_id = $2`;

/** The friend's order with Shopify's id; null where no friend brought it. */
export async function referralOfOrder(
  tx: SqlTx,
  shopId: bigint,
  orderId: bigint,
): Promise<ReferralRow | null> {
  const [row] = await tx.sql<ReferralRow>(ONE_OF_ORDER, [shopId, orderId]);
  return row ?? null;
}

/** One of them; null where there is none. */
export async function referralOf(tx: SqlTx, shopId: bigint, id: string): Promise<ReferralRow | null> {
  const [row] = await tx.sql<ReferralRow>(ONE, [shopId, id]);
  return row ?? null;
}

const list = (filter: ReferralFilter | null) => `
  ${SHOWN}
  where r.shop_id = $1 and (r.state = 'held') = $2 and ${isIn(filter)} and ($3::timestamptz is null or r.created_at >= $3)
    and ($7::text is null or r.reasons ? $7)
    and ($4::timestamptz is null or (r.created_at, r.id) < ($4, $5::uuid))
  order by r.created_at desc, r.id desc limit $6::int`;

const isIn = (filter: ReferralFilter | null) => {
  if (filter === null) return 'true';
  return isState(filter) ? `r.state = '${filter}'` : COUNTED[filter];
};

const isState = (filter: ReferralFilter): filter is ReferralState =>
  REFERRAL_STATES.some((state) => state === filter);

/** Held ones first, then newest first. `after` is `next` of the page before. */
export async function listReferrals(
  tx: SqlTx,
  shopId: bigint,
  {
    state = null,
    since = null,
    after = null,
    limit = 50,
    reason = null,
  }: {
    state?: ReferralFilter | null;
    since?: Date | null;
    after?: string | null;
    limit?: number;
    /** Only those with this one among their reasons. */
    reason?: string | null;
  },
): Promise<{ referrals: ReferralRow[]; next: string | null }> {
  const [part = '', ...where] = (after ?? '').split('_');
  const cursor = readCursor(where.join('_'));
  const isInRest = cursor !== null && part === 'rest';
  const from = [cursor?.at ?? null, cursor?.id ?? null];
  const held = isInRest
    ? []
    : await tx.sql<ReferralRow>(list(state), [shopId, true, since, ...from, limit + 1, reason]);
  const open = limit + 1 - held.length;
  const rest =
    open > 0
      ? await tx.sql<ReferralRow>(list(state), [
          shopId,
          false,
          since,
          ...(isInRest ? from : [null, null]),
          open,
          reason,
        ])
      : [];
  const rows = [...held, ...rest];
  const last = rows[limit - 1];
  const next =
    rows.length > limit && last
      ? `${last.state === 'held' ? 'held' : 'rest'}_${cursorOf(last.createdAt, last.id)}`
      : null;
  return { referrals: rows.slice(0, limit), next };
}

const REFERRALS_HEAD = [
  'At',
  'State',
  'Why',
  'Order',
  'Total',
  'Code',
  'By',
  'Brought by',
  'Friend',
  'Settles at',
];
const CSV_PAGE = 1000;

/** All friends' orders, or those of one state and time. */
export function referralsCsv(
  db: Db,
  shop: { id: bigint; currency: string },
  narrowed: { state: ReferralFilter | null; since: Date | null },
): AsyncGenerator<string> {
  return csvOf(REFERRALS_HEAD, async (after) => {
    const ask = { ...narrowed, after, limit: CSV_PAGE };
    const { referrals, next } = await db.inShop(shop.id, (tx) => listReferrals(tx, shop.id, ask));
    const rows = referrals.map((row) => [
      row.createdAt,
      row.state,
      row.reasons.join(' '),
      row.orderName,
      row.orderTotal === null ? null : decimalOf(row.orderTotal, shop.currency),
      [row.code, ...row.also].join(' '),
      row.via,
      row.advocateName,
      row.friendName,
      row.dueAt,
    ]);
    return { rows, next };
  });
}

export interface AdvocateRow {
  customerId: string;
  name: string | null;
  code: string | null;
  /** Friends' orders, undone and refused ones left out. */
  friends: number;
  qualified: number;
  revenue: bigint;
  lastAt: Date;
}

const ADVOCATES = `
  select ranked.*, ${NAME('c')} as name,
    (select code from referral_code k where k.shop_id = $1 and k.customer_id = ranked."customerId" limit 1) as code
  from (
    select r.advocate_id as "customerId", count(*)::int as friends,
      count(*) filter (where r.state = 'qualified')::int as qualified,
      coalesce(sum(o.total - o.refunded), 0)::bigint as revenue, max(r.created_at) as "lastAt"
    from referral r left join orders o on o.shop_id = r.shop_id and o.id = r.order_id
    where r.shop_id = $1 and r.state in ('pending', 'held', 'qualified')
    group by r.advocate_id order by qualified desc, friends desc, revenue desc, r.advocate_id limit $2::int offset $3::int) ranked
  left join customer c on c.shop_id = $1 and c.id = ranked."customerId"
  order by qualified desc, friends desc, revenue desc, "customerId"`;

/** Those who brought most friends first, `skip` of them left out. */
export async function rankAdvocates(tx: SqlTx, shopId: bigint, limit = 20, skip = 0): Promise<AdvocateRow[]> {
  return tx.sql<AdvocateRow>(ADVOCATES, [shopId, limit, skip]);
}

const ADVOCATES_HEAD = ['Customer', 'Code', 'Friends', 'Settled', 'Spent', 'Last at'];

/** Everybody who brought a friend. */
export function advocatesCsv(db: Db, shop: { id: bigint; currency: string }): AsyncGenerator<string> {
  return csvOf(ADVOCATES_HEAD, async (after) => {
    const skip = Number(after ?? 0);
    const found = await db.inShop(shop.id, (tx) => rankAdvocates(tx, shop.id, CSV_PAGE, skip));
    const rows = found.map((row) => [
      row.name,
      row.code,
      row.friends,
      row.qualified,
      decimalOf(row.revenue, shop.currency),
      row.lastAt,
    ]);
    return { rows, next: found.length < CSV_PAGE ? null : String(skip + CSV_PAGE) };
  });
}

const POOL = `
  select count(*) filter (where state = 'free')::int as free, count(*) filter (where state = 'minting')::int as minting,
    count(*) filter (where state = 'issued')::int as issued from referral_code where shop_id = $1`;

/** How many codes there are. */
export async function poolOf(
  tx: SqlTx,
  shopId: bigint,
): Promise<{ free: number; minting: number; issued: number }> {
  const [row] = await tx.sql<{ free: number; minting: number; issued: number }>(POOL, [shopId]);
  return row!;
}
