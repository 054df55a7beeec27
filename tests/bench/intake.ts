/**
 * Webhooks over HTTP into the production path, two processes of load. In the same run, on the same database, in turns: a
 * bare node:http handler that inserts one row a request, and what Shopify's own template does.
 */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { build, generate } from '../../scripts/build.mjs';
import { freePort, startPostgres } from '../../scripts/postgres.mjs';
import type { Order, Seen } from './intake/load.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SECRET = 'bench-secret';
const SHOP = 'bench.myshopify.com';
const CONNECTIONS = 64;

const SERVERS = {
  ours: 'app/web.server.ts',
  bare: 'tests/bench/intake/bare.ts',
  template: 'tests/bench/intake/template.ts',
} as const;
type Name = keyof typeof SERVERS;

interface Bench {
  owner: pg.Client;
  servers: Record<Name, { port: number; child: ChildProcess }>;
  load: ChildProcess[];
}

/** @param quick shorter turns, and 100,000 webhooks instead of a million for the memory */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-bench-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dir: path.join(folder, 'pg') });
  const url = server.url('postgres');
  const children: ChildProcess[] = [];
  const owner = new pg.Client(url);
  try {
    await prepare(url);
    await owner.connect();
    await owner.query(TABLES);
    const servers = {} as Bench['servers'];
    for (const name of Object.keys(SERVERS) as Name[])
      servers[name] = await startServer(SERVERS[name], url, children);
    const load = [1, 2].map(() => child('tests/bench/intake/load.ts', {}, children));
    return await figures({ owner, servers, load }, quick);
  } finally {
    for (const one of children) one.kill('SIGKILL');
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url };
  await generate();
  await build();
  execFileSync(process.execPath, ['scripts/migrate.mjs', 'deploy'], { cwd: ROOT, env, stdio: 'ignore' });
}

/** The same columns, keys and indexes for all three. */
const TABLES = `
  insert into shop (domain, created_at, updated_at) values ('${SHOP}', now(), now());
  create schema bare;
  create table bare.webhook_inbox (like webhook_inbox including all);
  create schema template;
  create table template.webhook_inbox (like webhook_inbox including all);
  create table template.shop as select * from shop;
  create table template.shopify_session (like shopify_session including all);
  insert into template.shopify_session (id, shop, state, is_online, access_token, scope, updated_at)
    values ('offline_${SHOP}', '${SHOP}', '', false, 'token', 'read_orders', now())`;
const EMPTY = 'truncate webhook_inbox, bare.webhook_inbox, template.webhook_inbox; checkpoint';

function child(file: string, env: Record<string, string>, children: ChildProcess[]): ChildProcess {
  const one = fork(path.join(ROOT, file), {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(one);
  return one;
}

async function startServer(file: string, url: string, children: ChildProcess[]) {
  const port = await freePort();
  const one = child(file, settings(url, port), children);
  await new Promise<void>((resolve, reject) => {
    one.once('message', () => resolve());
    one.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { port, child: one };
}

const settings = (url: string, port: number) => ({
  NODE_ENV: 'production',
  DATABASE_URL: url,
  PORT: String(port),
  HOST: '127.0.0.1',
  SHOPIFY_API_KEY: 'bench-key',
  SHOPIFY_API_SECRET: SECRET,
  SHOPIFY_APP_URL: 'https://app.example.com',
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'bench@example.com',
  LOG_LEVEL: 'error',
});

async function figures(b: Bench, quick: boolean): Promise<Record<string, number>> {
  const rounds = quick ? 3 : 7;
  const seconds = quick ? 5 : 15;
  const rates: Record<Name, number[]> = { ours: [], bare: [], template: [] };
  for (let round = -1; round < rounds; round++) {
    // Whoever begins has the emptiest table and the coldest processor: they take turns at that too. Round -1 warms up.
    const names = Object.keys(SERVERS) as Name[];
    for (const name of [...names.slice(round % 3), ...names.slice(0, round % 3)].slice(0, 3)) {
      await b.owner.query(EMPTY);
      const seen = await drive(b, name, { seconds: round < 0 ? 2 : seconds });
      if (round >= 0) rates[name].push(seen.accepted / seen.seconds);
    }
  }
  const best = median(rates.ours);
  const half = await atHalf(b, best / 2, quick);
  const growth = await memory(b, quick ? 100_000 : 1_000_000);
  return {
    accepted_per_s: Math.round(best),
    vs_bare: ratio(rates.ours, rates.bare),
    vs_template: ratio(rates.ours, rates.template),
    bare_per_s: Math.round(median(rates.bare)),
    template_per_s: Math.round(median(rates.template)),
    p50_ms: hundredths(half.p50),
    p99_ms_at_half: hundredths(half.p99),
    rss_growth_mb: hundredths(growth),
  };
}

/** Milliseconds at so many webhooks a second: the median of several turns, because other machines' work is seen in some. */
async function atHalf(b: Bench, rate: number, quick: boolean): Promise<{ p50: number; p99: number }> {
  const turns: number[][] = [];
  for (let turn = 0; turn < 5; turn++) {
    await b.owner.query(EMPTY);
    turns.push((await drive(b, 'ours', { seconds: quick ? 4 : 20, rate })).latencies);
  }
  const of = (q: number) => median(turns.map((latencies) => quantile(latencies, q)));
  return { p50: of(0.5), p99: of(0.99) };
}

/** Of each round for itself, so that a slow minute of the machine weighs on both. */
const ratio = (ours: number[], theirs: number[]) =>
  hundredths(median(ours.map((rate, n) => rate / theirs[n]!)));

/** Both load processes at once against one server. */
async function drive(
  b: Bench,
  name: Name,
  { seconds, rate }: { seconds: number; rate?: number },
): Promise<Seen> {
  const { port } = b.servers[name];
  const seen = await Promise.all(
    b.load.map((load) => {
      const order: Order = { port, shop: SHOP, secret: SECRET, connections: CONNECTIONS / 2, seconds };
      return ask(load, rate ? { ...order, rate: rate / 2 } : order);
    }),
  );
  const refused = seen.reduce((sum, one) => sum + one.refused, 0);
  if (refused > 0) throw new Error(`${name} refused ${refused} webhooks`);
  return {
    accepted: seen.reduce((sum, one) => sum + one.accepted, 0),
    refused,
    seconds: Math.max(...seen.map((one) => one.seconds)),
    latencies: seen.flatMap((one) => one.latencies).sort((a, z) => a - z),
  };
}

const ask = (load: ChildProcess, order: Order): Promise<Seen> =>
  new Promise((resolve) => {
    load.once('message', (seen: Seen) => resolve(seen));
    load.send(order);
  });

/** How much more the web process holds after so many webhooks than after the first tenth of them. Megabytes. */
async function memory(b: Bench, webhooks: number): Promise<number> {
  const { pid } = b.servers.ours.child;
  let accepted = 0;
  let early = 0;
  let late = 0;
  while (accepted < webhooks) {
    await b.owner.query(EMPTY);
    accepted += (await drive(b, 'ours', { seconds: 5 })).accepted;
    const held = rssOf(pid!);
    if (accepted <= webhooks / 10 || early === 0) early = Math.max(early, held);
    late = held;
  }
  return late - early;
}

const rssOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
const median = (values: readonly number[]) =>
  quantile(
    [...values].sort((a, z) => a - z),
    0.5,
  );
const hundredths = (value: number) => Math.round(value * 100) / 100;
