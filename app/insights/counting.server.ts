/** Counting a shop's days. Finished days are kept in daily_figure; the last three are counted when they are asked for. */
import type { ShopTx } from '../db.server.ts';
import type { DayFigures, Metric, StageCounts } from './figures.ts';

/** Farthest first, as SQL. */
const STAGE_ORDER = `array['stranger', 'acquaintance', 'friend', 'family']`;

const COUNT = `
  with bounds as (select ($2::date::timestamp at time zone $1) as lo, (($3::date + 1)::timestamp at time zone $1) as hi),
  counted (day, metric, value) as (
    select (a.at at time zone $1)::date, m.metric, sum(m.value)::bigint
      from answer a, bounds, lateral (values ('answers', 1), ('score_sum', coalesce(a.score, 0)), ('score_count', (a.score is not null)::int)) m(metric, value)
      where a.shop_id = $4 and a.at >= bounds.lo and a.at < bounds.hi and not exists (
        select from orders o where o.shop_id = a.shop_id and o.id = a.order_id and o.test) group by 1, 2
    union all
    select (r.created_at at time zone $1)::date, m.metric, sum(m.value)::bigint
      from referral r join orders o on o.shop_id = r.shop_id and o.id = r.order_id, bounds,
        lateral (values ('friends', 1::bigint), ('friend_revenue', o.total - o.refunded)) m(metric, value)
      where r.shop_id = $4 and r.created_at >= bounds.lo and r.created_at < bounds.hi and r.state not in ('refused', 'void') group by 1, 2
    union all
    select (g.planned_at at time zone $1)::date, m.metric, sum(m.value)::bigint
      from message g, bounds, lateral (values ('messages', 1), ('asks', (g.class <> 'service')::int)) m(metric, value)
      where g.shop_id = $4 and g.planned_at >= bounds.lo and g.planned_at < bounds.hi and g.state = 'sent' group by 1, 2
    union all
    select (p.at at time zone $1)::date, 'moved', count(distinct p.message_id)
      from permission_answer p, bounds
      where p.shop_id = $4 and p.at >= bounds.lo and p.at < bounds.hi and p.answer = 'later' group by 1
    union all
    select (e.at at time zone $1)::date,
        case when array_position(${STAGE_ORDER}, e.data ->> 'to') > array_position(${STAGE_ORDER}, e.data ->> 'from')
          then 'risen' else 'fallen' end, count(*)
      from event e, bounds
      where e.shop_id = $4 and e.kind = 'customer.stage-changed' and e.at >= bounds.lo and e.at < bounds.hi group by 1, 2
    union all
    select (e.at at time zone $1)::date, 'stage:' || (e.data ->> 'from') || '>' || (e.data ->> 'to'), count(*)
      from event e, bounds
      where e.shop_id = $4 and e.kind = 'customer.stage-changed' and e.at >= bounds.lo and e.at < bounds.hi group by 1, 2
  )
  select day::text as day, metric, value::float8 as value from counted`;

/** Days whose figures may still change: late answers and events arrive within two days. */
const OPEN_DAYS = 3;

const KEEP = `
  insert into daily_figure (shop_id, day, metric, value)
  select $1, day::date, metric, value from unnest($2::text[], $3::text[], $4::bigint[]) as t(day, metric, value)
  on conflict (shop_id, day, metric) do update set value = excluded.value`;

const KEPT = `
  select day::text as day, metric, value::float8 as value from daily_figure
  where shop_id = $1 and day between $2::date and $3::date`;

interface Count {
  day: string;
  metric: string;
  value: number;
}

/** Marks a day as counted even if nothing happened on it. */
const COUNTED = 'counted';

/**
 * Figures of `days` (YYYY-MM-DD in the shop's zone, oldest first, no gaps). Days that are over and were never counted
 * are counted and kept on the way.
 */
export async function figuresOf(
  tx: ShopTx,
  timeZone: string,
  days: readonly string[],
): Promise<DayFigures[]> {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return [];
  const kept = await tx.sql<Count>(KEPT, [tx.shopId, first, last]);
  const counted = new Set(kept.filter((row) => row.metric === COUNTED).map((row) => row.day));
  const open = days.slice(-OPEN_DAYS);
  const missing = days.filter((day) => !counted.has(day) && !open.includes(day));
  const from = missing[0] ?? open[0] ?? last;
  const fresh = await tx.sql<Count>(COUNT, [timeZone, from, last, tx.shopId]);
  await keep(tx, fresh, missing);
  return byDay([...kept.filter((row) => row.day < from), ...fresh]);
}

async function keep(tx: ShopTx, counts: readonly Count[], days: readonly string[]) {
  if (days.length === 0) return;
  const rows = [
    ...counts.filter((row) => days.includes(row.day)),
    ...days.map((day) => ({ day, metric: COUNTED, value: 1 })),
  ];
  await tx.sql(KEEP, [
    tx.shopId,
    rows.map((row) => row.day),
    rows.map((row) => row.metric),
    rows.map((row) => Math.round(row.value)),
  ]);
}

function byDay(counts: readonly Count[]): DayFigures[] {
  const days = new Map<string, DayFigures>();
  for (const { day, metric, value } of counts) {
    if (metric === COUNTED) continue;
    const entry = days.get(day) ?? { day, values: {} };
    entry.values[metric as Metric] = (entry.values[metric as Metric] ?? 0) + value;
    days.set(day, entry);
  }
  return [...days.values()];
}

const STAGE_COUNTS = `
  select stage, count(*) as count from customer
  where shop_id = $1 and merged_into is null and erased_at is null group by stage`;

/** How many customers stand at each stage now. */
export async function stageCounts(tx: ShopTx): Promise<StageCounts> {
  const rows = await tx.sql<{ stage: keyof StageCounts; count: bigint }>(STAGE_COUNTS, [tx.shopId]);
  const counts: StageCounts = { stranger: 0, acquaintance: 0, friend: 0, family: 0 };
  for (const row of rows) counts[row.stage] = Number(row.count);
  return counts;
}
