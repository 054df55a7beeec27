/** Rows of deeds, for whoever works on them: claimed under a lease in the database's own time, begun, ended. */
import { addTimeline, customersByIds } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { LEASE_SECONDS } from '../lease.server.ts';
import { gist, type DeedReason, type KeptStep, type Settled } from './deed.ts';

/** A row that this worker holds until its lease ends. */
export interface HeldDeed {
  shopId: bigint;
  enrollmentId: string;
  stepKey: string;
  leaseUntil: Date;
  /** How often it was begun, this time included; 0 while this worker has not begun it. */
  attempts: number;
}

/** A deed at which this worker is now, as things stand at this moment. */
export interface BegunDeed extends HeldDeed {
  step: KeptStep;
  /** When its step was reached. */
  at: Date;
  /** When it was first tried, or asked for again. */
  since: Date;
  domain: string;
  /** The shop is there, and has not been away since. */
  isOfThisEpoch: boolean;
  sequence: string;
  /** The one who is left after merges; null when they were erased. */
  customer: { id: string; shopifyId: bigint | null } | null;
  order: { id: bigint; name: string | null } | null;
}

const IS_FREE = '(lease_until is null or lease_until < clock_timestamp())';

/** A slice from each shop that has something due. Real time decides over leases, domain time over what is due. */
const CLAIM = `
  with claimed as (
    select d.shop_id, d.enrollment_id, d.step_key
    from (
      select distinct shop_id from deed join shop on shop.id = shop_id and shop.status = 'installed'
      where due_at <= $1 and ${IS_FREE} limit 8) due
    cross join lateral (
      select shop_id, enrollment_id, step_key from deed where shop_id = due.shop_id and due_at <= $1 and ${IS_FREE}
      order by due_at limit 4 for update skip locked) d)
  update deed d set lease_until = clock_timestamp() + make_interval(secs => $2)
  from claimed c where d.shop_id = c.shop_id and d.enrollment_id = c.enrollment_id and d.step_key = c.step_key
  returning d.shop_id, d.enrollment_id, d.step_key, d.lease_until`;

interface HeldRow {
  shop_id: bigint;
  enrollment_id: string;
  step_key: string;
  lease_until: Date;
}

const heldOf = (row: HeldRow): HeldDeed => ({
  shopId: row.shop_id,
  enrollmentId: row.enrollment_id,
  stepKey: row.step_key,
  leaseUntil: row.lease_until,
  attempts: 0,
});

export async function claimDeeds(db: Db, now: Date, seconds: number): Promise<HeldDeed[]> {
  return (await db.sqlAcrossShops<HeldRow>(CLAIM, [now, seconds])).map(heldOf);
}

/** Those that are under way. Whoever waits in the queue is begun under the lease of its claim, or by somebody else. */
const RENEW = `
  update deed d set lease_until = clock_timestamp() + make_interval(secs => $5)
  from (
    select w.shop_id, w.enrollment_id, w.step_key
    from unnest($1::bigint[], $2::uuid[], $3::text[], $4::int[]) as t(shop_id, enrollment_id, step_key, attempts)
    join deed w on w.shop_id = t.shop_id and w.enrollment_id = t.enrollment_id and w.step_key = t.step_key
      and w.attempts = t.attempts and w.state = 'waiting' and w.lease_until is not null
    for update of w skip locked) held
  where d.shop_id = held.shop_id and d.enrollment_id = held.enrollment_id and d.step_key = held.step_key`;

export async function renewDeeds(db: Db, held: readonly HeldDeed[], seconds: number): Promise<void> {
  const begun = held.filter(({ attempts }) => attempts > 0);
  await db.sqlAcrossShops(RENEW, [
    begun.map(({ shopId }) => shopId),
    begun.map(({ enrollmentId }) => enrollmentId),
    begun.map(({ stepKey }) => stepKey),
    begun.map(({ attempts }) => attempts),
    seconds,
  ]);
}

/** It may have waited in the queue of this worker: whoever has lost it meanwhile finds nothing here. */
const BEGIN = `
  with mine as (
    update deed set lease_until = clock_timestamp() + make_interval(secs => $5), attempts = least(attempts + 1, 1000)
    where shop_id = $1 and enrollment_id = $2::uuid and step_key = $3 and state = 'waiting' and lease_until = $4
    returning *)
  select m.shop_id, m.enrollment_id, m.step_key, m.lease_until, m.what, m.attempts, m.at, coalesce(m.again_at, m.at) as since, m.customer_id, m.order_id,
    s.domain, s.status = 'installed' and s.epoch = m.epoch as of_this_epoch, coalesce(q.key, '') as sequence, o.name
  from mine m join shop s on s.id = m.shop_id
  left join enrollment e on e.shop_id = m.shop_id and e.id = m.enrollment_id
  left join sequence q on q.shop_id = e.shop_id and q.id = e.sequence_id
  left join orders o on o.shop_id = m.shop_id and o.id = m.order_id`;

interface BegunRow extends HeldRow {
  what: KeptStep;
  attempts: number;
  at: Date;
  since: Date;
  customer_id: string;
  order_id: bigint | null;
  domain: string;
  of_this_epoch: boolean;
  sequence: string;
  name: string | null;
}

/** Reads everything anew, at the last moment before the attempt. Null: it is no longer this worker's, or over. */
export async function beginDeed(db: Db, held: HeldDeed): Promise<BegunDeed | null> {
  const { shopId, enrollmentId, stepKey, leaseUntil } = held;
  return db.acrossShops(async (tx) => {
    const [row] = await tx.sql<BegunRow>(BEGIN, [shopId, enrollmentId, stepKey, leaseUntil, LEASE_SECONDS]);
    if (!row) return null;
    held.attempts = row.attempts;
    const ref = { shopId, id: row.customer_id };
    const customer = (await customersByIds(tx, [ref])).get(ref.id);
    return {
      ...heldOf(row),
      step: row.what,
      attempts: row.attempts,
      at: row.at,
      since: row.since,
      domain: row.domain,
      isOfThisEpoch: row.of_this_epoch,
      sequence: row.sequence,
      customer: customer && !customer.erasedAt ? { id: customer.id, shopifyId: customer.shopifyId } : null,
      order: row.order_id === null ? null : { id: row.order_id, name: row.name },
    };
  });
}

const END = `
  update deed set state = $5, reason = $6::jsonb, due_at = $7, lease_until = null, ended_at = $8
  where shop_id = $1 and enrollment_id = $2::uuid and step_key = $3 and state = 'waiting' and attempts = $4 and lease_until is not null
  returning customer_id, order_id`;

/** What is written down of an attempt: how it ended, or when it is made again. */
export type DeedEnd = Settled | { state: 'dropped'; reason: { code: 'uninstalled' | 'erased' } };

/** Writes down what came of it, with a line for the customer's story; nothing, if it is no longer this worker's. */
export async function endDeed(db: Db, deed: BegunDeed, end: DeedEnd, now: Date): Promise<void> {
  const { shopId, enrollmentId, stepKey, attempts } = deed;
  await db.acrossShops(async (tx) => {
    const isOver = end.state !== 'waiting';
    const [row] = await tx.sql<{ customer_id: string; order_id: bigint | null }>(END, [
      shopId,
      enrollmentId,
      stepKey,
      attempts,
      end.state,
      'reason' in end ? end.reason : {},
      end.state === 'waiting' ? end.dueAt : null,
      isOver ? now : null,
    ]);
    if (!row || end.state === 'dropped' || end.state === 'waiting') return;
    const of = { shopId, customerId: row.customer_id, orderId: row.order_id };
    await tell(tx, of, deed, end.state === 'failed' ? end.reason : null, now);
  });
}

async function tell(
  tx: SqlTx,
  of: { shopId: bigint; customerId: string; orderId: bigint | null },
  { sequence, stepKey, step }: BegunDeed,
  failure: DeedReason | null,
  now: Date,
): Promise<void> {
  if (step.kind === 'task') return;
  const data = { sequence, step: stepKey, deed: step.kind, what: gist(step) };
  const line = { ...of, at: now, kind: 'decision' as const };
  await addTimeline(
    tx,
    [
      failure
        ? { ...line, code: 'deed-failed', data: { ...data, reason: { ...failure } } }
        : { ...line, code: 'deed-done', data },
    ],
    now,
  );
}

const DROP = `
  update deed set state = 'dropped', reason = jsonb_build_object('code', $3::text), due_at = null, lease_until = null, ended_at = $4
  where shop_id = $1 and ($2::uuid[] is null or customer_id = any($2)) and state = 'waiting'`;

/** Nothing of these customers (null: of the whole shop) waits any more, neither for the loop nor for a person. */
export async function dropDeeds(
  tx: SqlTx,
  of: { shopId: bigint; customerIds: readonly string[] | null; reason: 'uninstalled' | 'erased' },
  now: Date,
): Promise<void> {
  await tx.sql(DROP, [of.shopId, of.customerIds, of.reason, now]);
}

const FORGET = `
  delete from deed d where ended_at < $1::timestamptz - interval '120 days' and not exists (
    select 1 from enrollment_cursor c where c.shop_id = d.shop_id and c.enrollment_id = d.enrollment_id)`;

/** See the door. Rows of an open enrollment stay: they keep its steps from being done twice. */
export async function forgetDeeds(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET, [now]);
}
