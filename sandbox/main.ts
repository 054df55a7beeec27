/** The sandbox as a program: `node sandbox/main.ts`. Loopback only, never in production. */

import { createSandbox } from './sandbox.ts';
import { prepare } from './prepare.ts';

if (process.env.NODE_ENV === 'production') {
  console.error('The sandbox pretends to be Shopify: it does not start with NODE_ENV=production.');
  process.exit(1);
}

const { env } = process;
const log = (line: string) => console.error(`sandbox: ${line}`);
const sandbox = createSandbox({
  apiKey: env.SHOPIFY_API_KEY ?? 'everafter-sandbox',
  apiSecret: env.SHOPIFY_API_SECRET ?? 'sandbox-secret',
  appUrl: env.APP_URL ?? 'http://localhost:3000',
  ...(env.TEXTS_INBOUND_SECRET && { inboundTextsSecret: env.TEXTS_INBOUND_SECRET }),
  ...(env.INBOUND_MAILGUN_KEY && { inboundMailKey: env.INBOUND_MAILGUN_KEY }),
  dataDir: env.DATA_DIR ?? '.data',
  clockFile: env.CLOCK_FILE ?? null,
  databaseUrl: env.DATABASE_URL ?? null,
  databaseRelayPort: Number(env.DATABASE_RELAY_PORT ?? 0) || null,
  log,
});

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await sandbox.close();
  process.exit(0);
}
process.on('SIGTERM', () => void close());
process.on('SIGINT', () => void close());
// Started by another process: end with it, even if it was killed.
if (process.connected) process.once('disconnect', () => void close());

sandbox.preparing = 'waiting for the app';
await sandbox.listen(Number(env.PORT ?? 4000), Number(env.SMTP_PORT ?? 0));
try {
  await prepare(sandbox, {
    seedDemo: env.EVERAFTER_SEED_DEMO !== '0',
    say: (line) => console.log(line),
    log,
  });
} catch (error) {
  // Whoever ends it in the middle of its preparations knows why it is not ready.
  if (!closing) {
    log(`not ready: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    await sandbox.close();
    process.exit();
  }
}
