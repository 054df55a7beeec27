/** A PostgreSQL of its own for a bench, durable as in production, with this project's tables in it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDb, type Db } from '../../../app/db.server.ts';
import { startPostgres } from '../../../scripts/postgres.mjs';

export interface Bench {
  db: Db;
  owner: pg.Client;
  /** Pid of the server, for its CPU time. */
  postmaster: number;
  url: string;
}

/** Runs `work` beside a fresh server, and takes the server away again. */
export async function onServer<Result>(work: (bench: Bench) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-bench-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dir: path.join(folder, 'pg') });
  const url = server.url('postgres');
  execFileSync(process.execPath, ['scripts/migrate.mjs', 'deploy'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  const owner = new pg.Client(url);
  await owner.connect();
  const db = openDb({ url });
  const postmaster = Number(readFileSync(path.join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  try {
    return await work({ db, owner, postmaster, url });
  } finally {
    await db.close();
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
