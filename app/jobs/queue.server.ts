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
  enqueue<Name extends JobName>(
    tx: SqlTx | null,
    name: Name,
    payload: JobPayload<Name>,
    key?: string,
  ): Promise<void>;
  /** Starts working on jobs until `stop`. */
  work(handlers: JobHandlers, cronHandlers: CronHandlers): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A job whose worker gives no sign of life for so long is given to another: the worker was killed, or the answer in which
 * the database handed it the job was lost. Without this it would lie there for a quarter of an hour.
 */
const HEARTBEAT_SECONDS = 30;
/** Between two looks for such jobs. */
const SUPERVISE_SECONDS = 10;

/**
 * @param url the database; pg-boss keeps its own schema `pgboss` there, made by `npm run migrate`
 * @param worker whether this process works on jobs (and so keeps the schedule and cleans up)
 */
export function openQueue({ url, worker }: { url: string; worker: boolean }): Queue {
  const boss = new PgBoss({
    connectionString: url,
    max: worker ? 4 : 2,
    migrate: false,
    schedule: worker,
    supervise: worker,
    cronWorkerIntervalSeconds: 5,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', (error) => log.error('job queue', errorFields(error)));
  // Connects with its first use, so that a process starts while the database is still down.
  let starting: Promise<unknown> | undefined;
  const started = () =>
    (starting ??= boss.start().catch((error: unknown) => {
      starting = undefined;
      throw error;
    }));
  return {
    async enqueue(tx, name, payload, key) {
      await started();
      await boss.send(name, catalog[name].payload.parse(payload), {
        // Without a key of its own a job is known by what it carries: the policy allows one waiting job a key.
        singletonKey: key ?? JSON.stringify(payload),
        ...(tx ? { db: joining(tx) } : {}),
      });
    },
    async work(handlers, cronHandlers) {
      await started();
      for (const name of Object.keys(catalog) as JobName[])
        await workOn(boss, name, handlers[name] as Handler);
      for (const name of Object.keys(crons) as CronName[]) {
        await boss.schedule(`cron.${name}`, crons[name]);
        await boss.work(`cron.${name}`, { pollingIntervalSeconds: 5 }, async () => cronHandlers[name]());
      }
    },
    async stop() {
      if (starting) await boss.stop({ graceful: true, timeout: 5000 });
    },
  };
}

/** Lets pg-boss write inside a transaction that is already open. */
const joining = (tx: SqlTx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({ rows: await tx.sql(text, values) }),
});

/** Called by the migration: the schema of pg-boss, its queues, and the rights of the app's roles on them. */
export async function installQueue(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, schedule: false, supervise: false });
  await boss.start();
  /** What a queue of an older release lacks is added to it. */
  const install = async (
    name: string,
    options: { retryLimit?: number; retryBackoff?: boolean; retryDelay?: number },
  ) => {
    await boss.createQueue(name, { policy: 'short', heartbeatSeconds: HEARTBEAT_SECONDS, ...options });
    await boss.updateQueue(name, { heartbeatSeconds: HEARTBEAT_SECONDS, ...options });
  };
  for (const name of Object.keys(catalog) as JobName[])
    await install(name, { retryLimit: catalog[name].retries, retryBackoff: true, retryDelay: 1 });
  for (const name of Object.keys(crons) as CronName[]) await install(`cron.${name}`, {});
  await boss.stop({ graceful: false });
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
    if (result.outcome === 'snooze')
      await boss.send(name, job.data as object, {
        startAfter: result.seconds,
        // A key apart from the one of `enqueue`, so that somebody who wants it sooner is not turned away.
        singletonKey: `later:${JSON.stringify(job.data)}`,
      });
  });
}
