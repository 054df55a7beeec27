/** Twenty small shops beside one that has everything due at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSequencesLoop, readFacts } from '../../../app/sequences/sequences.server.ts';
import { aBenchShop, addDue, NOW, type BenchShop } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';
import { quantile } from './numbers.ts';

const SMALL_SHOPS = 20;
const PEOPLE = 10;
const LOOK_MS = 10;
/** So often do the small shops have something. */
const EVERY_MS = 1000;

export interface Fairness {
  smallP99Ms: number;
  /** What the big shop still gets done a second, of what it gets done alone. */
  bigShare: number;
}

/** @param groups rounds in which each small shop has ten people due */
export async function fairness(
  b: Bench,
  { big: people, groups }: { big: number; groups: number },
): Promise<Fairness> {
  const big = await aBenchShop(b.owner);
  await addDue(b.owner, big, people);
  await b.owner.query('vacuum analyze enrollment_cursor, enrollment, customer, orders');
  const small: BenchShop[] = [];
  for (let i = 0; i < SMALL_SHOPS; i++) small.push(await aBenchShop(b.owner));
  const round = makeSequencesLoop({ db: b.db, facts: readFacts });
  let running = true;
  const worker = (async () => {
    while (running) await round(NOW);
  })();
  try {
    await sleep(500);
    const alone = [await bigRate(b, big, () => sleep((EVERY_MS * groups) / 2))];
    const waits: number[] = [];
    const beside = await bigRate(b, big, async () => {
      for (let group = 0; group < groups; group++) waits.push(...(await oneGroup(b, small)));
    });
    alone.push(await bigRate(b, big, () => sleep((EVERY_MS * groups) / 2)));
    const waiting = await countDue(b, big);
    if (waiting === 0) throw new Error('the big shop was done too early to say anything');
    waits.sort((a, z) => a - z);
    return { smallP99Ms: quantile(waits, 0.99), bigShare: (beside * 2) / (alone[0]! + alone[1]!) };
  } finally {
    running = false;
    await worker;
  }
}

async function countDue({ owner }: Bench, shop: BenchShop): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from enrollment_cursor where shop_id = $1 and due_at <= $2',
    [shop.id, NOW],
  );
  return rows[0]!.count;
}

/** Steps a second of the big shop while `during` lasts. */
async function bigRate(b: Bench, big: BenchShop, during: () => Promise<unknown>): Promise<number> {
  const [before, started] = [await countDue(b, big), performance.now()];
  await during();
  return ((before - (await countDue(b, big))) * 1000) / (performance.now() - started);
}

const STILL_DUE = `
  select id::text from unnest($1::bigint[]) as t(id)
  where exists (select 1 from enrollment_cursor c where c.shop_id = t.id and c.due_at <= $2)`;

/** Each small shop gets people who are due at once. @returns how long each shop's last one waited, in milliseconds */
async function oneGroup(b: Bench, shops: readonly BenchShop[]): Promise<number[]> {
  const begun = performance.now();
  const started = new Map<string, number>();
  for (const shop of shops) {
    await addDue(b.owner, shop, PEOPLE);
    started.set(shop.id, performance.now());
  }
  const waits: number[] = [];
  while (started.size > 0) {
    const { rows } = await b.owner.query<{ id: string }>(STILL_DUE, [[...started.keys()], NOW]);
    const due = new Set(rows.map((row) => row.id));
    for (const [id, at] of started) {
      if (due.has(id)) continue;
      waits.push(performance.now() - at);
      started.delete(id);
    }
    await sleep(LOOK_MS);
  }
  await sleep(Math.max(0, EVERY_MS - (performance.now() - begun)));
  return waits;
}
