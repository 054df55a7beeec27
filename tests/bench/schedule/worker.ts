/**
 * A worker process for the bench: the real loops of sequences and hand-over, with a provider that takes no time.
 * Started by fork() with its orders as JSON; says `ready`, begins when told to, and answers with what it did.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '../../../app/db.server.ts';
import { makeHandOver } from '../../../app/messages/messages.server.ts';
import { makeSequencesLoop, readFacts } from '../../../app/sequences/sequences.server.ts';
import type { FactsSource } from '../../../app/sequences/source.ts';
import { NOW } from '../engine/data.ts';
import { handOverDeps, instantMail } from './sending.ts';

export interface Orders {
  url: string;
  /** `until-done`: steps and mails until nothing is due. `steps`: steps, for ever. `hold`: one batch, never finished. */
  task: 'until-done' | 'steps' | 'hold';
}

/** What the parent hears. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'done'; steps: number; cpuUs: number }
  /** The customers in the batch that this worker holds. */
  | { kind: 'holding'; customerIds: string[] };

/** As the worker process looks when it has nothing to do. */
const POLL_MS = 200;

const { url, task } = JSON.parse(process.argv[2]!) as Orders;
const db = openDb({ url, max: 4 });
const tell = (report: Report) => process.send!(report);

/** Reads what there is to know, and then does not come back: work that takes long. */
const holding: FactsSource = async (tx, wanted, now) => {
  const facts = await readFacts(tx, wanted, now);
  tell({ kind: 'holding', customerIds: wanted.map((one) => one.customerId) });
  await sleep(25_000);
  return facts;
};

const handOver = makeHandOver({ ...handOverDeps(db), email: instantMail, concurrency: 500 });
const advance = makeSequencesLoop({
  db,
  facts: task === 'hold' ? holding : readFacts,
  ...(task === 'until-done' ? { atOnce: handOver.atOnce } : {}),
});

async function untilDone() {
  const cpu = process.cpuUsage();
  let steps = 0;
  for (let more = true; more;) {
    const advanced = await advance(NOW);
    steps += advanced;
    more = (await handOver.round(NOW)) + advanced > 0;
  }
  const { user, system } = process.cpuUsage(cpu);
  tell({ kind: 'done', steps, cpuUs: user + system });
}

async function forEver() {
  for (;;) if ((await advance(NOW)) === 0) await sleep(POLL_MS);
}

process.on('disconnect', () => process.exit(0));
process.once('message', () => void (task === 'until-done' ? untilDone() : forEver()));
tell({ kind: 'ready' });
