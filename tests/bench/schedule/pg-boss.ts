/** pg-boss as its documentation advises for speed: fetch, successors and completion of a batch in one transaction. */
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { measure } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { A_WEEK_MS, domainRows, TOUCH, type Peer } from './peer.ts';

const QUEUE = 'step';
const INSERT_BATCH = 5000;

/**
 * Two million orders leave jobs behind that were made at a moment each in sixty days, and are due at a moment each in the
 * sixty days to come. Stored by the thousand they would share one moment, and a fetch would skip all of them at once.
 * Here a job comes due a week after it was made, so that some of those who wait have been made since.
 */
const spreading = (schema: string) => `
  create function ${schema}.spread() returns trigger language plpgsql as $$
  begin
    new.created_on := now() + interval '7 days' - random() * interval '60 days';
    new.start_after := now() + interval '1 day' + random() * interval '60 days';
    return new;
  end $$;
  create trigger spread before insert on ${schema}.job for each row execute function ${schema}.spread()`;
const notSpreading = (schema: string) =>
  `drop trigger spread on ${schema}.job; drop function ${schema}.spread()`;

/** @param options `lanes` fetches at a time, `batch` jobs each */
export async function pgBossPeer(
  b: Bench,
  { batch, lanes }: { batch: number; lanes: number },
): Promise<Peer> {
  const schema = `peer_boss_${batch}`;
  const boss = new PgBoss({ connectionString: b.url, schema, schedule: false, supervise: false });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(QUEUE);
  const pool = new pg.Pool({ connectionString: b.url, max: lanes });

  async function add(ids: readonly (string | null)[], startAfter: Date) {
    for (let from = 0; from < ids.length; from += INSERT_BATCH) {
      const jobs = ids.slice(from, from + INSERT_BATCH).map((id) => ({ data: { id }, startAfter }));
      await boss.insert(QUEUE, jobs);
    }
    await b.owner.query(`vacuum analyze ${schema}.job`);
  }

  async function oneBatch(): Promise<number> {
    const client = await pool.connect();
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
    try {
      await client.query('begin');
      const jobs = await boss.fetch<{ id: string }>(QUEUE, { batchSize: batch, db });
      if (jobs.length > 0) {
        await client.query(TOUCH, [jobs.map((job) => job.data.id)]);
        const startAfter = new Date(Date.now() + A_WEEK_MS);
        await boss.insert(
          QUEUE,
          jobs.map(({ data }) => ({ data, startAfter })),
          { db },
        );
        await boss.complete(
          QUEUE,
          jobs.map((job) => job.id),
          null,
          { db },
        );
      }
      await client.query('commit');
      return jobs.length;
    } finally {
      client.release();
    }
  }

  async function lane(): Promise<number> {
    let all = 0;
    for (let done = await oneBatch(); done > 0; done = await oneBatch()) all += done;
    return all;
  }

  return {
    async addPending(count) {
      await b.owner.query(spreading(schema));
      const ids = Array.from({ length: count }, () => null);
      await add(ids, new Date(Date.now() + A_WEEK_MS));
      await b.owner.query(notSpreading(schema));
    },
    async drain(count) {
      await add(await domainRows(b, count), new Date(Date.now() - 1000));
      return measure(b.postmaster, async () => {
        const done = await Promise.all(Array.from({ length: lanes }, lane));
        return done.reduce((sum, one) => sum + one, 0);
      });
    },
    async close() {
      await pool.end();
      await boss.stop({ graceful: false });
    },
  };
}
