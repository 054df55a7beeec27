/**
 * A worker process for the storm: the real hand-over loop against a real database and the provider it is told of.
 * Loads everything, says `ready`, and begins when it is told to, so that a killed one is replaced at once.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { resendProvider } from '../../app/adapters/email/resend.server.ts';
import { smtpProvider } from '../../app/adapters/email/smtp.server.ts';
import { openDb } from '../../app/db.server.ts';
import { makeHandOverLoop } from '../../app/messages/hand-over.server.ts';
import type { MailProvider } from '../../app/messages/provider.ts';

/** `unstable-key`: the broken twin, which takes a new key for each call, as a worker does that marks after sending. */
export interface WorkerOrders {
  databaseUrl: string;
  provider: { kind: 'http' | 'unstable-key' | 'smtp' | 'smtp-that-remembers'; url: string };
  perSecond: number;
}

const orders = JSON.parse(process.argv[2]!) as WorkerOrders;
const timeoutMs = 2000;

function provider(): MailProvider {
  const { kind, url } = orders.provider;
  if (kind === 'smtp') return smtpProvider({ url, timeoutMs });
  if (kind === 'smtp-that-remembers') return smtpProvider({ url: `${url}?remembers=24h`, timeoutMs });
  const keyed = resendProvider({ apiUrl: url, apiKey: 'test', timeoutMs });
  if (kind === 'http') return keyed;
  return { ...keyed, send: (mail, beforeCommit) => keyed.send({ ...mail, id: randomUUID() }, beforeCommit) };
}

const loop = makeHandOverLoop({
  db: openDb({ url: orders.databaseUrl, max: 4 }),
  email: provider(),
  texts: null,
  contents: async (_tx, messages) =>
    new Map(
      messages.map((one) => [
        one.message.id,
        { locale: 'en', subject: 'Thank you', html: '<p>Thank you</p>', text: 'Thank you' },
      ]),
    ),
  facts: { hashKey: Buffer.alloc(32, 7), texts: false },
  mail: { from: 'hello@everafter.test', unsubscribeUrl: () => 'https://app.example.com/u/x' },
  leaseMs: 3000,
  batch: 10,
  concurrency: 8,
  perSecond: orders.perSecond,
  firstRetryMs: 300,
});

process.on('disconnect', () => process.exit(0));
process.once('message', () => void work());
process.send?.('ready');

async function work() {
  for (;;) {
    const done = await loop(new Date()).catch(() => 0);
    if (done === 0) await sleep(50);
  }
}
