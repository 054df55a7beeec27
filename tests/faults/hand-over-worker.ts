/**
 * A worker process for the storm: the real loops of sequences and hand-over against a real database and the provider
 * it is told of.
 * Loads everything, says `ready`, and begins when it is told to, so that a killed one is replaced at once.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { resendProvider } from '../../app/adapters/email/resend.server.ts';
import { smtpProvider } from '../../app/adapters/email/smtp.server.ts';
import { openDb } from '../../app/db.server.ts';
import {
  makeContents,
  makeHandOver,
  makeLinks,
  makeMergeSource,
} from '../../app/messages/messages.server.ts';
import type { MailProvider } from '../../app/messages/provider.ts';
import { makeSequencesLoop, readFacts } from '../../app/sequences/sequences.server.ts';

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

const db = openDb({ url: orders.databaseUrl, max: 4 });
const key = Buffer.alloc(32, 7);
const appUrl = 'https://app.example.com';
const links = makeLinks({ appUrl, key });

const handOver = makeHandOver({
  db,
  email: provider(),
  texts: null,
  contents: makeContents({ source: makeMergeSource({ links }), links, appUrl }),
  facts: { hashKey: key, texts: false },
  mail: { from: 'hello@everafter.test', unsubscribeUrl: links.unsubscribe },
  leaseMs: 3000,
  batch: 20,
  concurrency: 8,
  perSecond: orders.perSecond,
  firstRetryMs: 300,
});
const advance = makeSequencesLoop({ db, facts: readFacts, atOnce: handOver.atOnce });

process.on('disconnect', () => process.exit(0));
process.once('message', work);
process.send?.('ready');

function work() {
  for (const loop of [advance, handOver.round]) void run(loop);
}

async function run(loop: (now: Date) => Promise<number>) {
  for (;;) {
    const done = await loop(new Date()).catch(() => 0);
    if (done === 0) await sleep(50);
  }
}
