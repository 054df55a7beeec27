/** What happened with customers, as the rules of occasions read it: a few reads for all of them. */
import type { SqlTx } from '../db.server.ts';
import type { Standing } from './may-give.ts';
import type { History } from './moments.ts';

interface ById {
  customer_id: string;
}

const ORDERS = `
  select customer_id, id, name, paid_at as at, fulfilled_at is null and cancelled_at is null as open from orders
  where shop_id = $1 and customer_id = any($2::uuid[]) and paid_at is not null and not test and cancelled_at is null
    and deleted_at is null and refunded_at is null
  order by placed_at, id`;

/** Of stories and of reviews; a video is no photo. */
const PICTURES = `
  select customer_id, at, count from (
    select s.customer_id, s.at, (select count(*)::int from jsonb_array_elements(s.files) f where f ->> 'role' <> 'video') as count
    from story s where s.shop_id = $1 and s.customer_id = any($2::uuid[]) and s.state <> 'withdrawn'
    union all
    select r.customer_id, r.at, (select count(*)::int from review_photo p
      where p.shop_id = r.shop_id and p.review_id = r.id and p.kind = 'photo' and p.state <> 'failed')
    from review r where r.shop_id = $1 and r.customer_id = any($2::uuid[])) sent
  where count > 0 order by at`;

const HEALED = `
  select customer_id, id, solved_at as at from conversation
  where shop_id = $1 and customer_id = any($2::uuid[]) and problem and state = 'solved' and first_replied_at is not null
    and solved_at is not null order by solved_at`;

const STAGES = `
  select customer_id, at, data ->> 'from' as "from", data ->> 'to' as "to" from timeline_entry
  where shop_id = $1 and customer_id = any($2::uuid[]) and kind = 'stage' and code = 'stage-changed' order by at`;

const WORDS = `
  select customer_id, at from answer where shop_id = $1 and customer_id = any($2::uuid[])
  union all
  select c.id, c.last_heard_at from customer c
  where c.shop_id = $1 and c.id = any($2::uuid[]) and c.last_heard_at is not null
  order by at`;

type OrderRow = ById & { id: bigint; name: string; at: Date; open: boolean };

/** What may have been asked about each customer, and their newest order that is paid and not sent. */
export interface KnownHistory extends History {
  openOrder: Standing['openOrder'];
}

/** @param ids at most a thousand at once; who is not known has an empty history */
export async function historiesOf(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Map<string, KnownHistory>> {
  const of = [shopId, ids];
  const orders = grouped(await tx.sql<OrderRow>(ORDERS, of));
  const pictures = grouped(await tx.sql<ById & { at: Date; count: number }>(PICTURES, of));
  const healed = grouped(await tx.sql<ById & { id: string; at: Date }>(HEALED, of));
  const stages = grouped(await tx.sql<ById & { at: Date; from: string; to: string }>(STAGES, of));
  const words = grouped(await tx.sql<ById & { at: Date }>(WORDS, of));
  return new Map(
    ids.map((customerId) => {
      const open = (orders.get(customerId) ?? []).findLast((order) => order.open);
      return [
        customerId,
        {
          customerId,
          orders: orders.get(customerId) ?? [],
          pictures: pictures.get(customerId) ?? [],
          healed: healed.get(customerId) ?? [],
          stages: stages.get(customerId) ?? [],
          words: (words.get(customerId) ?? []).map(({ at }) => at),
          openOrder: open ? { id: open.id, name: open.name } : null,
        },
      ];
    }),
  );
}

function grouped<Row extends ById>(rows: readonly Row[]): Map<string, Row[]> {
  const by = new Map<string, Row[]>();
  for (const row of rows) {
    const own = by.get(row.customer_id);
    if (own) own.push(row);
    else by.set(row.customer_id, [row]);
  }
  return by;
}

/** A complaint that nobody has solved, or a parcel that its buyer misses. */
const PROBLEMS = `
  select distinct customer_id from (
    select customer_id from conversation
    where shop_id = $1 and customer_id = any($2::uuid[]) and problem and state in ('open', 'snoozed')
    union all
    select o.customer_id from problem p join orders o on o.shop_id = p.shop_id and o.id = p.order_id
    where p.shop_id = $1 and p.state = 'open' and o.customer_id = any($2::uuid[])) open_ones`;

/** What was withdrawn or missed is not something they were given. */
const SO_FAR = `
  select customer_id, array_agg(subject) as told, max(at) filter (where state in ('waiting', 'to-do', 'done', 'left-out')) as last_at
  from gesture where shop_id = $1 and customer_id = any($2::uuid[]) group by customer_id`;

/** Where they stand with gestures; read under a lock on their rows, so that it holds until the transaction ends. */
export async function standingsOf(
  tx: SqlTx,
  shopId: bigint,
  histories: ReadonlyMap<string, KnownHistory>,
): Promise<Map<string, Standing>> {
  const of = [shopId, [...histories.keys()]];
  const problems = new Set((await tx.sql<ById>(PROBLEMS, of)).map((row) => row.customer_id));
  const rows = await tx.sql<ById & { told: string[]; last_at: Date | null }>(SO_FAR, of);
  const soFar = new Map(rows.map((row) => [row.customer_id, row]));
  return new Map(
    [...histories].map(([customerId, { openOrder }]) => [
      customerId,
      {
        customerId,
        told: new Set(soFar.get(customerId)?.told ?? []),
        lastAt: soFar.get(customerId)?.last_at ?? null,
        hasOpenProblem: problems.has(customerId),
        openOrder,
      },
    ]),
  );
}
