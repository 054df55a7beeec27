/** Writing a batch down, one statement a kind, every array sorted as the rows were claimed. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { PlannedMessage } from '../messages/message.ts';
import type { Claimed } from './claim.server.ts';
import type { StepDecision } from './decide.ts';
import type { EnrollmentState } from './sequence.ts';
import { messageKey, type Decided } from './write.ts';

const WAITS = `
  update enrollment_cursor c set step_key = t.step_key, reached_at = t.reached_at, due_at = t.due_at, attempts = 0,
    listens = t.listens
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::boolean[])
    as t(shop_id, enrollment_id, step_key, reached_at, due_at, listens)
  where c.shop_id = t.shop_id and c.enrollment_id = t.enrollment_id`;

/** Next due moments of those that go on. */
export async function writeWaits(tx: SqlTx, decided: readonly Decided[]): Promise<void> {
  const waits = decided.flatMap(({ row, verdict }) =>
    verdict.then.kind === 'wait' ? [{ row, then: verdict.then }] : [],
  );
  if (waits.length === 0) return;
  await tx.sql(WAITS, [
    waits.map(({ row }) => row.shopId),
    waits.map(({ row }) => row.enrollmentId),
    waits.map(({ then }) => then.stepKey),
    waits.map(({ then }) => then.reachedAt),
    waits.map(({ then }) => then.until),
    waits.map(({ then }) => then.listens),
  ]);
}

/** An enrollment that is over. */
export interface End {
  row: { shopId: bigint; enrollmentId: string };
  state: Exclude<EnrollmentState, 'open'>;
  reason: string | null;
}

const ENDS = `
  with t as (
    select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) as t(shop_id, enrollment_id, state, reason)
  ), gone as (
    delete from enrollment_cursor c using t where c.shop_id = t.shop_id and c.enrollment_id = t.enrollment_id
  )
  update enrollment e set state = t.state, reason = t.reason, ended_at = $5
  from t where e.shop_id = t.shop_id and e.id = t.enrollment_id and e.state = 'open'`;

/** Takes the cursor away and keeps the enrollment with its reason. */
export async function writeEnds(tx: SqlTx, ends: readonly End[], now: Date): Promise<void> {
  if (ends.length === 0) return;
  await tx.sql(ENDS, [
    ends.map(({ row }) => row.shopId),
    ends.map(({ row }) => row.enrollmentId),
    ends.map(({ state }) => state),
    ends.map(({ reason }) => reason),
    now,
  ]);
}

const DECISIONS = `
  insert into decision (shop_id, enrollment_id, id, customer_id, step_key, outcome, reason, until, message_id, at)
  select shop_id, enrollment_id, id, customer_id, step_key, outcome, reason::jsonb, until, message_id, $10::timestamptz
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::uuid[])
    as t(shop_id, enrollment_id, id, customer_id, step_key, outcome, reason, until, message_id)`;

/** What a decision is about. */
export interface DecisionOf {
  row: { shopId: bigint; enrollmentId: string; customerId: string };
  decision: StepDecision;
  messageId: string | null;
}

/** The decisions of a batch, those that sent something with the message's id. */
export async function writeDecisions(
  tx: SqlTx,
  decided: readonly Decided[],
  planned: readonly PlannedMessage[],
  now: Date,
): Promise<void> {
  const ids = new Map(planned.map((message) => [message.key, message.id]));
  const rows = decided.flatMap(({ row, verdict }) =>
    verdict.decisions.map((decision) => ({
      row,
      decision,
      messageId:
        decision.outcome === 'sent'
          ? (ids.get(messageKey(row.enrollmentId, decision.stepKey)) ?? null)
          : null,
    })),
  );
  await insertDecisions(tx, rows, now);
}

export async function insertDecisions(tx: SqlTx, rows: readonly DecisionOf[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql(DECISIONS, [
    rows.map(({ row }) => row.shopId),
    rows.map(({ row }) => row.enrollmentId),
    // Of one moment, but in the order in which they were made.
    rows.map(() => newId(now)).sort(),
    rows.map(({ row }) => row.customerId),
    rows.map(({ decision }) => decision.stepKey),
    rows.map(({ decision }) => decision.outcome),
    rows.map(({ decision }) => JSON.stringify(decision.reason)),
    rows.map(({ decision }) => decision.until),
    rows.map(({ messageId }) => messageId),
    now,
  ]);
}

const PARKED = `
  update enrollment_cursor c set due_at = null from unnest($1::bigint[], $2::uuid[]) as t(shop_id, enrollment_id)
  where c.shop_id = t.shop_id and c.enrollment_id = t.enrollment_id`;

/** Rows of a sequence that is switched off: they wait without a moment until it is switched on. */
export async function writeParked(tx: SqlTx, rows: readonly Claimed[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql(PARKED, [rows.map((row) => row.shopId), rows.map((row) => row.enrollmentId)]);
}

const FAILURES = `
  update enrollment_cursor c set attempts = c.attempts + 1,
    due_at = $3::timestamptz + interval '1 minute' * power(2, least(c.attempts, 10))
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, enrollment_id)
  where c.shop_id = t.shop_id and c.enrollment_id = t.enrollment_id`;

/** Counts an error and puts the next try off: one minute, two, four… */
export async function writeFailures(tx: SqlTx, rows: readonly Claimed[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql(FAILURES, [rows.map((row) => row.shopId), rows.map((row) => row.enrollmentId), now]);
}
