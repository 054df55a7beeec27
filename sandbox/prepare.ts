/** Between the first breath and "ready": the app is waited for, installed, and the demo shop is filled. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSandbox } from './sandbox.ts';
import { beginning, seedDemo } from './seed-demo.ts';

const PATIENCE_MS = 180_000;
/** In the data folder while the demo shop is being filled: scripts/up.mjs begins again when it finds it. */
const UNFINISHED = 'sandbox/demo-unfinished';

export interface PrepareOptions {
  seedDemo: boolean;
  say: (line: string) => void;
  log: (line: string) => void;
}

export async function prepare(sandbox: RunningSandbox, options: PrepareOptions): Promise<void> {
  const isDemo = sandbox.isNew && options.seedDemo;
  const unfinished = join(sandbox.dataDir ?? '', UNFINISHED);
  if (isDemo) {
    if (sandbox.dataDir) writeFileSync(unfinished, '');
    sandbox.openAt(beginning());
  }
  const shop = sandbox.shop();
  // The extensions are bundled at their first request; whoever buys first should not wait for that.
  const bundled = fetch(`${sandbox.origin}/extensions/host.js`).catch(() => null);
  if (!shop.installation) {
    sandbox.preparing = 'waiting for the app';
    await appAnswers(sandbox.appUrl);
    sandbox.preparing = 'installing the app';
    await sandbox.install(shop);
  }
  if (sandbox.clock.now() < Date.now() - 3_600_000 && !isDemo) {
    // Filling was interrupted last time, over a database that is not ours to empty: the rest of the time passes.
    sandbox.preparing = 'catching up with the time';
    await sandbox.clock.moveTo(Date.now());
  }
  if (isDemo) {
    sandbox.preparing = 'filling the demo shop';
    options.say('Filling the demo shop');
    await seedDemo(sandbox, options);
    rmSync(unfinished, { force: true });
  }
  await bundled;
  sandbox.preparing = null;
}

async function appAnswers(appUrl: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answer = await fetch(`${appUrl}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`the app at ${appUrl} did not answer within ${PATIENCE_MS / 1000} s`);
}
