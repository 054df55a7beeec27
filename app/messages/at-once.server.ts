/**
 * The short way out of the outbox: what may go at the moment at which it is planned is planned as handing over already,
 * in one transaction, and handed over by the process that planned it. Everything else (later, never, somebody else's at
 * this moment, a shop to ask first, no room) is planned as waiting, and is the hand-over loop's.
 */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { judgeable } from './facts.server.ts';
import { judgeAll, remember, type Approved, type ApprovedMessage, type JudgeDeps } from './judge.server.ts';
import type { Going, NewMessage } from './plan.server.ts';

/** What one transaction plans and may hand over once it has committed. */
export interface Departure extends Going {
  /** How many there are so far; `keep` forgets those that a savepoint took back. */
  count(): number;
  keep(count: number): void;
  /** After the commit: who has been let through goes. */
  depart(): void;
}

/** For whoever plans: a departure for each transaction. Null while there is no room. */
export type AtOnce = (now: Date) => Departure | null;

export interface AtOnceDeps extends Omit<JudgeDeps, 'db'> {
  /** How many more the process can hand over soon. */
  room(): number;
  go(approved: Approved, now: Date): void;
}

export function makeAtOnce(deps: AtOnceDeps): AtOnce {
  return (now) => {
    const room = deps.room();
    return room > 0 ? departure(deps, room, now) : null;
  };
}

function departure(deps: AtOnceDeps, room: number, now: Date): Departure {
  const claim = newId(now);
  const startedAt = performance.now();
  const going: ApprovedMessage[] = [];
  let approved = new Map<string, ApprovedMessage>();
  return {
    claim,
    leaseMs: deps.leaseMs,
    async approve(tx, messages) {
      const few = messages.filter((message) => message.due_at <= now).slice(0, room - going.length);
      approved = few.length === 0 ? new Map() : await judged(tx, few, deps, now);
      return new Map([...approved].map(([id, one]) => [id, one.channel]));
    },
    async planned(tx, ids) {
      const gone = ids.flatMap((id) => approved.get(id) ?? []);
      await remember(
        tx,
        gone.map((one) => ({ ...one, verdict: { kind: 'hand-over', again: false } })),
        now,
      );
      going.push(...gone);
    },
    count: () => going.length,
    keep: (count) => void (going.length = count),
    depart() {
      if (going.length > 0)
        deps.go({ claim, messages: going, settled: 0, unheard: new Set(), startedAt }, now);
    },
  };
}

/** Those that may go, by id. */
async function judged(
  tx: SqlTx,
  messages: readonly NewMessage[],
  deps: AtOnceDeps,
  now: Date,
): Promise<Map<string, ApprovedMessage>> {
  const alone = await withoutRivals(tx, messages);
  if (alone.length === 0) return new Map();
  const { ready } = await judgeable(tx, alone, deps.facts, now);
  const { judged: heard } = await deps.ear.sift(tx, judgeAll(ready, deps, now), now);
  return new Map(
    heard.flatMap((one) =>
      one.verdict.kind === 'hand-over' ? [[one.message.id, { ...one, again: false }]] : [],
    ),
  );
}

const RIVALS = `
  select distinct m.shop_id, m.customer_id from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)
  join message m on m.shop_id = t.shop_id and m.customer_id = t.customer_id
  where m.due_at is not null and m.class <> 'service'`;

/** What has waited longer comes first: a customer for whom anything waits gets nothing past it. */
async function withoutRivals(tx: SqlTx, messages: readonly NewMessage[]): Promise<NewMessage[]> {
  const rationed = messages.filter((message) => message.class !== 'service');
  if (rationed.length === 0) return [...messages];
  const rows = await tx.sql<{ shop_id: bigint; customer_id: string }>(RIVALS, [
    rationed.map((message) => message.shop_id),
    rationed.map((message) => message.customer_id),
  ]);
  const waiting = new Set(rows.map((row) => `${row.shop_id} ${row.customer_id}`));
  return messages.filter(
    (message) => message.class === 'service' || !waiting.has(`${message.shop_id} ${message.customer_id}`),
  );
}
