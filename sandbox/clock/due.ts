/**
 * What the app still has to do, read from its own database as the owner: rows of the view `due_moment`, and
 * unfinished jobs of the chores queue. Without a database, or before the app has made its tables, nothing is due.
 */

import pg from 'pg';

export interface Due {
  /** Epoch milliseconds of the earliest moment; null when nothing waits. */
  next: number | null;
  /** The earliest of those that somebody waits for: all but the comparisons with the Admin API. */
  nextAwaited: number | null;
  /** Jobs that are to run now, in real time. */
  jobs: number;
}

export interface DueReader {
  read(): Promise<Due>;
  /** In words, for the error that names what is stuck. */
  explain(now: number): Promise<string[]>;
  /** The next moments, earliest first; `shop` is the app's own number of the shop. */
  list(limit: number): Promise<{ at: number; kind: string; domain: string | null; count: number }[]>;
  close(): Promise<void>;
}

const NOTHING: Due = { next: null, nextAwaited: null, jobs: 0 };

const NOTHING_DUE: DueReader = {
  read: () => Promise.resolve(NOTHING),
  explain: () => Promise.resolve([]),
  list: () => Promise.resolve([]),
  close: () => Promise.resolve(),
};

const HAS_MOMENTS = `select to_regclass('public.due_moment') is not null as moments, to_regclass('pgboss.job') is not null as jobs`;
const UNFINISHED = `state in ('created', 'retry', 'active') and start_after <= now() and name not like 'cron.%' and name not like '\\_\\_pgboss%'`;
/** By kind, so that each part of the view is left out or looked at alone. */
const earliest = (kinds: string) =>
  `(select (extract(epoch from min(due_at)) * 1000)::float8 from due_moment where kind ${kinds})`;
const MOMENTS = `select least(awaited, ${earliest(`= 'reconciliation'`)}) as next, awaited as "nextAwaited"
  from (select ${earliest(`<> 'reconciliation'`)} as awaited) a`;
const NO_MOMENTS = 'select null as next, null as "nextAwaited"';
const JOBS = `(select count(*)::int from pgboss.job where ${UNFINISHED})`;

export function createDueReader(databaseUrl: string | null): DueReader {
  if (!databaseUrl) return NOTHING_DUE;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    options: '-c timezone=UTC',
    application_name: 'sandbox-clock',
  });
  pool.on('error', () => {});
  let has = { moments: false, jobs: false };

  async function look(): Promise<void> {
    if (has.moments && has.jobs) return;
    const { rows } = await pool.query<typeof has>(HAS_MOMENTS);
    has = rows[0] ?? has;
  }

  return {
    async read() {
      await look();
      // Planning it takes longer than running it, and it is asked many times a second: each connection plans it once.
      const { rows } = await pool.query<Due>({
        name: `due-${has.moments}-${has.jobs}`,
        text: `select m.*, ${has.jobs ? JOBS : 0} as jobs from (${has.moments ? MOMENTS : NO_MOMENTS}) m`,
      });
      return rows[0] ?? NOTHING;
    },
    async explain(now) {
      await look();
      const lines: string[] = [];
      if (has.moments) {
        const { rows } = await pool.query<{ kind: string; count: number; due: string }>(
          `select kind, count(*)::int as count, min(due_at)::text as due from due_moment where due_at <= $1 group by kind`,
          [new Date(now)],
        );
        lines.push(...rows.map((r) => `${r.count} × ${r.kind}, due since ${r.due}`));
      }
      if (has.jobs) {
        // How often they were begun anew tells that somebody is at it, though as many are left.
        const { rows } = await pool.query<{ name: string; state: string; count: number; again: number }>(
          `select name, state::text as state, count(*)::int as count, sum(retry_count)::int as again
           from pgboss.job where ${UNFINISHED} group by 1, 2`,
        );
        lines.push(
          ...rows.map(
            (r) => `${r.count} × job ${r.name} (${r.state}${r.again ? `, begun anew ${r.again} ×` : ''})`,
          ),
        );
      }
      return lines;
    },
    async list(limit) {
      await look();
      if (!has.moments) return [];
      const { rows } = await pool.query<{ at: number; kind: string; domain: string | null; count: number }>(
        `select (extract(epoch from due_at) * 1000)::float8 as at, kind, s.domain, count(*)::int as count
         from due_moment d left join shop s on s.id = d.shop_id
         group by due_at, kind, s.domain order by due_at limit ${Math.floor(limit)}`,
      );
      return rows;
    },
    close: () => pool.end(),
  };
}
