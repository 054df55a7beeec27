/**
 * Everything of `npm start` in one place: database, migrations, build, sandbox, web, worker, demo shop; and all of it
 * down again on Ctrl-C or SIGTERM.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { build, generate } from './build.mjs';
import { commandOf, signalGroup } from './group.mjs';
import { childEnv, endRuns, nodeBinary, root, run, step } from './install.mjs';
import { portProblem } from './ports.mjs';
import { freePort, startPostgres, viaRelay } from './postgres.mjs';

const dev = process.argv.includes('--dev');
const port = Number(process.env.PORT ?? 4000);
const appPort = Number(process.env.APP_PORT ?? 3000);
const dataDir = path.resolve(root, process.env.DATA_DIR ?? '.data');
const started = Date.now();
const LONGEST_STOP_MS = 3000;

/** What is running, by name. @type {Map<string, () => Promise<void>>} */
const running = new Map();
/** Those of one line end together, each line when the one before has ended. */
const ORDER = [['web', 'worker'], ['sandbox'], ['postgres']];
/** Started by start.mjs: the leader of a process group of its own. */
const isLeader = process.connected;
let stopping = false;

async function stopAll(code) {
  if (stopping) return;
  stopping = true;
  endRuns();
  for (const names of ORDER) await Promise.all(names.map(stop));
  // What these have started, and left behind.
  if (isLeader) signalGroup(process.pid, 'SIGTERM');
  process.exit(code);
}

async function stop(name) {
  await running
    .get(name)?.()
    .catch((error) => console.error(`${name}: ${error.message}`));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // The package of PostgreSQL would stop it first, and then this process with nobody to stop the others.
  process.removeAllListeners(signal);
  process.on(signal, () => void stopAll(0));
}
if (isLeader) process.once('disconnect', () => void stopAll(1));

/** Two copies over one data folder would stop each other's PostgreSQL. */
function takeDataDir() {
  const file = path.join(dataDir, 'running.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (pid !== process.pid && commandOf(pid).includes('scripts/up.mjs'))
    throw new Error(`DATA_DIR=${dataDir} is in use by another copy (process ${pid}).`);
  writeFileSync(file, String(process.pid));
}

/** Secrets of this copy, made once: what is encrypted in the database has to stay readable. */
function secrets() {
  const file = path.join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const made = {
      encryptionKey: randomBytes(32).toString('base64'),
      apiSecret: `sandbox-${randomBytes(12).toString('hex')}`,
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function database() {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const server = await step('Starting PostgreSQL', () =>
    startPostgres({ dir: path.join(dataDir, 'postgres') }),
  );
  running.set('postgres', server.stop);
  void server.ended.then(() => endedByItself('postgres'));
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await forgetUnfinishedDemo(admin);
  const { rowCount } = await admin.query(`select 1 from pg_database where datname = 'everafter'`);
  if (!rowCount) await admin.query('create database everafter');
  await admin.end();
  return server.url('everafter');
}

/** A demo shop that was interrupted while it was filled is half a shop: it is begun again. */
async function forgetUnfinishedDemo(admin) {
  const folder = path.join(dataDir, 'sandbox');
  if (!existsSync(path.join(folder, 'demo-unfinished'))) return;
  console.log('• The demo shop was not finished last time: beginning again');
  await admin.query('drop database if exists everafter with (force)');
  // The marker's folder goes last: killed in between, the next start does it all again.
  rmSync(path.join(dataDir, 'clock'), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** A child that is stopped with the rest; if it ends by itself, everything ends. */
function start(name, args, env) {
  if (stopping) return;
  const child = spawn(nodeBinary, args, {
    cwd: root,
    env: childEnv(env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then((code) => endedByItself(name, code));
  running.set(name, async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS);
    await ended;
    clearTimeout(late);
  });
}

function endedByItself(name, code) {
  if (stopping) return;
  console.error(`${name} ended${code === undefined ? '' : ` with ${code}`}; stopping everything.`);
  void stopAll(1);
}

/** Waits until `url` answers with what `isReady` wants. */
async function until(url, isReady, seconds) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && !stopping) {
    const answer = await fetch(url).catch(() => null);
    if (answer && (await isReady(answer))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping) throw new Error(`${url} was not ready within ${seconds} s`);
}

async function environment(databaseUrl) {
  const { encryptionKey, apiSecret } = secrets();
  const smtpPort = await freePort();
  const origin = `http://localhost:${port}`;
  return {
    NODE_ENV: dev ? 'development' : 'production',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SHOPIFY_API_KEY: process.env.SHOPIFY_API_KEY ?? 'everafter-sandbox',
    SHOPIFY_API_SECRET: process.env.SHOPIFY_API_SECRET ?? apiSecret,
    SHOPIFY_APP_URL: process.env.SHOPIFY_APP_URL ?? `http://localhost:${appPort}`,
    SHOPIFY_SANDBOX_URL: origin,
    CLOCK_FILE: path.join(dataDir, 'clock'),
    ENCRYPTION_KEY: process.env.ENCRYPTION_KEY ?? encryptionKey,
    EMAIL_PROVIDER: 'smtp',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?remembers=24h`,
    SMTP_PORT: String(smtpPort),
    MAIL_FROM: 'hello@everafter.example',
    TEXTS_URL: `${origin}/texts`,
    INBOUND_ADDRESS: 'replies@in.everafter.example',
    INBOUND_MAILGUN_KEY: 'sandbox-signing-key',
    TEXTS_INBOUND_SECRET: 'sandbox-texts-secret',
    FILES_DIR: path.join(dataDir, 'files'),
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}

async function main() {
  const problem = await portProblem();
  if (problem) throw new Error(problem);
  mkdirSync(dataDir, { recursive: true });
  takeDataDir();
  await generate();
  if (!dev) await build();
  const databaseUrl = await database();
  await step('Applying migrations', () =>
    run(nodeBinary, ['scripts/migrate.mjs', 'deploy'], { env: { DATABASE_URL: databaseUrl }, quiet: true }),
  );
  const env = await environment(databaseUrl);
  const relayPort = await freePort();
  const relayed = viaRelay(databaseUrl, relayPort);
  const appEnv = { ...env, DATABASE_URL: relayed ?? databaseUrl };
  const attached = ['--import', './sandbox/attach.mjs'];
  const watch = dev ? ['--watch', '--watch-preserve-output'] : [];
  // The sandbox is no production program and says so by refusing to be one.
  start('sandbox', [...watch, 'sandbox/main.ts'], {
    ...env,
    NODE_ENV: 'development',
    PORT: String(port),
    APP_URL: env.SHOPIFY_APP_URL,
    ...(relayed && { DATABASE_RELAY_PORT: String(relayPort) }),
  });
  await until(`http://127.0.0.1:${port}/control/health`, () => true, 60);
  const web = dev ? ['node_modules/@remix-run/dev/dist/cli.js', 'vite:dev'] : ['app/web.server.ts'];
  start('web', [...attached, ...web], { ...appEnv, PORT: String(appPort) });
  start('worker', [...attached, ...watch, 'app/worker.server.ts'], {
    ...appEnv,
    WORKER_POLL_MS: process.env.WORKER_POLL_MS ?? '20',
  });
  await until(`http://127.0.0.1:${appPort}/health/ready`, (answer) => answer.ok, 60);
  await step('Opening the shop', () =>
    until(
      `http://127.0.0.1:${port}/control/health`,
      async (answer) => answer.ok && (await answer.json()).ready === true,
      900,
    ),
  );
  if (stopping) return;
  console.log(
    `Started in ${Math.round((Date.now() - started) / 1000)} s. Store, admin, mailbox, clock and faults are one click away; Ctrl-C stops everything.`,
  );
  console.log(`Ready http://localhost:${port}`);
}

main().catch((error) => {
  if (stopping) return;
  console.error(`Could not start: ${error.message}`);
  void stopAll(1);
});
