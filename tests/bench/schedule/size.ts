/** What many who wait cost: a look when nothing is due, the bytes they take, a snapshot that somebody holds open. */
import pg from 'pg';
import { makeSequencesLoop, readFacts } from '../../../app/sequences/sequences.server.ts';
import { measure, total } from '../engine/cpu.ts';
import { NOW } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';

const LOOKS = 500;

/** Milliseconds of CPU that a look costs when nothing is due. */
export async function idlePoll({ db, postmaster }: Bench): Promise<number> {
  const round = makeSequencesLoop({ db, facts: readFacts });
  const looks = await measure(postmaster, async () => {
    for (let i = 0; i < LOOKS; i++) {
      if ((await round(NOW)) > 0) throw new Error('something was due');
    }
    return LOOKS;
  });
  return total(looks) / 1000;
}

/** Bytes a row of a table, indexes included. */
export async function bytesARow(
  { owner }: Bench,
  table: 'enrollment_cursor' | 'enrollment',
): Promise<number> {
  const { rows } = await owner.query<{ bytes: number }>(
    `select pg_total_relation_size('${table}')::float8 / count(*) as bytes from ${table}`,
  );
  return rows[0]!.bytes;
}

/** Does `work` while a transaction elsewhere keeps seeing everything as it was: a dump, a long report. */
export async function besideSnapshot<Result>(b: Bench, work: () => Promise<Result>): Promise<Result> {
  const reader = new pg.Client(b.url);
  await reader.connect();
  try {
    await reader.query('begin isolation level repeatable read');
    await reader.query('select count(*) from shop');
    return await work();
  } finally {
    await reader.end();
  }
}
