/** What the Feedback page shows: scores of a survey, their course, and how far people go. */
import type { Db } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { COUNTED, IS_COUNTED } from './counted.ts';
import { FUNNEL_STEPS, meanOfCounts, type Scores } from './scores.ts';

export interface ScoreAsk {
  shopId: bigint;
  surveyKey: string;
  from: Date;
  to: Date;
  /** IANA, of the shop: weeks begin there. */
  timeZone: string;
}

const BY_SCORE = `
  count(*) filter (where a.score = 1)::int as one, count(*) filter (where a.score = 2)::int as two,
  count(*) filter (where a.score = 3)::int as three, count(*) filter (where a.score = 4)::int as four,
  count(*) filter (where a.score = 5)::int as five`;
const WHERE = `where a.shop_id = $1 and s.key = $2 and a.at >= $3 and a.at < $4 and ${IS_COUNTED}`;
const CHOSEN = `from ${COUNTED} ${WHERE}`;

const WEEKS = `
  select to_char(week, 'YYYY-MM-DD') as name, one, two, three, four, five from (
    select date_trunc('week', a.at at time zone $5) as week, ${BY_SCORE} ${CHOSEN} group by 1
  ) w order by week`;
/** Codes and friends by whole sets: a look-up an answer would be slow with many answers. */
const FUNNEL = `
  with coded as (select distinct customer_id from referral_code where shop_id = $1 and customer_id is not null),
  friends as (
    select advocate_id, max(created_at) as last_at from referral
    where shop_id = $1 and state not in ('refused', 'void') group by advocate_id)
  select (select count(*)::int from asking q join survey v on v.shop_id = q.shop_id and v.id = q.survey_id
      where q.shop_id = $1 and v.key = $2 and q.at >= $3 and q.at < $4 and not exists (
        select from orders o where o.shop_id = q.shop_id and o.id = q.order_id and o.test))
      + count(*) filter (where q.subject is null)::int as seen,
    count(*)::int as answered, count(*) filter (where a.comment is not null)::int as wrote,
    count(*) filter (where (select count(*) from jsonb_object_keys(a.answers)) > 1)::int as detailed,
    count(c.customer_id)::int as coded, count(f.advocate_id)::int as befriended
  from ${COUNTED} left join coded c on c.customer_id = a.customer_id
  left join friends f on f.advocate_id = a.customer_id and f.last_at >= a.at
  left join asking q on q.shop_id = a.shop_id and q.survey_id = a.survey_id and q.subject = a.subject ${WHERE}`;
const SEEN_SINCE = `
  select min(q.at) as since from asking q join survey v on v.shop_id = q.shop_id and v.id = q.survey_id
  where q.shop_id = $1 and v.key = $2`;

interface CountRow {
  name: string;
  one: number;
  two: number;
  three: number;
  four: number;
  five: number;
}

/** Each reads all answers of the period: side by side, in transactions of their own. */
export async function scoresOf(db: Db, ask: ScoreAsk): Promise<Scores> {
  const values = [ask.shopId, ask.surveyKey, ask.from, ask.to];
  const read = <Row>(statement: string, more: unknown[] = []) =>
    db.inShop(ask.shopId, (tx) => tx.sql<Row>(statement, [...values, ...more]));
  const [weeks, [funnel]] = await Promise.all([
    read<CountRow>(WEEKS, [ask.timeZone]),
    read<Scores['funnel']>(FUNNEL),
  ]);
  const [seen] = await db.inShop(ask.shopId, (tx) =>
    tx.sql<{ since: Date | null }>(SEEN_SINCE, [ask.shopId, ask.surveyKey]),
  );
  const counts = [0, 1, 2, 3, 4].map((i) => weeks.reduce((all, row) => all + countsIn(row)[i]!, 0));
  return {
    ...meanOfCounts(counts),
    counts,
    weeks: weeks.map((row) => ({ week: row.name, ...meanOfCounts(countsIn(row)) })),
    funnel: funnel!,
    seenSince: seen!.since,
  };
}

const countsIn = ({ one, two, three, four, five }: CountRow) => [one, two, three, four, five];

/** How far people go, as a file. */
export function funnelCsv(db: Db, ask: ScoreAsk): AsyncGenerator<string> {
  return csvOf(['Step', 'Answers'], async () => {
    const { funnel } = await scoresOf(db, ask);
    return { rows: FUNNEL_STEPS.map(({ step, label }) => [label, funnel[step]]), next: null };
  });
}
