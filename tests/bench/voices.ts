/** Voices: the inbox of a million conversations, clocks, breaches; and answers to surveys as shoppers give them. */
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
  return { ...(await inbox(quick)), ...(await answers({ quick })) };
}

async function inbox(quick: boolean): Promise<Record<string, number>> {
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
