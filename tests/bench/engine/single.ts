/** R1, the yardstick: one row changed and one row added a transaction, sixteen at once, prepared. */
import pg from 'pg';
import { measure, type Measured } from './cpu.ts';
import { NOW } from './data.ts';
import type { Bench } from './server.ts';

const R1 = `
  with moved as (update r1 set due_at = due_at + interval '1 day' where id = $1 returning id)
  insert into r1_message (id, owner, body) select uuidv7(), id, $2 from moved`;

const CLIENTS = 16;

/** Clients stay while it is measured: what a server process has used is not known of between its end and its burial. */
export async function singleTransactions(
  { owner, url, postmaster }: Bench,
  count: number,
): Promise<Measured> {
  await owner.query(`
    drop table if exists r1, r1_message;
    create table r1 (id int primary key, due_at timestamptz not null);
    create index on r1 (due_at);
    create table r1_message (id uuid primary key, owner int not null, body text not null);
    insert into r1 select n, '${NOW.toISOString()}' from generate_series(1, ${count}) n`);
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  await Promise.all(Array.from({ length: CLIENTS }, () => pool.query('select pg_sleep(0.05)')));
  let next = 0;
  const body = 'x'.repeat(200);
  const client = async () => {
    while (next < count) await pool.query({ name: 'r1', text: R1, values: [++next, body] });
  };
  const measured = await measure(postmaster, async () => {
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return count;
  });
  await pool.end();
  return measured;
}
