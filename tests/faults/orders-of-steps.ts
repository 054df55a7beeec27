/**
 * Two parties over the same rows, in every order of their steps. A party is real code over a `Db` that stops before each
 * commit, each statement of its own and whatever else the test puts a gate before. A step is what happens from one gate
 * to the next; it may end in waiting for a lock of the other party's, which PostgreSQL itself is asked about.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Db } from '../../app/db.server.ts';

type Name = 'A' | 'B';

/** What a party gets: a database with gates, and gates of its own. */
export interface Gated {
  db: Db;
  gate(label: string): Promise<void>;
}
export interface Party {
  run(gated: Gated): Promise<unknown>;
  /** Gates at which it stops beside its beginning: "commit 1", "commit 2"…, or the text of a single statement. */
  stopsAt(label: string): boolean;
}

/** Every way to put so many steps of A and of B one after the other. */
export function everyOrder(steps: Record<Name, number>): Name[][] {
  const orders: Name[][] = [];
  const grow = (order: Name[], a: number, b: number) => {
    if (a === 0 && b === 0) orders.push(order);
    if (a > 0) grow([...order, 'A'], a - 1, b);
    if (b > 0) grow([...order, 'B'], a, b - 1);
  };
  grow([], steps.A, steps.B);
  return orders;
}

class Runner {
  done = false;
  failure: unknown = null;
  /** `begin`, then every gate that was passed. */
  readonly passed: string[] = [];
  private open: (() => void) | null = null;
  private free = false;
  private readonly over: Promise<void>;

  constructor(db: Db, party: Party) {
    let commits = 0;
    const gate = async (label: string) => {
      const name = label === 'commit' ? `commit ${++commits}` : label;
      if (name !== 'begin' && !party.stopsAt(name)) return;
      await stop(name);
    };
    const stop = async (label: string) => {
      if (this.free) return void this.passed.push(label);
      await new Promise<void>((resolve) => (this.open = resolve));
      this.passed.push(label);
    };
    const gated = { db: withGates(db, gate), gate };
    this.over = gate('begin')
      .then(() => party.run(gated))
      .then(
        () => void (this.done = true),
        (error: unknown) => {
          this.done = true;
          this.failure = error;
        },
      );
  }

  get isWaiting(): boolean {
    return this.open !== null;
  }

  next(): void {
    const open = this.open;
    this.open = null;
    open?.();
  }

  async toTheEnd(): Promise<void> {
    this.free = true;
    this.next();
    await this.over;
  }
}

function withGates(db: Db, gate: Gated['gate']): Db {
  return {
    ...db,
    inShop: (shopId, work) =>
      db.inShop(shopId, async (tx) => {
        const result = await work(tx);
        await gate('commit');
        return result;
      }),
    acrossShops: (work) =>
      db.acrossShops(async (tx) => {
        const result = await work(tx);
        await gate('commit');
        return result;
      }),
    sqlAcrossShops: async (text, values) => {
      await gate(text);
      return db.sqlAcrossShops(text, values);
    },
  };
}

export interface Told {
  order: Name[];
  /** Gates that each had passed when the other one came to its end; all of them where it never waited. */
  passedWhenOtherEnded: Record<Name, string[]>;
  failures: unknown[];
}

/** Runs both in that order of steps, then to their ends. @param url of the database, to ask who waits for whom */
export async function inOrder(
  { db, url }: { db: Db; url: string },
  parties: Record<Name, Party>,
  order: Name[],
): Promise<Told> {
  const watcher = new pg.Client(url);
  await watcher.connect();
  const runners = { A: new Runner(db, parties.A), B: new Runner(db, parties.B) };
  const told: Told = { order, passedWhenOtherEnded: { A: [], B: [] }, failures: [] };
  const other = { A: 'B', B: 'A' } as const;
  const ended = new Set<Name>();
  const look = () => {
    for (const name of ['A', 'B'] as const) {
      if (!runners[name].done || ended.has(name)) continue;
      ended.add(name);
      told.passedWhenOtherEnded[other[name]] = [...runners[other[name]].passed];
    }
  };
  try {
    for (const name of order) {
      const runner = runners[name];
      // Still waiting for a lock: its turn passes.
      if (!runner.isWaiting) continue;
      runner.next();
      while (!runner.done && !runner.isWaiting && !(await areBlocked(watcher, [runners.A, runners.B]))) {
        await sleep(1);
      }
      look();
    }
    const rest = (['A', 'B'] as const).map((name) => runners[name].toTheEnd().then(look));
    await Promise.all(rest);
    told.failures = [runners.A.failure, runners.B.failure].filter((failure) => failure !== null);
    return told;
  } finally {
    await watcher.end();
  }
}

const BLOCKED = `
  select count(*)::int as count from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

/** Whether everybody who is neither done nor at a gate waits for a lock. */
async function areBlocked(watcher: pg.Client, runners: readonly Runner[]): Promise<boolean> {
  const { rows } = await watcher.query<{ count: number }>(BLOCKED);
  return rows[0]!.count >= runners.filter(({ done, isWaiting }) => !done && !isWaiting).length;
}
