/** Lets what is wrong with the database come true: the relay that the app reaches it through is told. */

import { Worker } from 'node:worker_threads';
import pg from 'pg';
import type { FaultBox } from './faults.ts';
import type { Target } from './relay.ts';
import type { RelayOrders } from './relay-thread.ts';

export interface DatabaseWire {
  listen(): Promise<void>;
  /** Looks whether a fault has begun or ended. */
  look(): void;
  close(): Promise<void>;
}

const NO_WIRE: DatabaseWire = {
  listen: () => Promise.resolve(),
  look: () => {},
  close: () => Promise.resolve(),
};

export function createDatabaseWire(
  databaseUrl: string | null,
  port: number | null,
  faults: Pick<FaultBox, 'list'>,
): DatabaseWire {
  if (databaseUrl === null || port === null) return NO_WIRE;
  const orders: RelayOrders = { target: targetOf(databaseUrl), port };
  let thread: Worker | null = null;
  let told = '';
  const look = () => {
    const fault = faults.list().find(({ target }) => target === 'database');
    const disturbance = fault ? { mode: fault.mode, rate: fault.rate } : null;
    const words = JSON.stringify(disturbance);
    if (!thread || words === told) return;
    told = words;
    thread.postMessage(disturbance);
  };
  return {
    look,
    listen() {
      const started = new Worker(new URL('relay-thread.ts', import.meta.url), { workerData: orders });
      thread = started;
      look();
      return new Promise((resolve, reject) => {
        started.once('message', () => resolve());
        started.once('error', reject);
      });
    },
    async close() {
      await thread?.terminate();
    },
  };
}

/** As the app's own driver reads the address, with all its defaults. */
function targetOf(databaseUrl: string): Target {
  const { host, port } = new pg.Client(databaseUrl);
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
}
