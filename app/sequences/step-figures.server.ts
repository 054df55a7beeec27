/** The figures of the last days, step by step. */
import type { ShopTx } from '../db.server.ts';
import { sequenceOf } from './edit.server.ts';
import { roughly } from './period.ts';
import { FIGURE_DAYS } from './sequence.ts';
import { figuresOfSteps, type Letters, type Outcomes, type PlanFigures } from './step-figures.ts';

/** So many are counted at most, the newest: a page is looked at, and waits for this. */
const MOST = 20_000;

/** Those who came in; the index has the state before the moment. */
const MINE = `
  mine as materialized (
    select id from (
      select id, started_at from enrollment where shop_id = $1 and sequence_id = $2::uuid
        and state in ('open', 'done', 'stopped') and started_at >= $3
    ) e order by started_at desc limit ${MOST + 1}
  )`;

const OUTCOMES = `
  with ${MINE}, told as (
    select d.step_key, case when d.outcome in ('waiting', 'moved') then 'waited' else d.outcome end as outcome,
      d.reason, d.enrollment_id
    from mine join decision d on d.shop_id = $1 and d.enrollment_id = mine.id
    where d.outcome <> 'started'
    union all
    select c.step_key, 'here', '{}', c.enrollment_id
    from mine join enrollment_cursor c on c.shop_id = $1 and c.enrollment_id = mine.id
  )
  select step_key as step, outcome,
    case when outcome in ('waited', 'here', 'finished') then '' else coalesce(reason->>'code', '') end as code,
    case when outcome = 'branched' then coalesce(reason->>'way', reason->>'branch') end as way,
    count(distinct enrollment_id)::int as count
  from told group by 1, 2, 3, 4`;

/** By way of the decisions to send them, which are read anyway. */
const LETTERS = `
  with ${MINE}
  select d.step_key as step, m.state, coalesce(m.reason->>'code', '') as code, count(distinct m.id)::int as count
  from mine join decision d on d.shop_id = $1 and d.enrollment_id = mine.id
  join message m on m.shop_id = $1 and m.id = d.message_id
  group by 1, 2, 3`;

const BEGAN = `with ${MINE} select count(*)::int as count from mine`;

/** See the door. */
export async function stepFigures(tx: ShopTx, id: string, now: Date): Promise<PlanFigures | null> {
  const sequence = await sequenceOf(tx, id);
  if (!sequence) return null;
  if (!sequence.live) return { began: 0, isPart: false, steps: {} };
  const since = new Date(now.getTime() - roughly({ days: FIGURE_DAYS }));
  const of = [tx.shopId, id, since];
  const [began] = await tx.sql<{ count: number }>(BEGAN, of);
  const outcomes = await tx.sql<Outcomes>(OUTCOMES, of);
  const letters = await tx.sql<Letters>(LETTERS, of);
  const count = began!.count;
  const steps = figuresOfSteps(sequence.live, { outcomes, letters });
  return { began: Math.min(count, MOST), isPart: count > MOST, steps };
}
