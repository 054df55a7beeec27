/**
 * Answers over HTTP into the production path: token, survey, row, events, what the block shows next. Half of them are about
 * orders that are known, half come before their order, as on a thank-you page; one in five is sorry.
 */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { installDefaults, listSurveys } from '../../../app/feedback/feedback.server.ts';
import * as referrals from '../../../app/referrals/referrals.server.ts';
import { build, generate } from '../../../scripts/build.mjs';
import { freePort } from '../../../scripts/postgres.mjs';
import { aShop } from '../../builders.ts';
import { onServer, type Bench } from '../engine/server.ts';
import type { Seen, Task } from './answer-load.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SECRET = 'bench-secret';
const RATE = 500;
const NOW = new Date();

/** @param options quick: a fifth of the time */
export async function answers({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  await generate();
  await build();
  return onServer((b) => measured(b, quick ? 5 : 25));
}

async function measured(b: Bench, seconds: number): Promise<Record<string, number>> {
  const children: ChildProcess[] = [];
  try {
    const tasks = await prepare(b, children, RATE * seconds * 4);
    const load = tasks.map(() => start('tests/bench/voices/answer-load.ts', {}, children));
    const run = async (more: Pick<Task, 'seconds' | 'rate' | 'round'>) =>
      together(await Promise.all(load.map((child, i) => ask(child, { ...tasks[i]!, ...more }))));
    await run({ seconds: Math.max(2, seconds / 5), rate: RATE / 4, round: 'warm' });
    const before = cpuOf(children[0]!, b);
    const steady = await run({ seconds, rate: RATE / 2, round: 'steady' });
    const after = cpuOf(children[0]!, b);
    const each = (part: 'web' | 'database') =>
      Math.round(((after[part] - before[part]) * 1e6) / steady.accepted);
    const flood = await run({ seconds, rate: null, round: 'flood' });
    if (steady.refused + flood.refused > 0)
      throw new Error(`${steady.refused + flood.refused} answers were refused`);
    const [{ count }] = (await b.owner.query<{ count: string }>('select count(*) from answer')).rows as [
      { count: string },
    ];
    console.log(
      `${count} answers are stored; an answer costs ${each('web')} µs of web and ${each('database')} µs of database`,
    );
    return {
      answers_per_s: Math.round(flood.accepted / flood.seconds),
      answers_p99_ms: Math.round(percentile(steady.latencies, 0.99)),
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

/** One shop a process of load: a shop takes at most 500 answers a second. */
async function prepare({ db, owner, url }: Bench, children: ChildProcess[], orders: number): Promise<Task[]> {
  const port = await freePort();
  const env = {
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
  };
  const tasks: Task[] = [];
  for (const domain of ['bench-1.myshopify.com', 'bench-2.myshopify.com']) {
    const shop = await aShop(db, { domain });
    const survey = await db.inShop(shop.id, async (tx) => {
      await installDefaults(tx, shop, NOW);
      await referrals.installDefaults(tx, shop, NOW);
      return (await listSurveys(tx, shop.id)).find(({ key }) => key === 'post-purchase')!;
    });
    await owner.query(PEOPLE, [shop.id, Math.ceil(orders / 4), NOW]);
    const token = await new SignJWT({ dest: domain })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('bench-key')
      .setExpirationTime('1h')
      .sign(Buffer.from(SECRET));
    tasks.push({
      port,
      token,
      survey: { id: survey.id, version: survey.version },
      seconds: 0,
      rate: null,
      round: '',
    });
  }
  await owner.query('vacuum analyze');
  const web = start('app/web.server.ts', env, children);
  await new Promise<void>((resolve, reject) => {
    web.once('message', () => resolve());
    web.once('exit', (code) => reject(new Error(`the web process ended with ${code}`)));
  });
  return tasks;
}

/** Customers with an order each, known by `token-known-N`. */
const PEOPLE = `
  with people as (
    insert into customer (shop_id, id, shopify_id, email, stage, orders_count, total_spent, created_at, updated_at)
    select $1, gen_random_uuid(), $1::bigint * 10000000 + n, 'buyer-' || n || '@example.com', 'acquaintance', 1, 5000, $3, $3
    from generate_series(1, $2::int) n returning id, shopify_id)
  insert into orders (shop_id, id, customer_id, name, currency, total, checkout_token, source, placed_at, paid_at, snapshot_at,
    financial_status, present_currency, present_total)
  select $1, shopify_id, id, '#' || shopify_id, 'EUR', 5000, 'token-known-' || (shopify_id - $1::bigint * 10000000), 'web',
    $3, $3, $3, 'paid', 'EUR', 5000 from people`;

function start(file: string, env: Record<string, string>, children: ChildProcess[]): ChildProcess {
  const child = fork(path.join(ROOT, file), {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // The web process first: its CPU time is looked at.
  if (file.startsWith('app/')) children.unshift(child);
  else children.push(child);
  return child;
}

const ask = (child: ChildProcess, task: Task): Promise<Seen> =>
  new Promise((resolve, reject) => {
    child.once('message', (seen) => resolve(seen as Seen));
    child.once('exit', (code) => reject(new Error(`a process of load ended with ${code}`)));
    child.send(task);
  });

function together(seen: readonly Seen[]): Seen {
  return {
    accepted: seen.reduce((sum, one) => sum + one.accepted, 0),
    refused: seen.reduce((sum, one) => sum + one.refused, 0),
    seconds: Math.max(...seen.map((one) => one.seconds)),
    latencies: seen.flatMap((one) => one.latencies).toSorted((a, b) => a - b),
  };
}

const percentile = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;

/** Seconds of CPU of the web process and of the whole database. */
function cpuOf(web: ChildProcess, { postmaster }: Bench): { web: number; database: number } {
  const backends = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const database = [postmaster, ...backends.map(Number)].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  return { web: cpuSeconds(web.pid!), database };
}

function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
