/** Between the first breath and "ready": the app is waited for, installed, and the demo shop is filled. */

import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSandbox } from './sandbox.ts';

const PATIENCE_MS = 180_000;

export async function prepare(
  sandbox: RunningSandbox,
  options: { seedDemo: boolean; say: (line: string) => void },
): Promise<void> {
  const shop = sandbox.shop();
  if (!shop.installation) {
    sandbox.preparing = 'waiting for the app';
    await appAnswers(sandbox.appUrl);
    sandbox.preparing = 'installing the app';
    await sandbox.install(shop);
  }
  if (sandbox.isNew && options.seedDemo) {
    sandbox.preparing = 'filling the demo shop';
    options.say('Filling the demo shop');
  }
  sandbox.preparing = null;
}

async function appAnswers(appUrl: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answer = await fetch(`${appUrl}/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`the app at ${appUrl} did not answer within ${PATIENCE_MS / 1000} s`);
}
