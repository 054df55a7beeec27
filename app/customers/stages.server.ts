/** Keeps the stages of customers up to date, and the counters that they are computed from. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { CustomerRef, Stage } from './customer.ts';
import type { CustomerRecord } from './record.ts';
import { asRecords } from './rows.server.ts';
import { QUIET_DAYS, stageOf, type StageAnswer } from './stage.ts';
import { addTimeline } from './timeline.server.ts';
import type { TimelineReason } from './timeline.ts';

interface Row {
  shop_id: bigint;
  id: string;
  stage: Stage;
  stage_reason: unknown;
  orders_count: number;
  last_order_at: Date | null;
  last_heard_at: Date | null;
  last_score: number | null;
  friends: number;
}

const FACTS = `
  select shop_id, id, stage, stage_reason, orders_count, last_order_at, last_heard_at, last_score, friends
  from customer join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) using (shop_id, id)
  where erased_at is null and merged_into is null order by shop_id, id for no key update of customer`;

const SAVE = `
  update customer c set stage = t.stage, stage_reason = t.reason::jsonb,
    stage_at = case when c.stage = t.stage then coalesce(c.stage_at, $5) else $5 end
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[]) as t(shop_id, id, stage, reason)
  where c.shop_id = t.shop_id and c.id = t.id`;

/**
 * Computes the stages anew; writes `customer.stage-changed` and a line where one has changed.
 * With `history` (first sync) nothing is announced. Answers how many have changed.
 */
export async function refreshStages(
  tx: SqlTx,
  customers: readonly CustomerRef[],
  now: Date,
  options: { history?: boolean } = {},
): Promise<number> {
  if (customers.length === 0) return 0;
  const unique = new Map(customers.map((customer) => [customer.id, customer]));
  const rows = await tx.sql<Row>(FACTS, [
    [...unique.values()].map((customer) => customer.shopId),
    [...unique.keys()],
  ]);
  const answers = rows.map((row) => ({ row, answer: stageOf(factsOf(row), now) }));
  await save(
    tx,
    answers.filter(
      ({ row, answer }) => row.stage !== answer.stage || isOther(row.stage_reason, answer.reason),
    ),
    now,
  );
  const changes = answers.filter(({ row, answer }) => row.stage !== answer.stage);
  if (!options.history) await announce(tx, changes, now);
  return changes.length;
}

interface Answered {
  row: Row;
  answer: StageAnswer;
}

async function save(tx: SqlTx, answers: readonly Answered[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  await tx.sql(SAVE, [
    answers.map(({ row }) => row.shop_id),
    answers.map(({ row }) => row.id),
    answers.map(({ answer }) => answer.stage),
    answers.map(({ answer }) => JSON.stringify(answer.reason)),
    now,
  ]);
}

const isOther = (stored: unknown, reason: TimelineReason) => {
  const before = (stored ?? {}) as Partial<TimelineReason>;
  return Object.entries(reason).some(([name, value]) => before[name] !== value);
};

const factsOf = (row: Row) => ({
  ordersCount: row.orders_count,
  lastOrderAt: row.last_order_at,
  lastHeardAt: row.last_heard_at,
  lastScore: row.last_score,
  friends: row.friends,
});

async function announce(tx: SqlTx, changes: readonly Answered[], now: Date) {
  await addTimeline(
    tx,
    changes.map(({ row, answer }) => ({
      shopId: row.shop_id,
      customerId: row.id,
      at: now,
      kind: 'stage',
      code: 'stage-changed',
      data: { from: row.stage, to: answer.stage, reason: answer.reason },
    })),
    now,
  );
  await recordEvents(
    tx,
    changes.map(({ row, answer }) => ({
      shopId: row.shop_id,
      kind: 'customer.stage-changed',
      customerId: row.id,
      data: { from: row.stage, to: answer.stage },
      at: now,
    })),
    now,
  );
}

const COOLED = `
  select shop_id, id from customer
  where stage <> 'stranger' and active_at < $1::timestamptz - make_interval(days => ${QUIET_DAYS})
    and greatest(last_order_at, last_heard_at) < $1::timestamptz - make_interval(days => ${QUIET_DAYS})
    and coalesce(stage_at, '-infinity') < greatest(last_order_at, last_heard_at) + make_interval(days =>
      case when greatest(last_order_at, last_heard_at) < $1::timestamptz - make_interval(days => ${2 * QUIET_DAYS})
        then ${2 * QUIET_DAYS} else ${QUIET_DAYS} end)
  limit 1000`;

/** Lets stages fade that nothing has happened to for a year or two; a batch a call. For housekeeping. */
export async function coolStages(tx: SqlTx, now: Date): Promise<number> {
  const rows = await tx.sql<{ shop_id: bigint; id: string }>(COOLED, [now]);
  return refreshStages(
    tx,
    rows.map((row) => ({ shopId: row.shop_id, id: row.id })),
    now,
  );
}

const SIGNS = `
  update customer c set
    last_heard_at = greatest(c.last_heard_at, t.heard_at),
    last_score = case when t.score is not null and t.heard_at >= coalesce(c.last_heard_at, '-infinity') then t.score
      else c.last_score end,
    friends = greatest(0, c.friends + coalesce(t.friends, 0))
  from jsonb_to_recordset($1::jsonb) as t(shop_id bigint, id uuid, heard_at timestamptz, score int, friends int)
  where c.shop_id = t.shop_id and c.id = t.id and c.erased_at is null`;

/** A sign of life or of closeness. */
export interface Sign extends CustomerRef {
  heardAt?: Date;
  /** 1…5; counts together with `heardAt`. */
  score?: number | null;
  /** How many more friends' orders were settled; less than 0 when one was taken back. */
  friends?: number;
}

/** Notes signs, counted by whoever hears them; follow with `refreshStages`. */
export async function noteSigns(tx: SqlTx, signs: readonly Sign[]): Promise<void> {
  for (const sign of signs) {
    const { shopId, id, heardAt, score, friends } = sign;
    await tx.sql(SIGNS, [asRecords([{ shop_id: shopId, id, heard_at: heardAt, score, friends }])]);
  }
}

/** What orders know of a customer. Address and language are those of the last order that tells; none: as they were. */
export interface OrderCounters extends CustomerRef {
  ordersCount: number;
  totalSpent: bigint;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  /** Spoken at the checkout; null: no order has told, wherever it went. */
  locale: string | null;
  /** null: no order has told where it went. */
  delivery: Delivery | null;
}

type Delivery = Pick<CustomerRecord, 'country' | 'province' | 'city' | 'zip' | 'address_hash' | 'time_zone'>;

/** One write a customer, and none where nothing is new: every index of the table pays for it. */
const COUNTERS = `
  with told as (
    select c.shop_id, c.id, t.orders_count, t.total_spent, t.first_order_at, t.last_order_at,
      coalesce(t.last_order_at, c.created_at) as active_at,
      coalesce(t.locale, c.locale) as locale,
      case when t.delivery is null then c.country else t.delivery ->> 'country' end as country,
      case when t.delivery is null then c.province else t.delivery ->> 'province' end as province,
      case when t.delivery is null then c.city else t.delivery ->> 'city' end as city,
      case when t.delivery is null then c.zip else t.delivery ->> 'zip' end as zip,
      case when t.delivery is null then c.address_hash else t.delivery ->> 'address_hash' end as address_hash,
      case when t.delivery is null then c.time_zone else t.delivery ->> 'time_zone' end as time_zone
    from jsonb_to_recordset($1::jsonb) as t(shop_id bigint, id uuid, orders_count int, total_spent bigint,
      first_order_at timestamptz, last_order_at timestamptz, locale text, delivery jsonb)
    join customer c on c.shop_id = t.shop_id and c.id = t.id
  )
  update customer c set orders_count = t.orders_count, total_spent = t.total_spent, first_order_at = t.first_order_at,
    last_order_at = t.last_order_at, active_at = t.active_at, locale = t.locale, country = t.country,
    province = t.province, city = t.city, zip = t.zip, address_hash = t.address_hash, time_zone = t.time_zone
  from told t
  where c.shop_id = t.shop_id and c.id = t.id and
    (c.orders_count, c.total_spent, c.first_order_at, c.last_order_at, c.active_at, c.locale, c.country, c.province, c.city,
      c.zip, c.address_hash, c.time_zone) is distinct from
    (t.orders_count, t.total_spent, t.first_order_at, t.last_order_at, t.active_at, t.locale, t.country, t.province, t.city,
      t.zip, t.address_hash, t.time_zone)`;

/** Saves what orders have counted. */
export async function saveCounters(tx: SqlTx, counters: readonly OrderCounters[]): Promise<void> {
  if (counters.length === 0) return;
  const rows = counters.map((row) => ({
    shop_id: row.shopId,
    id: row.id,
    orders_count: row.ordersCount,
    total_spent: row.totalSpent,
    first_order_at: row.firstOrderAt,
    last_order_at: row.lastOrderAt,
    locale: row.locale,
    delivery: row.delivery,
  }));
  await tx.sql(COUNTERS, [asRecords(rows)]);
}
