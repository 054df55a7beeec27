/** Claim and answer in one transaction: what may go is committed as handing over before any provider is called. */
import type { Db, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { rememberAnswers, tellMoved } from './answers.server.ts';
import type { Handed } from './budget.ts';
import { claimDue, dueShops, type ClaimedMessage, type Turn } from './claim.server.ts';
import { judgeable, type FactsDeps, type JudgedMessage } from './facts.server.ts';
import type { Ear } from './hearing.server.ts';
import type { MessageChannel } from './message.ts';
import { BY_KEY } from './one.ts';
import { tellSkipped } from './cancel.server.ts';
import { byRank } from './rank.ts';
import { compete, rankOf } from './rivals.server.ts';
import { SENT_AGAIN, verdict, type Verdict } from './verdict.ts';

export interface JudgeDeps {
  db: Db;
  facts: FactsDeps;
  /** How long the provider of a channel remembers an id. */
  memoryMs: Readonly<Record<MessageChannel, number>>;
  leaseMs: number;
  batch: number;
  ear: Ear;
}

/** `again`: it may have been accepted before by a provider that does not remember. */
export type ApprovedMessage = JudgedMessage & { again: boolean };

/** What may go, and under which claim. */
export interface Approved {
  claim: string;
  messages: ApprovedMessage[];
  /** Messages that were settled or moved without a provider. */
  settled: number;
  /** Shops that have to be asked about their orders before their mails may go. */
  unheard: ReadonlySet<bigint>;
  /** When they were let through, by `performance.now()`: how much of the lease is left. */
  startedAt: number;
}

type Judged = JudgedMessage & { verdict: Verdict };

/** One batch. Messages of one customer are judged one after the other, so that both cannot use the last of a budget. */
export async function claimAndJudge(deps: JudgeDeps, turn: Turn, now: Date): Promise<Approved> {
  const claim = newId(now);
  const startedAt = performance.now();
  const nothing = { claim, messages: [], settled: 0, unheard: new Set<bigint>(), startedAt };
  const shops = await dueShops({ sql: deps.db.sqlAcrossShops }, turn, now);
  if (shops.length === 0) return nothing;
  return deps.db.acrossShops(async (tx) => {
    const due = await claimDue(tx, shops, deps.batch, now);
    if (due.length === 0) return nothing;
    await tx.sql(BY_KEY);
    const { claimed, rivals } = await compete(tx, due, now);
    const { ready, gone } = await judgeable(tx, [...claimed, ...rivals], deps.facts, now);
    const waiting = new Set(rivals.map(({ id }) => id));
    // What was waiting anyway, and still has to, is left as it is.
    const all = judgeAll(ready, deps, now).filter(
      ({ message, verdict: { kind } }) => kind !== 'later' || !waiting.has(message.id),
    );
    const { judged, unheard } = await deps.ear.sift(tx, all, now);
    await remember(tx, judged, now);
    const going = judged.filter((one) => one.verdict.kind === 'hand-over');
    await approve(tx, going, { claim, leaseMs: deps.leaseMs }, now);
    await move(tx, judged, now);
    await end(tx, judged, now);
    await dropGone(tx, gone);
    const messages = going.map((one) => ({
      ...one,
      again: one.verdict.kind === 'hand-over' && one.verdict.again,
    }));
    const settled = judged.length - going.length + gone.length;
    return { claim, messages, settled, unheard, startedAt };
  });
}

/** Answers of a batch. Of messages to one customer the first by rank counts for those after it. */
export function judgeAll(
  ready: readonly JudgedMessage[],
  deps: Pick<JudgeDeps, 'memoryMs'>,
  now: Date,
): Judged[] {
  const justHanded = new Map<string, Handed[]>();
  return ready.toSorted(firstBegun).map((one) => {
    const { message, facts } = one;
    const handed = justHanded.get(message.customer_id) ?? [];
    const standing = {
      class: message.class,
      triedMs: message.tried_ms,
      memoryMs: deps.memoryMs[one.channel],
      attempts: message.attempts,
      reason: message.reason,
    };
    const answer = verdict(standing, { ...facts, handed: [...facts.handed, ...handed] }, now);
    if ((answer.kind === 'hand-over' || answer.kind === 'unknown') && message.class !== 'service') {
      justHanded.set(message.customer_id, [...handed, { at: now, channel: one.channel }]);
    }
    return { ...one, verdict: answer };
  });
}

const ANSWERS = {
  'hand-over': 'yes',
  later: 'later',
  skip: 'never',
  fail: 'never',
  unknown: 'never',
} as const;

/** What a provider may have accepted already counts in any case; the rest by rank. */
function firstBegun({ message: a }: JudgedMessage, { message: b }: JudgedMessage): number {
  const begun = Number(b.tried_ms !== null) - Number(a.tried_ms !== null);
  return begun || byRank(rankOf(a), rankOf(b));
}

/** A yes that an outage of the provider undid is not repeated for each retry. */
export async function remember(tx: SqlTx, judged: readonly Judged[], now: Date): Promise<void> {
  const news = judged.filter(
    ({ verdict: { kind }, message }) =>
      kind !== 'hand-over' || message.reason.code !== 'provider-unavailable',
  );
  const answers = news.map(({ message, verdict: one }) => ({
    shopId: message.shop_id,
    messageId: message.id,
    answer: ANSWERS[one.kind],
    reason: 'reason' in one ? one.reason : one.again ? { code: SENT_AGAIN } : {},
    until: one.kind === 'later' ? one.until : null,
  }));
  await rememberAnswers(tx, answers, now);
}

const keysOf = (judged: readonly { message: ClaimedMessage }[]) => [
  judged.map((one) => one.message.shop_id),
  judged.map((one) => one.message.id),
];

const APPROVE = `
  update message m set state = 'handing-over', claim = $5, lease_until = clock_timestamp() + $6::int * interval '1 ms',
    attempts = attempts + 1, handed_at = coalesce(handed_at, $7), channel = t.channel,
    reason = case when t.again then '{"code":"${SENT_AGAIN}"}'::jsonb
      when m.reason ->> 'code' = '${SENT_AGAIN}' then m.reason else '{}'::jsonb end,
    tried_at = case when t.again then null else tried_at end
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::boolean[]) as t(shop_id, id, channel, again)
  where m.shop_id = t.shop_id and m.id = t.id`;

async function approve(
  tx: SqlTx,
  going: readonly Judged[],
  { claim, leaseMs }: { claim: string; leaseMs: number },
  now: Date,
): Promise<void> {
  if (going.length === 0) return;
  await tx.sql(APPROVE, [
    ...keysOf(going),
    going.map((one) => one.channel),
    going.map(({ verdict: one }) => one.kind === 'hand-over' && one.again),
    claim,
    leaseMs,
    now,
  ]);
}

const MOVE = `
  update message m set state = 'waiting', claim = null, lease_until = null, due_at = t.until, reason = t.reason::jsonb,
    handed_at = case when tried_at is null then null else handed_at end
  from unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::text[]) as t(shop_id, id, until, reason)
  where m.shop_id = t.shop_id and m.id = t.id`;

async function move(tx: SqlTx, judged: readonly Judged[], now: Date): Promise<void> {
  const moved = judged.flatMap((one) =>
    one.verdict.kind === 'later' ? [{ ...one, verdict: one.verdict }] : [],
  );
  if (moved.length === 0) return;
  await tx.sql(MOVE, [
    ...keysOf(moved),
    moved.map((one) => one.verdict.until),
    moved.map((one) => JSON.stringify(one.verdict.reason)),
  ]);
  const moves = moved.map(({ message, channel, verdict: { until, reason } }) => ({
    shopId: message.shop_id,
    customerId: message.customer_id,
    orderId: message.order_id,
    messageId: message.id,
    template: message.template_key,
    channel,
    from: message.due_at,
    until,
    reason,
  }));
  await tellMoved(tx, moves, now);
}

const END = `
  update message m set state = t.state, claim = null, lease_until = null, due_at = null, reason = t.reason::jsonb
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) as t(shop_id, id, state, reason)
  where m.shop_id = t.shop_id and m.id = t.id`;

const ENDS = { skip: 'skipped', fail: 'failed', unknown: 'unknown' } as const;

async function end(tx: SqlTx, judged: readonly Judged[], now: Date): Promise<void> {
  const over = judged.flatMap((one) =>
    one.verdict.kind === 'hand-over' || one.verdict.kind === 'later'
      ? []
      : [{ ...one, verdict: one.verdict }],
  );
  if (over.length === 0) return;
  await tx.sql(END, [
    ...keysOf(over),
    over.map((one) => ENDS[one.verdict.kind]),
    over.map((one) => JSON.stringify(one.verdict.reason)),
  ]);
  await tellSkipped(
    tx,
    over.map(({ message, channel, verdict: { reason } }) => ({ ...message, channel, reason })),
    now,
  );
}

/** Customer or order have been deleted altogether. */
async function dropGone(tx: SqlTx, gone: readonly ClaimedMessage[]): Promise<void> {
  if (gone.length === 0) return;
  const messages = gone.map((message) => ({ message }));
  await tx.sql(END, [...keysOf(messages), gone.map(() => 'skipped'), gone.map(() => '{"code":"gone"}')]);
}
