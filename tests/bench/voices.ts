/**
 * Voices: the inbox of a million conversations, clocks, breaches, and how fast answers are taken in.
 *
 * - `answers_per_s`: answers to a survey that the app takes over HTTP while two processes of load send as fast as they can.
 * - `answers_p99_ms`: how long one waits at 500 a second, counted from when it was due.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDb } from '../../app/db.server.ts';
import { startPostgres } from '../../scripts/postgres.mjs';
import { answers } from './voices/answers.ts';
import { benchInbox } from './voices/inbox.ts';

/** @param quick a twentieth of the conversations */
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
    return { ...(await benchInbox(db, url, quick)), ...(await answers({ quick })) };
  } finally {
    await db.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
