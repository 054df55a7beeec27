/** Whoever guesses codes from a thousand addresses, over two web processes of the same app; and shoppers beside them. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { freePort } from '../../scripts/postgres.mjs';
import { makeCode } from '../../app/referrals/codes.ts';
import { randomFrom } from '../fraud-corpus.ts';
import { root } from '../sourceTree.ts';
import { cleanEnv, type Stack } from '../stack.ts';

/** Known to both processes. */
export const SECRETS = {
  SHOPIFY_API_SECRET: 'a-secret-of-the-tests',
  ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
};

/** Another web process over the same database. */
export async function anotherWeb(stack: Stack): Promise<{ url: string; end(): Promise<void> }> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    path.join(root, 'node_modules/.bin/node'),
    ['--import', './sandbox/attach.mjs', 'app/web.server.ts'],
    {
      cwd: root,
      env: {
        ...cleanEnv(),
        ...SECRETS,
        NODE_ENV: 'production',
        DATABASE_URL: stack.databaseUrl,
        SHOPIFY_API_KEY: 'everafter-sandbox',
        SHOPIFY_APP_URL: stack.appUrl,
        SHOPIFY_SANDBOX_URL: stack.url,
        EMAIL_PROVIDER: 'smtp',
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'hello@everafter.example',
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const url = `http://localhost:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null) throw new Error(`the second web process ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    async end() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export interface Guessed {
  /** By status. */
  statuses: Record<number, number>;
  /** Codes that were told to be good. */
  found: number;
  /** What those beside them were told: their friend's name is in it, or it is null. */
  shoppers: (object | null)[];
  /** Minutes' counts that were begun meanwhile. */
  minutes: number;
}

const NETWORKS = 25;
const ADDRESSES = 40;
const LANES = 16;

/**
 * Two guesses from each of a thousand addresses, one at each process; a shopper with a true code after every fiftieth.
 * @param rounds how often all of them guess again
 */
export async function guess(
  stack: Stack,
  webs: readonly string[],
  code: string,
  rounds = 1,
): Promise<Guessed> {
  const { token } = await stack.get<{ token: string }>('/control/token?kind=checkout');
  const random = randomFrom(2929);
  const bytes = (array: Uint8Array) => array.map(() => Math.floor(random() * 256));
  const ask = async (web: string, address: string, asked: string) => {
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address };
    const response = await fetch(`${web}/api/checkout?${new URLSearchParams({ code: asked })}`, { headers });
    const body = response.ok ? ((await response.json()) as { friend: object | null }) : null;
    return { status: response.status, friend: body?.friend ?? null };
  };
  const asks = webs.flatMap((web) =>
    Array.from({ length: NETWORKS * ADDRESSES * rounds }, (_, i) => ({
      web,
      address: `203.0.${i % NETWORKS}.${1 + (Math.floor(i / NETWORKS) % ADDRESSES)}`,
      code: makeCode(bytes as never, { program: 0 }),
    })),
  );
  const begun = Date.now();
  const guessed: Guessed = { statuses: {}, found: 0, shoppers: [], minutes: 1 };
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < asks.length; at = next++) {
      const each = asks[at]!;
      const { status, friend } = await ask(each.web, each.address, each.code);
      guessed.statuses[status] = (guessed.statuses[status] ?? 0) + 1;
      if (friend) guessed.found++;
      if (at % 50 === 0)
        guessed.shoppers.push(
          (await ask(each.web, `198.${51 + Math.floor(at / 50 / 250)}.${(at / 50) % 250}.9`, code)).friend,
        );
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  guessed.minutes = 1 + Math.floor((Date.now() - begun) / 60_000);
  return guessed;
}
