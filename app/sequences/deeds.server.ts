/** What a batch of verdicts does beside writing to customers: each deed once an enrollment, in the transaction that decides. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { EngineDeps } from './source.ts';
import type { DeedStep } from './steps.ts';
import { messageKey, type Decided, type Subject } from './write.ts';

interface Deed<Step extends DeedStep = DeedStep> {
  row: Subject;
  step: Step;
}

/** Presents, starts of other sequences, and the rest as rows that wait for the loop of deeds or for a person. */
export async function doDeeds(
  tx: SqlTx,
  decided: readonly Decided[],
  now: Date,
  deps: Pick<EngineDeps, 'give'>,
): Promise<void> {
  const deeds = decided.flatMap(({ row, verdict }) => verdict.deeds.map((step) => ({ row, step })));
  if (deeds.length === 0) return;
  await give(tx, deeds.filter(isOf('gift')), now, deps);
  await start(tx, deeds.filter(isOf('start')), now);
  await keep(tx, deeds.filter(isOf('tag', 'metafield', 'webhook', 'task')), now);
}

const isOf =
  <Kind extends DeedStep['kind']>(...kinds: Kind[]) =>
  (deed: Deed): deed is Deed<Extract<DeedStep, { kind: Kind }>> =>
    (kinds as string[]).includes(deed.step.kind);

async function give(
  tx: SqlTx,
  gifts: readonly Deed<Extract<DeedStep, { kind: 'gift' }>>[],
  now: Date,
  deps: Pick<EngineDeps, 'give'>,
): Promise<void> {
  if (gifts.length === 0) return;
  if (!deps.give) throw new Error('nobody is there to give presents');
  const wanted = gifts.map(({ row, step }) => ({
    shopId: row.shopId,
    customerId: row.customerId,
    cause: `gesture:${messageKey(row.enrollmentId, step.key)}`,
    value: step.value,
    validDays: step.validDays,
  }));
  await deps.give(tx, wanted, now);
}

/** As events: enrolling takes locks in an order of its own. */
async function start(
  tx: SqlTx,
  starts: readonly Deed<Extract<DeedStep, { kind: 'start' }>>[],
  now: Date,
): Promise<void> {
  const events = starts.map(({ row, step }) => ({
    shopId: row.shopId,
    kind: 'sequence.started' as const,
    customerId: row.customerId,
    orderId: row.orderId,
    data: {
      sequence: step.sequence,
      by: 'step' as const,
      cause: messageKey(row.enrollmentId, step.key),
      ...(row.shipmentId === null ? {} : { shipmentId: String(row.shipmentId) }),
      ...(row.productId === null ? {} : { productId: String(row.productId) }),
    },
    at: now,
  }));
  await recordEvents(tx, events, now);
}

const KEEP = `
  insert into deed (shop_id, enrollment_id, step_key, customer_id, order_id, kind, what, state, epoch, due_at, at)
  select shop_id, enrollment_id, step_key, customer_id, order_id, kind, what::jsonb, 'waiting', epoch,
    case when kind = 'task' then null else $9::timestamptz end, $9
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::int[])
    as t(shop_id, enrollment_id, step_key, customer_id, order_id, kind, what, epoch)
  on conflict (shop_id, enrollment_id, step_key) do nothing`;

async function keep(tx: SqlTx, deeds: readonly Deed[], now: Date): Promise<void> {
  if (deeds.length === 0) return;
  await tx.sql(KEEP, [
    deeds.map(({ row }) => row.shopId),
    deeds.map(({ row }) => row.enrollmentId),
    deeds.map(({ step }) => step.key),
    deeds.map(({ row }) => row.customerId),
    deeds.map(({ row }) => row.orderId),
    deeds.map(({ step }) => step.kind),
    deeds.map(({ step }) => JSON.stringify(step)),
    deeds.map(({ row }) => row.epoch),
    now,
  ]);
}
