/** graphile-worker with its local queue, as its page on performance sets it up; successors by its own `addJob`. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { measure } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { A_WEEK_MS, domainRows, TOUCH, type Peer } from './peer.ts';

const INSERT_BATCH = 5000;
const silent = new Logger(() => () => {});

export async function graphilePeer(b: Bench): Promise<Peer> {
  const shared = { connectionString: b.url, schema: 'peer_graphile', logger: silent };
  const utils = await makeWorkerUtils(shared);
  await utils.migrate();

  async function add(ids: readonly (string | null)[], runAt: Date) {
    for (let from = 0; from < ids.length; from += INSERT_BATCH) {
      await utils.addJobs(
        ids.slice(from, from + INSERT_BATCH).map((id) => ({ identifier: 'step', payload: { id }, runAt })),
      );
    }
    await b.owner.query('vacuum analyze');
  }

  async function work(count: number): Promise<number> {
    let done = 0;
    let finished = () => {};
    const all = new Promise<void>((resolve) => (finished = resolve));
    const runner = await run({
      ...shared,
      concurrency: 24,
      noHandleSignals: true,
      maxPoolSize: 30,
      preset: { worker: { localQueue: { size: 500 } } },
      taskList: {
        async step(payload, { withPgClient, addJob }) {
          const { id } = payload as { id: string };
          await withPgClient((client) => client.query(TOUCH, [[id]]));
          await addJob('step', { id }, { runAt: new Date(Date.now() + A_WEEK_MS) });
          if (++done === count) finished();
        },
      },
    });
    await all;
    await runner.stop();
    return count;
  }

  return {
    addPending: (count) =>
      add(
        Array.from({ length: count }, () => null),
        new Date(Date.now() + 8 * A_WEEK_MS),
      ),
    async drain(count) {
      await add(await domainRows(b, count), new Date(Date.now() - 1000));
      return measure(b.postmaster, () => work(count));
    },
    async close() {
      await utils.release();
    },
  };
}
