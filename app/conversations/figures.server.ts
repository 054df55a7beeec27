/** How fast the shop answers, against what it promises, and what that is worth in this very shop. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import type { Db } from '../db.server.ts';
import { worthOf, type Worth } from './worth.ts';

/** Answers of a group; times in working minutes. */
export interface Pace {
  /** staff:ID | auto, or a local hour "00"…"23" */
  group: string;
  answers: number;
  p50: number;
  p90: number;
  late: number;
}

const pace = (group: string) => `
  select ${group} as "group", count(*)::int as answers,
    percentile_cont(0.5) within group (order by e.waited_minutes)::float8 as p50,
    percentile_cont(0.9) within group (order by e.waited_minutes)::float8 as p90,
    count(*) filter (where e.late)::int as late
  from conversation_entry e
  where e.shop_id = $1 and e.kind = 'reply' and e.waited_minutes is not null and e.at > $2`;

const BY_PERSON = `${pace('e.author')} and e.author <> 'auto' group by e.author order by answers desc limit 100`;
const BY_HOUR = `${pace(`to_char(e.at at time zone $3, 'HH24')`)} and e.author <> 'auto' group by 1 order by 1`;
const OVERALL = `${pace(`'all'`)} and e.author <> 'auto'`;

export interface ReplyFigures {
  /** Null: nobody has answered anybody yet. */
  overall: Pace | null;
  byPerson: Pace[];
  byHour: Pace[];
  worth: Worth;
}

/** Of answers that people gave since then; automatic thanks are no merit of anybody. */
export async function replyFigures(
  tx: ShopTx,
  { since, timeZone }: { since: Date; timeZone: string },
): Promise<ReplyFigures> {
  const values = [tx.shopId, since];
  const [overall] = await tx.sql<Pace>(OVERALL, values);
  return {
    overall: overall && overall.answers > 0 ? overall : null,
    byPerson: await tx.sql<Pace>(BY_PERSON, values),
    byHour: await tx.sql<Pace>(BY_HOUR, [...values, timeZone]),
    worth: await worthSince(tx, since),
  };
}

/** The first answer of each matter, on time or not, with what followed: how content they were, and whether they came back. */
const OUTCOMES = `
  select e.late, c.help_score is not null as asked, coalesce(c.help_score, 0)::int as score,
    coalesce(c.reordered_at <= e.at + interval '90 days', false) as again
  from conversation_entry e join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = $1 and e.kind = 'reply' and e.first and e.waited_minutes is not null and e.author <> 'auto'
    and e.at > $2 and c.customer_id is not null and c.clock <> 'praise' limit 50000`;

async function worthSince(tx: SqlTx & { shopId: bigint }, since: Date): Promise<Worth> {
  const rows = await tx.sql<{ late: boolean; asked: boolean; score: number; again: boolean }>(OUTCOMES, [
    tx.shopId,
    since,
  ]);
  return worthOf(rows);
}

/**
 * For the badge: within how many hours nine of ten were answered in the last thirty days, by the clock on the wall. Who
 * writes twice has waited since the first time; who waits longer than nine of ten did counts as well, for else those
 * whom nobody answers would make a shop look fast.
 */
const BADGE = `
  with answered as (
    select extract(epoch from e.at - w.since)::float8 / 3600 as hours from (
      select shop_id, conversation_id, at from conversation_entry
      where shop_id = $1 and kind = 'reply' and waited_minutes is not null and author <> 'auto' and at > $2 and at <= $3
      order by at desc limit 5000) e
    cross join lateral (
      select min(v.at) as since from conversation_entry v
      where v.shop_id = e.shop_id and v.conversation_id = e.conversation_id and v.kind = 'voice' and v.at <= e.at
        and v.data ->> 'code' is distinct from 'automatic' and v.at > coalesce((
          select max(b.at) from conversation_entry b
          where b.shop_id = e.shop_id and b.conversation_id = e.conversation_id and b.at < e.at
            and (b.kind = 'reply' and b.state is distinct from 'refused'
              or b.kind = 'happening' and b.data ->> 'code' = 'solved')), '-infinity')) w
    where w.since is not null),
  usual as (select count(*)::int as answers, percentile_cont(0.9) within group (order by hours) as p90 from answered),
  waiting as (
    select extract(epoch from $3::timestamptz - c.awaiting_since)::float8 / 3600 as hours from conversation c, usual
    where c.shop_id = $1 and c.state in ('open', 'snoozed') and c.awaiting_since > $2
      and c.awaiting_since < $3::timestamptz - usual.p90 * interval '1 hour' limit 5000)
  select answers, (select percentile_cont(0.9) within group (order by hours)
    from (select hours from answered union all select hours from waiting) a) as p90 from usual`;

/** Fewer answers than this say nothing. */
const ENOUGH = 20;

/** Whole hours, rounded up, that nine of ten wait at most; null: too few answers to say. */
export async function badgeFigure(tx: ShopTx, now: Date): Promise<{ hours: number; answers: number } | null> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const [row] = await tx.sql<{ answers: number; p90: number | null }>(BADGE, [tx.shopId, since, now]);
  if (!row || row.answers < ENOUGH || row.p90 === null) return null;
  return { hours: Math.max(1, Math.ceil(row.p90)), answers: row.answers };
}

/** First answers of a period, for Home: how many, how long the middle one took, how many were on time. */
const HOME = `
  select count(*)::int as answers, percentile_cont(0.5) within group (order by e.waited_minutes)::float8 as p50,
    count(*) filter (where not e.late)::int as "onTime"
  from conversation_entry e where e.shop_id = $1 and e.kind = 'reply' and e.first and e.waited_minutes is not null
    and e.author <> 'auto' and e.at > $2 and e.at <= $3`;

export interface FirstReplies {
  answers: number;
  /** Working minutes; null without any. */
  p50: number | null;
  onTime: number;
}

export async function firstReplies(tx: ShopTx, from: Date, to: Date): Promise<FirstReplies> {
  const [row] = await tx.sql<FirstReplies>(HOME, [tx.shopId, from, to]);
  return row!;
}

const HEAD = [
  'By',
  'Group',
  'Answers',
  'Middle, working minutes',
  'Nine of ten, working minutes',
  'Late',
  'Late, percent',
];

/** The tables of the page as one file. */
export function paceCsv(
  db: Db,
  { shopId, ...ask }: { shopId: bigint; since: Date; timeZone: string; nameOf: (group: string) => string },
): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const figures = await db.inShop(shopId, (tx) => replyFigures(tx, ask));
    const rowsOf = (by: string, rows: readonly Pace[], nameOf: (group: string) => string) =>
      rows.map((row) => [
        by,
        nameOf(row.group),
        row.answers,
        Math.round(row.p50),
        Math.round(row.p90),
        row.late,
        Math.round((row.late / row.answers) * 100),
      ]);
    const hour = (group: string) => `${group}:00`;
    return {
      rows: [...rowsOf('person', figures.byPerson, ask.nameOf), ...rowsOf('hour', figures.byHour, hour)],
      next: null,
    };
  });
}
