/** BullMQ on Redis, fifty jobs at a time: its free edition has no batches. */
import { Queue, Worker } from 'bullmq';
import pg from 'pg';
import { Tally } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { A_WEEK_MS, domainRows, TOUCH, type Peer } from './peer.ts';
import type { Redis } from './redis.ts';

const CONCURRENCY = 50;
const QUEUE = 'step';
const INSERT_BATCH = 5000;

export function bullPeer(b: Bench, redis: Redis): Peer {
  const connection = { host: '127.0.0.1', port: redis.port, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection });
  const pool = new pg.Pool({ connectionString: b.url, max: 16 });

  async function add(ids: readonly (string | null)[], delay?: number) {
    for (let from = 0; from < ids.length; from += INSERT_BATCH) {
      const some = ids.slice(from, from + INSERT_BATCH);
      await queue.addBulk(
        some.map((id) => ({ name: QUEUE, data: { id }, ...(delay ? { opts: { delay } } : {}) })),
      );
    }
  }

  async function work(count: number): Promise<number> {
    let done = 0;
    let finished = () => {};
    const all = new Promise<void>((resolve) => (finished = resolve));
    const worker = new Worker<{ id: string }>(
      QUEUE,
      async ({ data }) => {
        await pool.query(TOUCH, [[data.id]]);
        await queue.add(QUEUE, data, { delay: A_WEEK_MS });
      },
      { connection, concurrency: CONCURRENCY, removeOnComplete: { count: 0 } },
    );
    worker.on('error', (error) => console.error(error));
    worker.on('completed', () => {
      if (++done === count) finished();
    });
    await all;
    await worker.close();
    return count;
  }

  return {
    addPending: (count) =>
      add(
        Array.from({ length: count }, () => null),
        8 * A_WEEK_MS,
      ),
    async drain(count) {
      await add(await domainRows(b, count));
      const tally = new Tally(b.postmaster, redis.pid);
      await tally.add(() => work(count));
      return tally.result();
    },
    async close() {
      await queue.close();
      await pool.end();
    },
  };
}
