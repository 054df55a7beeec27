/** A race of two parties: how it begins anew for each order of their steps, and how its end is judged. */
import type { SqlTx } from '../../app/db.server.ts';
import type { TestDatabase } from '../database.ts';
import { everyOrder, inOrder, type Party, type Told } from './orders-of-steps.ts';

/** A party of one transaction: its work, then its commit. */
export const oneTx = (work: (tx: SqlTx) => Promise<unknown>): Party => ({
  run: ({ db }) => db.acrossShops(work),
  stopsAt: (label) => label === 'commit 1',
});

/** What a pair came to in one order: what was broken, if anything, and in one word what happened. */
export interface Seen {
  broken: string | null;
  what: string;
}

export interface Race {
  /** Steps of each that are put into order, the beginning included. */
  steps: { A: number; B: number };
  /** Rows of their own for each order. */
  begin(): Promise<{ A: Party; naive: Party; naiveB?: Party; B: Party; judge(told: Told): Promise<Seen> }>;
}

/** All orders of a pair: what was broken in them, and everything that was seen to happen. The twin has to break one. */
export async function explore(t: TestDatabase, { steps, begin }: Race, isNaive: boolean) {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const order of everyOrder(steps)) {
    if (isNaive && broken.length > 0) break;
    const { A, naive, naiveB, B, judge } = await begin();
    const parties = isNaive ? { A: naive, B: naiveB ?? B } : { A, B };
    const told = await inOrder(t, parties, order);
    const result = await judge(told);
    seen.add(result.what);
    if (!isNaive && told.failures.length > 0) broken.push(`${order.join('')}: ${String(told.failures[0])}`);
    if (result.broken) broken.push(`${order.join('')}: ${result.broken}`);
  }
  return { broken, seen };
}

export const firstCommits = (label: string) => label === 'commit 1' || label === 'commit 2';
