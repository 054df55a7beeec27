/** Moves between stages, from the days that were counted and, of those that were not yet, from what happened. */
import type { ShopTx } from '../db.server.ts';
import { moveIn, type MoveCount } from './stage-moves.ts';

const MOVES = `
  with counted as (select day from daily_figure where shop_id = $1 and metric = 'counted' and day >= $2::date)
  select to_char(day, 'YYYY-MM') as month, metric, sum(value)::int as count from (
    select day, metric, value from daily_figure
      where shop_id = $1 and day >= $2::date and metric like 'stage:%' and day in (select day from counted)
    union all
    select (e.at at time zone $3)::date, 'stage:' || (e.data ->> 'from') || '>' || (e.data ->> 'to'), 1 from event e
      where e.shop_id = $1 and e.kind = 'customer.stage-changed' and e.at >= $2::date - interval '1 day'
        and (e.at at time zone $3)::date >= $2::date
        and not exists (select from counted where counted.day = (e.at at time zone $3)::date)
  ) all_days group by 1, 2`;

/** @param since YYYY-MM-DD in the shop's zone */
export async function stageMovesSince(tx: ShopTx, timeZone: string, since: string): Promise<MoveCount[]> {
  const rows = await tx.sql<{ month: string; metric: string; count: number }>(MOVES, [
    tx.shopId,
    since,
    timeZone,
  ]);
  return rows.flatMap(({ month, metric, count }) => {
    const move = moveIn(metric);
    return move ? [{ month, ...move, count }] : [];
  });
}
