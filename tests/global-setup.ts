/** Once a run: a throwaway PostgreSQL with one migrated template database, which every test file clones. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../scripts/postgres.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the server's database `postgres`. */
    serverUrl: string;
  }
}

let running: { url: string; users: number; stop: () => Promise<void> } | undefined;

export default async function setup(project: TestProject) {
  running ??= await start();
  running.users += 1;
  project.provide('serverUrl', running.url);
  return async () => {
    if (!running || --running.users > 0) return;
    await running.stop();
    running = undefined;
  };
}

async function start() {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-test-'));
  // Under root, PostgreSQL runs as a user of its own, who has to get in.
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dir: path.join(folder, 'pg'), durable: false, maxConnections: 400 });
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await admin.query('create database template_everafter');
  await admin.end();
  execFileSync(process.execPath, ['scripts/migrate.mjs', 'deploy'], {
    env: { ...process.env, DATABASE_URL: server.url('template_everafter') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    url: server.url('postgres'),
    users: 0,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
