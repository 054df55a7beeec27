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
import { withoutRivals } from './rivals.server.ts';

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
