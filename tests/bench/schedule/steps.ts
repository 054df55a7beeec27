/** Steps of this project, by its own functions: bare, as the peers take them, and full. */
import { BY_KEY } from '../../../app/messages/one.ts';
import { claim, type Claimed } from '../../../app/sequences/claim.server.ts';
import { lockShops } from '../../../app/sequences/locks.server.ts';
import { makeSequencesLoop, readFacts } from '../../../app/sequences/sequences.server.ts';
import { giveBack, makeTurns, takeTurns, type Turns } from '../../../app/sequences/turns.server.ts';
import { writeWaits } from '../../../app/sequences/write.server.ts';
import { addDue, NOW } from '../engine/data.ts';
import { Tally, type Measured } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { TOUCH } from './peer.ts';
import { fiveShops } from './people.ts';
import { makeSender } from './sending.ts';

const WEEK_MS = 7 * 86_400_000;
const NEW_DOMAIN_ROWS = `
  insert into bench_domain (id, steps) select enrollment_id, 0 from enrollment_cursor where due_at <= $1
  on conflict do nothing`;

/** So many people, due now, in five shops. */
export async function makeDue(b: Bench, count: number): Promise<void> {
  for (const shop of await fiveShops(b)) await addDue(b.owner, shop, Math.round(count / 5));
  await b.owner.query(NEW_DOMAIN_ROWS, [NOW]);
  await b.owner.query(
    'vacuum analyze enrollment_cursor, enrollment, customer, orders, order_line, message, bench_domain',
  );
}

/** What the peers' handler does, done to a claim: one small update of a row, and the next due moment. */
export async function bareSteps(b: Bench, count: number): Promise<Measured> {
  await makeDue(b, count);
  const turns = makeTurns();
  const tally = new Tally(b.postmaster);
  await tally.add(async () => {
    let all = 0;
    for (let done = await bareBatch(b, turns); done > 0; done = await bareBatch(b, turns)) all += done;
    return all;
  });
  return tally.result();
}

function bareBatch({ db }: Bench, turns: Turns): Promise<number> {
  return db.acrossShops(async (tx) => {
    const served = await takeTurns(tx, turns, NOW);
    if (served.length === 0) return 0;
    await tx.sql(BY_KEY);
    const shops = await lockShops(
      tx,
      served.map((turn) => turn.shopId),
    );
    const mine = served.filter((turn) => shops.has(turn.shopId));
    const claimed = await claim(tx, mine, NOW);
    giveBack(turns, served, claimed);
    await tx.sql(TOUCH, [claimed.map((row) => row.enrollmentId)]);
    await writeWaits(tx, claimed.map(nextWeek));
    return claimed.length;
  });
}

const nextWeek = (row: Claimed) => ({
  row,
  verdict: {
    decisions: [],
    messages: [],
    deeds: [],
    wants: [],
    then: {
      kind: 'wait' as const,
      stepKey: row.stepKey,
      reachedAt: row.dueAt,
      until: new Date(row.dueAt.getTime() + WEEK_MS),
      listens: false,
    },
  },
});

/** What full steps cost, part by part. */
export interface FullSteps {
  /** Claim, facts, decision, permission, message, line, next moment; then words. */
  whole: Measured;
  /** All of it but the words. */
  decided: Measured;
  /** What follows: marked, given to a provider that takes no time, recorded with line and event. */
  handedOver: Measured;
  walBytes: number;
}

/** Batch by batch: enrollments advanced, their messages judged with them and then rendered; sent between the measured stretches. */
export async function fullSteps(b: Bench, count: number): Promise<FullSteps> {
  await makeDue(b, count);
  const sender = makeSender(b.db);
  const advance = makeSequencesLoop({ db: b.db, facts: readFacts, atOnce: sender.atOnce });
  const [decided, rendered, handedOver] = [
    new Tally(b.postmaster),
    new Tally(b.postmaster),
    new Tally(b.postmaster),
  ];
  let walBytes = 0;
  for (let more = true; more;) {
    const wal = await walNow(b);
    more = (await decided.add(() => advance(NOW))) > 0;
    await rendered.add(() => sender.prepare(NOW));
    walBytes += Number((await walNow(b)) - wal);
    await handedOver.add(() => sender.send(NOW));
  }
  const [first, second] = [decided.result(), rendered.result()];
  if (first.done !== second.done) throw new Error(`${first.done} steps, but ${second.done} mails`);
  return {
    whole: {
      done: first.done,
      seconds: first.seconds + second.seconds,
      serverUs: first.serverUs + second.serverUs,
      nodeUs: first.nodeUs + second.nodeUs,
    },
    decided: first,
    handedOver: handedOver.result(),
    walBytes: walBytes / first.done,
  };
}

async function walNow({ owner }: Bench): Promise<bigint> {
  const { rows } = await owner.query<{ at: string }>(
    `select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint::text as at`,
  );
  return BigInt(rows[0]!.at);
}
