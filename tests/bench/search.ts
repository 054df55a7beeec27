/** Search as you type over a shop of a million customers: what staff types, one letter after the other. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { searchCustomers } from '../../app/customers/customers.server.ts';
import { openDb } from '../../app/db.server.ts';
import { startPostgres } from '../../scripts/postgres.mjs';
import { addCustomers } from '../many-customers.ts';

/** Typed letter by letter: common and rare names, parts, addresses, numbers, and nobody. */
const TYPED = [
  'anna',
  'garcia',
  'paul ber',
  'zoe kowalski',
  'mia.linder',
  'xenia',
  'haase',
  'nobody here',
  'example.com',
  '0151 23',
  '+33 612 4',
  'oskar7',
];

/** @param quick 200,000 customers instead of a million */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-bench-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dir: path.join(folder, 'pg') });
  const url = server.url('postgres');
  const db = openDb({ url });
  try {
    execFileSync(process.execPath, ['scripts/migrate.mjs', 'deploy'], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'ignore',
    });
    const customers = quick ? 200_000 : 1_000_000;
    const shopId = await seed(url, customers);
    const times = await type(db, shopId);
    return {
      customers,
      searches: times.length,
      median_ms: at(times, 0.5),
      p90_ms: at(times, 0.9),
      p99_ms: at(times, 0.99),
    };
  } finally {
    await db.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The index is made after the rows: that is quicker. */
async function seed(url: string, customers: number): Promise<bigint> {
  const owner = new pg.Client(url);
  await owner.connect();
  try {
    await owner.query(
      `insert into shop (id, domain, created_at, updated_at) values (1, 'many.myshopify.com', now(), now())`,
    );
    const { rows } = await owner.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where indexname = 'customer_search'`,
    );
    await owner.query('drop index customer_search');
    await addCustomers(url, 1n, customers);
    await owner.query(rows[0]!.indexdef);
    await owner.query('vacuum analyze customer');
  } finally {
    await owner.end();
  }
  return 1n;
}

async function type(db: ReturnType<typeof openDb>, shopId: bigint): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    for (const word of TYPED) {
      for (let letters = 1; letters <= word.length; letters++) {
        const text = word.slice(0, letters);
        const started = performance.now();
        await db.inShop(shopId, (tx) => searchCustomers(tx, { shopId, text }));
        // The first round warms caches.
        if (round > 0) times.push(performance.now() - started);
      }
    }
  }
  return times.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], quantile: number) =>
  Math.round(sorted[Math.floor((sorted.length - 1) * quantile)]! * 10) / 10;
