/** The ledger: entering rewards, letting them go, taking them back. One row a cause, for ever; each change with its entries. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { newId } from '../ids.ts';
import { post } from './post.server.ts';
import { givenSchema, KEPT_HERE, sizeOf, type Given, type RewardDraft, type RewardKind } from './reward.ts';
import { oweBack } from './owe-back.server.ts';
import { OWED, OWED_OF_R, type OwedRow } from './owed.ts';
import { transferOf, type Change } from './transfer.ts';

/** A cause that is there already stays as it is, save that what was waited for may have come. */
const HOLD = `
  insert into reward (shop_id, id, cause, customer_id, kind, value, amount, currency, paid_by, state, due_at, valid_days, earned_at)
  select shop_id, id, cause, customer_id, kind, value::jsonb, amount, currency, paid_by, 'held',
    case when ready then $12::timestamptz end, valid_days, $12
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[],
    $10::boolean[], $11::int[])
    as t(shop_id, id, cause, customer_id, kind, value, amount, currency, paid_by, ready, valid_days)
  order by shop_id, cause
  on conflict (shop_id, cause) do update set due_at = excluded.due_at
    where reward.state = 'held' and reward.due_at is null and excluded.due_at is not null and reward.attempts = 0
  returning ${OWED}, cause, kind, (xmax = 0) as "isNew"`;

/**
 * Enters rewards of any kind as held; a cause that is already there is not entered again.
 * @returns how many are new
 * @throws ZodError when a value is not one of its kind
 */
export async function hold(tx: SqlTx, drafts: readonly RewardDraft[], now: Date): Promise<number> {
  if (drafts.length === 0) return 0;
  const unique = [...new Map(drafts.map((draft) => [`${draft.shopId} ${draft.cause}`, draft])).values()];
  const given = unique.map(givenIn);
  const sizes = given.map(sizeOf);
  const rows = await tx.sql<OwedRow & { kind: RewardKind; isNew: boolean }>(HOLD, [
    unique.map(({ shopId }) => shopId),
    unique.map(() => newId(now)),
    unique.map(({ cause }) => cause),
    unique.map(({ customerId }) => customerId),
    given.map(({ kind }) => kind),
    given.map(({ value }) => JSON.stringify(value)),
    sizes.map(({ amount }) => amount),
    sizes.map(({ currency }) => currency),
    unique.map(({ paidBy, cause }) => paidBy ?? `expense:${cause.split(':', 1)[0]}`),
    unique.map(({ isReady }) => isReady),
    unique.map(({ validDays }) => validDays),
    now,
  ]);
  const made = rows.filter((row) => row.isNew);
  await postAll(tx, 'earned', made, now);
  await recordEvents(
    tx,
    made.map((row): NewEvent => ({
      ...baseOf(row, now),
      kind: 'reward.held',
      data: { rewardId: row.id, kind: row.kind },
    })),
    now,
  );
  await addTimeline(
    tx,
    made.map((row): TimelineEntry => ({
      ...lineOf(row, now),
      code: 'reward-held',
      data: { rewardId: row.id },
    })),
    now,
  );
  return made.length;
}

const givenIn = ({ kind = 'discount', value }: RewardDraft): Given => givenSchema.parse({ kind, value });

const postAll = (tx: SqlTx, change: Change, rows: readonly OwedRow[], now: Date) =>
  post(
    tx,
    rows.map((row) => transferOf(change, row)),
    now,
  );

const RELEASE = `
  update reward r set due_at = $3 from unnest($1::bigint[], $2::text[]) as t(shop_id, cause)
  where r.shop_id = t.shop_id and r.cause = t.cause and r.state = 'held' and r.due_at is null
  returning r.id`;

/** Lets held rewards be issued at once; also those that Shopify refused, when a person says so. */
export async function release(
  tx: SqlTx,
  causes: readonly { shopId: bigint; cause: string }[],
  now: Date,
): Promise<number> {
  const values = [causes.map(({ shopId }) => shopId), causes.map(({ cause }) => cause), now];
  return (await tx.sql(RELEASE, values)).length;
}

/** What may be at Shopify already is due: the loop goes there and takes it back. What was used of it stays used. */
const VOID = `
  with old as (
    select r.shop_id, r.id, r.state, r.attempts, t.reason
    from reward r join unnest($1::bigint[], $2::text[], $3::text[]) as t(shop_id, cause, reason)
      on r.shop_id = t.shop_id and r.cause = t.cause
    where r.state in ('held', 'issuing', 'issued') for update of r)
  update reward r set state = case when old.state = 'issued' then 'clawed-back' else 'void' end,
    reason = jsonb_build_object('code', old.reason), voided_at = $4, attempts = 0,
    due_at = case when r.kind = any($5::text[]) or old.state = 'held' and old.attempts = 0 then null else $4::timestamptz end
  from old where r.shop_id = old.shop_id and r.id = old.id
  returning ${OWED_OF_R}, r.state, old.reason`;

/**
 * Takes rewards back at any time: void before issuing, clawed back after. What has been used up stays as it is; of a
 * commission that was paid out all is owed back.
 * @returns how many were taken back, or are owed back
 */
export async function voidRewards(
  tx: SqlTx,
  causes: readonly { shopId: bigint; cause: string; reason: string }[],
  now: Date,
): Promise<number> {
  if (causes.length === 0) return 0;
  const rows = await tx.sql<OwedRow & { state: 'void' | 'clawed-back'; reason: string }>(VOID, [
    causes.map(({ shopId }) => shopId),
    causes.map(({ cause }) => cause),
    causes.map(({ reason }) => reason),
    now,
    KEPT_HERE,
  ]);
  const transfers = rows.map((row) => transferOf(row.state, row, row.amount - row.used));
  await post(tx, transfers, now);
  const events = rows.map((row): NewEvent => ({
    ...baseOf(row, now),
    kind: 'reward.voided',
    data: { rewardId: row.id },
  }));
  await recordEvents(tx, events, now);
  const lines = rows.map((row): TimelineEntry => {
    const code = row.state === 'void' ? 'reward-voided' : 'reward-clawed-back';
    return { ...lineOf(row, now), code, data: { rewardId: row.id, reason: row.reason } };
  });
  await addTimeline(tx, lines, now);
  const gone = causes.map(({ shopId, cause }) => ({ shopId, cause, left: 0n, of: 1n }));
  return rows.length + (await oweBack(tx, gone, now));
}

const baseOf = (row: OwedRow, now: Date) => ({ shopId: row.shopId, customerId: row.customerId, at: now });
const lineOf = (row: OwedRow, now: Date) => ({ ...baseOf(row, now), kind: 'reward' }) as const;
