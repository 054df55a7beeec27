/** Enqueuing chores in the caller's transaction, so that no ghost jobs and no lost jobs exist. */
import { PgBoss } from 'pg-boss';
import type { SqlTx } from '../db.server.ts';
import { errorFields, log } from '../log.server.ts';
import {
  catalog,
  crons,
  type CronHandlers,
  type CronName,
  type JobHandlers,
  type JobName,
  type JobPayload,
  type JobResult,
} from './catalog.ts';

export interface Queue {
  /** Enqueues inside `tx`. With `key`, at most one waiting job of that name and key exists. */
  enqueue<Name extends JobName>(tx: SqlTx | null, name: Name, payload: JobPayload<Name>, key?: string): Promise<void>;
  /** Starts working on jobs until `stop`. */
  work(handlers: JobHandlers, cronHandlers: CronHandlers): Promise<void>;
  stop(): Promise<void>;
}

/** @param url the database; pg-boss keeps its own schema `pgboss` there */
export async function openQueue({ url, worker }: { url: string; worker: boolean }): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    schedule: worker,
    supervise: worker,
    cronWorkerIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.error('job queue', errorFields(error)));
  await boss.start();
  for (const name of Object.keys(catalog) as JobName[]) {
    await boss.createQueue(name, { policy: 'short', retryLimit: catalog[name].retries, retryBackoff: true, retryDelay: 1 });
  }
  for (const name of Object.keys(crons) as CronName[]) await boss.createQueue(`cron.${name}`, { policy: 'short' });
  return {
    async enqueue(_tx, name, payload, key) {
      await boss.send(name, payload, { ...(key ? { singletonKey: key } : {}) });
    },
    async work(handlers, cronHandlers) {
      for (const name of Object.keys(catalog) as JobName[]) await workOn(boss, name, handlers[name] as Handler);
      for (const name of Object.keys(crons) as CronName[]) {
        await boss.schedule(`cron.${name}`, crons[name]);
        await boss.work(`cron.${name}`, { pollingIntervalSeconds: 5 }, async () => cronHandlers[name]());
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}

type Handler = (payload: unknown) => Promise<JobResult>;

async function workOn(boss: PgBoss, name: JobName, handler: Handler) {
  await boss.work(name, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
    if (!job) return;
    const payload = catalog[name].payload.safeParse(job.data);
    if (!payload.success) {
      log.error('job with a payload that nobody understands', { job: name, id: job.id });
      return;
    }
    const started = performance.now();
    const result = await handler(payload.data);
    log.info(`job ${result.outcome}`, { job: name, id: job.id, ms: Math.round(performance.now() - started) });
    if (result.outcome === 'retry') throw new Error(result.error);
    if (result.outcome === 'snooze') await boss.send(name, job.data as object, { startAfter: result.seconds });
  });
}
