/** What every engine is measured by: jobs that update one row and schedule their successor. */
import type { Measured } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';

export interface Peer {
  /** Stores so many jobs that are not due for two months. */
  addPending(count: number): Promise<void>;
  /** Stores so many jobs that are due, then does them and measures that. */
  drain(count: number): Promise<Measured>;
  close(): Promise<void>;
}

export const A_WEEK_MS = 7 * 86_400_000;

export const TOUCH = 'update bench_domain set steps = steps + 1 where id = any($1::uuid[])';

/** The rows that handlers update, one a job. */
export async function makeDomain({ owner }: Bench): Promise<void> {
  await owner.query('create table bench_domain (id uuid primary key, steps int not null)');
  // The worker's role takes bare steps.
  await owner.query('grant select, update on bench_domain to everafter_worker');
}

/** @returns ids of so many new rows */
export async function domainRows({ owner }: Bench, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into bench_domain (id, steps) select uuidv7(), 0 from generate_series(1, $1::int) returning id`,
    [count],
  );
  return rows.map((row) => row.id);
}
