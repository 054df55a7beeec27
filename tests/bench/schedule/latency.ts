/**
 * The worker process as it runs in production, with its default settings, beside everybody who waits: how long after
 * its moment a mail has been taken by a mail server, at low load; and what memory the process holds.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../../../package.json' with { type: 'json' };
import { smtpServer, type MailStandIn } from '../../faults/mail-stand-ins.ts';
import { addDue } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';
import { quantile } from './numbers.ts';
import { aWritingShop } from './people.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** `npm run worker`: node, its flags, the file. */
const WORKER = manifest.scripts.worker;
const PER_SECOND = 5;
/** What the process has read and compiled by then it keeps. */
const SETTLED_AFTER = 0.3;

export interface Latency {
  p50Ms: number;
  p99Ms: number;
  rssMb: number;
  /** More than after the first third of the mails. */
  rssGrowthMb: number;
}

export async function latency(b: Bench, mails: number): Promise<Latency> {
  const inbox = await smtpServer({ dropsRepeated: false });
  const shop = await aWritingShop(b);
  await b.owner.query('update shop set settings = $2 where id = $1', [
    shop.id,
    { rhythm: { quietFrom: 0, quietTo: 0, perWeek: 14, minGapHours: 0 } },
  ]);
  const child = await startWorker(b, inbox);
  try {
    const spread = `${mails / PER_SECOND} seconds`;
    await addDue(b.owner, shop, mails, { spread, at: new Date(Date.now() + 1000) });
    const dueAt = await momentsOf(b, shop.id);
    const settled = await reaches(inbox, mails * SETTLED_AFTER, () => rssMb(child.pid!));
    const rss = await reaches(inbox, mails, () => rssMb(child.pid!));
    const waits = inbox.delivered.map(({ to, at }) => at - dueAt.get(to)!).sort((a, z) => a - z);
    return {
      p50Ms: quantile(waits, 0.5),
      p99Ms: quantile(waits, 0.99),
      rssMb: rss,
      rssGrowthMb: rss - settled,
    };
  } finally {
    child.kill('SIGKILL');
    await inbox.close();
  }
}

async function reaches<Seen>(inbox: MailStandIn, count: number, look: () => Seen): Promise<Seen> {
  const started = Date.now();
  while (inbox.delivered.length < count) {
    if (Date.now() - started > 300_000) throw new Error(`${inbox.delivered.length} of ${count} mails came`);
    await sleep(50);
  }
  return look();
}

/** When each person's mail is due, by address. */
async function momentsOf({ owner }: Bench, shopId: string): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ email: string; due_at: Date }>(
    `select p.email, c.due_at from enrollment_cursor c
     join enrollment e on e.shop_id = c.shop_id and e.id = c.enrollment_id
     join customer p on p.shop_id = e.shop_id and p.id = e.customer_id where c.shop_id = $1`,
    [shopId],
  );
  return new Map(rows.map((row) => [row.email, row.due_at.getTime()]));
}

async function startWorker(b: Bench, inbox: MailStandIn): Promise<ChildProcess> {
  const [, ...flags] = WORKER.split(' ');
  const child = fork(path.join(ROOT, flags.pop()!), {
    cwd: ROOT,
    execArgv: flags,
    env: { ...process.env, ...settings(b.url, inbox.url) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return child;
}

const settings = (databaseUrl: string, smtpUrl: string) => ({
  NODE_ENV: 'production' as const,
  DATABASE_URL: databaseUrl,
  SHOPIFY_API_KEY: 'bench-key',
  SHOPIFY_API_SECRET: 'bench-secret',
  SHOPIFY_APP_URL: 'https://app.example.com',
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  SMTP_URL: smtpUrl,
  MAIL_FROM: 'bench@example.com',
  LOG_LEVEL: 'error',
});

const rssMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
