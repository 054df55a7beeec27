/** A merchant who switches a sequence off in the middle of its work, and one sequence that is cancelled as a whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeEndingsLoop,
  makeSequencesLoop,
  readFacts,
  stop,
  switchSequence,
} from '../../../app/sequences/sequences.server.ts';
import { aBenchShop, addDue, addPending, NOW, type BenchShop } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';

/** How long nothing may follow. */
const WATCH_MS = 3000;

async function messagesOf({ owner }: Bench, shop: BenchShop): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from message where shop_id = $1',
    [shop.id],
  );
  return rows[0]!.count;
}

/** @returns milliseconds from the call until the last message of the sequence was planned */
export async function pauseSequence(
  b: Bench,
  { inside, due }: { inside: number; due: number },
): Promise<number> {
  const shop = await aBenchShop(b.owner);
  await addDue(b.owner, shop, due);
  await addPending(b.owner, shop, inside - due);
  await b.owner.query('vacuum analyze enrollment_cursor, enrollment, customer, orders');
  const round = makeSequencesLoop({ db: b.db, facts: readFacts });
  let running = true;
  const worker = (async () => {
    while (running) if ((await round(NOW)) === 0) await sleep(50);
  })();
  try {
    while ((await messagesOf(b, shop)) === 0) await sleep(20);
    const started = performance.now();
    const paused = b.db.inShop(BigInt(shop.id), (tx) => switchSequence(tx, shop.sequenceId, false, NOW));
    let [seen, last] = [await messagesOf(b, shop), 0];
    while (performance.now() - started < WATCH_MS) {
      const now = await messagesOf(b, shop);
      if (now > seen) last = performance.now() - started;
      seen = now;
      await sleep(5);
    }
    if ((await paused) !== 'switched') throw new Error('the sequence was not switched off');
    if (seen === due) throw new Error('everybody had been written to before the pause');
    return last;
  } finally {
    running = false;
    await worker;
  }
}

export interface Cancelled {
  /** What the call takes: from then on nobody is inside. */
  ms: number;
  /** What follows behind it: each enrollment written down as over. */
  writtenDownMs: number;
}

export async function cancelSequence(b: Bench, people: number): Promise<Cancelled> {
  const shop = await aBenchShop(b.owner);
  await addPending(b.owner, shop, people);
  await b.owner.query('vacuum analyze enrollment_cursor, enrollment');
  const started = performance.now();
  const stopped = await b.db.acrossShops((tx) =>
    stop(
      tx,
      [{ shopId: BigInt(shop.id), by: 'sequence', id: shop.sequenceId, reason: 'stopped-by-staff' }],
      NOW,
    ),
  );
  if (stopped !== people) throw new Error(`${stopped} of ${people} were cancelled`);
  const ms = performance.now() - started;
  const round = makeEndingsLoop(b);
  while ((await round()) > 0);
  return { ms, writtenDownMs: performance.now() - started - ms };
}
