/** What the Feedback page shows: scores of a survey, their course, and how far people answer. */
import type { SqlTx } from '../db.server.ts';
import { meanOfCounts, type Mean } from './scores.ts';

export interface ScoreAsk {
  shopId: bigint;
  surveyKey: string;
  from: Date;
  to: Date;
  /** IANA, of the shop: weeks begin there. */
  timeZone: string;
}

export interface Scores extends Mean {
  /** Answers that gave 1, 2, 3, 4, 5. */
  counts: number[];
  /** One entry a week that has answers, Mondays as YYYY-MM-DD, oldest first. */
  weeks: (Mean & { week: string })[];
  /** How far they went: answered, went into detail, wrote in their own words. */
  funnel: { answered: number; detailed: number; wrote: number };
  /** The ten countries with most answers. */
  countries: (Mean & { country: string })[];
}

const COUNTED = `
  count(*) filter (where a.score = 1)::int as one, count(*) filter (where a.score = 2)::int as two,
  count(*) filter (where a.score = 3)::int as three, count(*) filter (where a.score = 4)::int as four,
  count(*) filter (where a.score = 5)::int as five`;
/** Answers to test orders count nowhere. */
const CHOSEN = `
  from answer a join survey s on s.shop_id = a.shop_id and s.id = a.survey_id
  left join orders o on o.shop_id = a.shop_id and o.id = a.order_id
  where a.shop_id = $1 and s.key = $2 and a.at >= $3 and a.at < $4 and o.test is not true`;

const WEEKS = `
  select to_char(date_trunc('week', a.at at time zone $5), 'YYYY-MM-DD') as name, ${COUNTED} ${CHOSEN} group by 1 order by 1`;
const COUNTRIES = `
  select a.country as name, ${COUNTED} ${CHOSEN} and a.country is not null group by 1 order by count(*) desc, 1 limit 10`;
const FUNNEL = `
  select count(*)::int as answered, count(*) filter (where a.comment is not null)::int as wrote,
    count(*) filter (where (select count(*) from jsonb_object_keys(a.answers)) > 1)::int as detailed ${CHOSEN}`;

interface CountRow {
  name: string;
  one: number;
  two: number;
  three: number;
  four: number;
  five: number;
}

export async function scoresOf(tx: SqlTx, ask: ScoreAsk): Promise<Scores> {
  const values = [ask.shopId, ask.surveyKey, ask.from, ask.to];
  const weeks = await tx.sql<CountRow>(WEEKS, [...values, ask.timeZone]);
  const countries = await tx.sql<CountRow>(COUNTRIES, values);
  const [funnel] = await tx.sql<Scores['funnel']>(FUNNEL, values);
  const counts = [0, 1, 2, 3, 4].map((i) => weeks.reduce((all, row) => all + countsIn(row)[i]!, 0));
  return {
    ...meanOfCounts(counts),
    counts,
    weeks: weeks.map((row) => ({ week: row.name, ...meanOfCounts(countsIn(row)) })),
    funnel: funnel!,
    countries: countries.map((row) => ({ country: row.name, ...meanOfCounts(countsIn(row)) })),
  };
}

const countsIn = ({ one, two, three, four, five }: CountRow) => [one, two, three, four, five];
