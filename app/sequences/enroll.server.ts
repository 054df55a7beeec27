/** Enrolling: what happened leads customers into sequences, each once. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { addTimeline } from '../customers/customers.server.ts';
import { candidatesOf, keptOutSince, scoreOf, type Candidate } from './candidates.ts';
import { heard, lockCustomers, type Heard } from './heard.server.ts';
import type { Happened } from './sequence.ts';
import { endEnrollments } from './stop.server.ts';
import { insertDecisions } from './write.server.ts';

/** See the door. */
export async function enroll(tx: SqlTx, happened: readonly Happened[], now: Date): Promise<number> {
  if (happened.length === 0) return 0;
  const known = await heard(tx, happened, now);
  const candidates = distinct(
    known.happened.flatMap((each, index) =>
      known.listening
        .filter((sequence) => sequence.shopId === each.shopId)
        .flatMap((sequence) => candidatesOf(sequence, each, known.of[index]!, now)),
    ),
  );
  if (candidates.length === 0) return 0;
  const customers = await lockCustomers(
    tx,
    candidates.map(({ happened: each }) => each),
  );
  const enrolled = await insert(
    tx,
    candidates.filter(({ happened: each }) => customers.has(each.customerId)),
    known,
    now,
  );
  await replaceOlder(tx, enrolled, now);
  await tell(tx, enrolled, now);
  return enrolled.length;
}

/** One a subject, and one a customer where the sequence takes a customer once: the newest. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const candidate of [...candidates].sort((a, b) => a.happened.at.getTime() - b.happened.at.getTime())) {
    const { sequence, happened, subject } = candidate;
    const whole = sequence.plan.reentry.kind !== 'always';
    const name = `${sequence.sequenceId}:${whole ? happened.customerId : subject}`;
    found.set(name, candidate);
  }
  return [...found.values()];
}

const INSERT = `
  with made as (
    insert into enrollment (shop_id, id, sequence_id, version, customer_id, order_id, shipment_id, product_id, subject,
      epoch, state, anchor_at, started_at)
    select shop_id, id, sequence_id, version, customer_id, order_id, shipment_id, product_id, subject, epoch, 'open',
      anchor_at, $14::timestamptz
    from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[],
      $9::text[], $10::int[], $11::timestamptz[], $12::timestamptz[], $13::boolean[])
      as t(shop_id, id, sequence_id, version, customer_id, order_id, shipment_id, product_id, subject, epoch, anchor_at,
        kept_out_since, replaces)
    where not exists (
      select 1 from enrollment o
      where o.shop_id = t.shop_id and o.customer_id = t.customer_id and o.sequence_id = t.sequence_id
        and (o.started_at > t.kept_out_since or (t.replaces and o.state = 'open' and o.anchor_at > t.anchor_at)))
    order by shop_id, sequence_id, subject
    on conflict (shop_id, sequence_id, subject) do nothing
    returning shop_id, id, sequence_id, version, anchor_at
  ), cursors as (
    insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
    select shop_id, id, sequence_id, version, '', anchor_at, $14::timestamptz from made
  )
  select id from made`;

interface Enrolled extends Candidate {
  id: string;
}

async function insert(
  tx: SqlTx,
  candidates: readonly Candidate[],
  known: Heard,
  now: Date,
): Promise<Enrolled[]> {
  if (candidates.length === 0) return [];
  const all = candidates.map((candidate) => ({ ...candidate, id: newId(now) }));
  const rows = await tx.sql<{ id: string }>(INSERT, [
    all.map(({ sequence }) => sequence.shopId),
    all.map(({ id }) => id),
    all.map(({ sequence }) => sequence.sequenceId),
    all.map(({ sequence }) => sequence.version),
    all.map(({ happened }) => happened.customerId),
    all.map(({ happened }) => happened.orderId ?? null),
    all.map(({ happened }) => happened.shipmentId ?? null),
    all.map(({ productId }) => productId),
    all.map(({ subject }) => subject),
    all.map(({ sequence }) => known.epochs.get(sequence.shopId)!),
    all.map(({ happened }) => happened.at),
    all.map(({ sequence, happened }) => keptOutSince(sequence.plan.reentry, happened, now)),
    all.map(({ sequence }) => sequence.plan.reentry.kind === 'replace'),
    now,
  ]);
  const made = new Set(rows.map((row) => row.id));
  return all.filter(({ id }) => made.has(id));
}

const OLDER = `
  select o.shop_id, o.id from enrollment o
  join unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[]) as t(shop_id, customer_id, sequence_id, id)
    on o.shop_id = t.shop_id and o.customer_id = t.customer_id and o.sequence_id = t.sequence_id
  where o.id <> t.id and o.state = 'open'`;

/** A sequence that counts anew: the older enrollment makes way. */
async function replaceOlder(tx: SqlTx, enrolled: readonly Enrolled[], now: Date): Promise<void> {
  const replacing = enrolled.filter(({ sequence }) => sequence.plan.reentry.kind === 'replace');
  if (replacing.length === 0) return;
  const older = await tx.sql<{ shop_id: bigint; id: string }>(OLDER, [
    replacing.map(({ sequence }) => sequence.shopId),
    replacing.map(({ happened }) => happened.customerId),
    replacing.map(({ sequence }) => sequence.sequenceId),
    replacing.map(({ id }) => id),
  ]);
  await endEnrollments(
    tx,
    older.map((row) => ({ shopId: row.shop_id, id: row.id, reason: 'ordered-again' as const })),
    now,
  );
}

async function tell(tx: SqlTx, enrolled: readonly Enrolled[], now: Date): Promise<void> {
  await insertDecisions(
    tx,
    enrolled.map(({ id, sequence, happened }) => ({
      row: { shopId: sequence.shopId, enrollmentId: id, customerId: happened.customerId },
      decision: {
        stepKey: '',
        outcome: 'started' as const,
        reason: { code: happened.trigger, score: scoreOf(happened) },
        until: null,
      },
      messageId: null,
    })),
    now,
  );
  await addTimeline(
    tx,
    enrolled.map(({ sequence, happened }) => ({
      shopId: sequence.shopId,
      customerId: happened.customerId,
      orderId: happened.orderId ?? null,
      at: now,
      kind: 'decision' as const,
      code: 'sequence-entered' as const,
      data: { sequence: sequence.key },
    })),
    now,
  );
}
