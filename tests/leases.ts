/** What a worker holds while it works, seen in the database. */
import { expect, onTestFinished, vi } from 'vitest';
import type { Db } from '../app/db.server.ts';
import { LEASE_SECONDS } from '../app/lease.server.ts';

/**
 * To be called before the loop begins, whose intervals it lets pass.
 * @returns to be called by whoever the worker waits for: half of the lease passes, and the database says that it was prolonged
 */
export function watchLease(db: Db, table: string, column = 'lease_until'): () => Promise<void> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const latest = async () => {
    const [row] = await db.sqlAcrossShops<{ at: Date }>(`select max(${column}) as at from ${table}`);
    return row!.at.getTime();
  };
  return async () => {
    const before = await latest();
    // A lease bears its moment to the millisecond.
    await db.sqlAcrossShops('select pg_sleep(0.005)');
    vi.advanceTimersByTime(LEASE_SECONDS * 500);
    await expect.poll(latest).toBeGreaterThan(before);
  };
}
