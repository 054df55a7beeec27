/** Everything of `npm start` on free ports and a data folder of its own, driven through the sandbox's control API. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../scripts/postgres.mjs';
import { root } from './sourceTree.ts';

export interface Stack {
  /** Origin of the sandbox. */
  url: string;
  /** Origin of the app. */
  appUrl: string;
  /** Connection string of its database, as owner. */
  databaseUrl: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** What the control API answers in a Mailbox. */
export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  at: string;
}

/** Moves the clock to the next forenoon in Europe: at night nobody gets a mail, whenever the tests run. */
export async function tillMorning(stack: Stack): Promise<void> {
  const { now } = await stack.get<{ now: string }>('/control/clock');
  const morning = new Date(Date.parse(now) + 24 * 3_600_000);
  morning.setUTCHours(9, 0, 0, 0);
  await stack.post('/control/clock', { to: morning.toISOString() });
}

/** @param env settings of `npm start` beside the ports; the demo shop is left out unless asked for */
export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const [port, appPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(path.join(tmpdir(), 'everafter-stack-'));
  chmodSync(dataDir, 0o755);
  const settings = {
    PORT: String(port),
    APP_PORT: String(appPort),
    DATA_DIR: dataDir,
    EVERAFTER_SEED_DEMO: '0',
  };
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...cleanEnv(), ...settings, ...env },
    // It ends with this process, whatever becomes of it.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  await untilReady(child, 240_000);
  const url = `http://localhost:${port}`;
  return {
    url,
    appUrl: `http://localhost:${appPort}`,
    databaseUrl: databaseIn(dataDir),
    get: (call) => json(fetch(`${url}${call}`), `GET ${call}`),
    post: (call, body = {}) =>
      json(
        fetch(`${url}${call}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        `POST ${call}`,
      ),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL writes its port on the fourth line of its pid file. */
function databaseIn(dataDir: string): string {
  const port = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
  return `postgresql://everafter:everafter@127.0.0.1:${port}/everafter`;
}

/** The settings of the tests themselves are not those of the stack. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const ours = /^(NODE_ENV|VITEST.*|DATABASE_URL|ENCRYPTION_KEY|LOG_LEVEL|SMTP_URL|MAIL_FROM|SHOPIFY_.*)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name)),
  ) as NodeJS.ProcessEnv;
}

async function json<T>(answer: Promise<Response>, call: string): Promise<T> {
  const response = await answer;
  if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function untilReady(child: ChildProcess, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => fail('not ready in time'), timeout);
    const fail = (why: string) => {
      clearTimeout(late);
      child.kill('SIGTERM');
      reject(new Error(`The stack did not start (${why}):\n${output}`));
    };
    const onExit = (code: number | null) => fail(`ended with ${code}`);
    child.once('exit', onExit);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (!/^Ready http/m.test(output)) return;
        clearTimeout(late);
        child.removeListener('exit', onExit);
        resolve();
      });
    }
  });
}
