/** A shop with one sequence and customers who ordered; each builder inserts the least that is valid. */
import type { Db } from '../../../app/db.server.ts';
import { newId } from '../../../app/ids.ts';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { enroll, makeSequencesLoop, readFacts } from '../../../app/sequences/sequences.server.ts';
import type { Happened } from '../../../app/sequences/sequence.ts';
import type { EngineDeps } from '../../../app/sequences/source.ts';

export const NOON = new Date('2026-05-04T10:00:00Z');
export const later = (hours: number, from = NOON) => new Date(from.getTime() + hours * 3_600_000);

/** Two days, then an ask. */
export const ASK_AFTER_TWO_DAYS: PlanInput = {
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'wait',
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 2 } }, next: 'ask' },
    { kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: null },
  ],
};

/** An ask at once. */
export const ASK_AT_ONCE: PlanInput = {
  ...ASK_AFTER_TWO_DAYS,
  start: 'ask',
  steps: [{ kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: null }],
};

let counter = 0;

export async function aSequence(
  db: Db,
  shopId: bigint,
  plan: PlanInput = ASK_AFTER_TWO_DAYS,
  with_: { key?: string; status?: string } = {},
): Promise<string> {
  const id = newId(NOON);
  await db.sqlAcrossShops(
    `with s as (
       insert into sequence (shop_id, id, key, name, status, live_version, created_at, updated_at)
       values ($1, $2, $3, 'A sequence', $4, 1, $5, $5))
     insert into sequence_version (shop_id, sequence_id, version, plan, published_at) values ($1, $2, 1, $6::jsonb, $5)`,
    [shopId, id, with_.key ?? `sequence-${++counter}`, with_.status ?? 'on', NOON, planSchema.parse(plan)],
  );
  return id;
}

export async function aCustomer(db: Db, shopId: bigint): Promise<string> {
  const id = newId(NOON);
  await db.sqlAcrossShops(
    `insert into customer (shop_id, id, email, first_name, time_zone, created_at, updated_at)
     values ($1, $2, $3, 'Ana', 'Europe/Berlin', $4, $4)`,
    [shopId, id, `ana-${id}@example.com`, NOON],
  );
  return id;
}

export async function anOrder(
  db: Db,
  shopId: bigint,
  customerId: string,
  with_: {
    source?: string;
    test?: boolean;
    total?: bigint;
    paidAt?: Date;
    products?: [bigint, bigint][];
  } = {},
): Promise<bigint> {
  const id = BigInt(++counter) + 5_000_000n;
  await db.sqlAcrossShops(
    `insert into orders (shop_id, id, name, customer_id, currency, total, present_currency, present_total, source, test,
       placed_at, paid_at, snapshot_at)
     values ($1, $2, '#1001', $3, 'EUR', $4, 'EUR', $4, $5, $6, $7, $7, $7)`,
    [
      shopId,
      id,
      customerId,
      with_.total ?? 4900n,
      with_.source ?? 'web',
      with_.test ?? false,
      with_.paidAt ?? NOON,
    ],
  );
  const products = with_.products ?? [[70n, 4900n]];
  await db.sqlAcrossShops(
    `insert into order_line (shop_id, order_id, id, product_id, title, quantity, current_quantity, price)
     select $1::bigint, $2::bigint, $2::bigint * 100 + position, product_id, 'A pan', 1, 1, price
     from unnest($3::bigint[], $4::bigint[]) with ordinality as t(product_id, price, position)`,
    [shopId, id, products.map(([product]) => product), products.map(([, price]) => price)],
  );
  return id;
}

/** A parcel with some lines of the order (all of them without `lines`), delivered. */
export async function aShipment(
  db: Db,
  shopId: bigint,
  orderId: bigint,
  with_: { deliveredAt?: Date; lines?: number[] } = {},
): Promise<bigint> {
  const id = BigInt(++counter) + 9_000_000n;
  await db.sqlAcrossShops(
    `insert into shipment (shop_id, id, order_id, status, shipped_at, delivered_at, snapshot_at)
     values ($1, $2, $3, 'delivered', $4, $4, $4)`,
    [shopId, id, orderId, with_.deliveredAt ?? NOON],
  );
  await db.sqlAcrossShops(
    `insert into shipment_line (shop_id, shipment_id, line_id, quantity)
     select shop_id, $2::bigint, id, quantity from order_line
     where shop_id = $1 and order_id = $3 and ($4::bigint[] is null or id - order_id * 100 = any($4::bigint[]))`,
    [shopId, id, orderId, with_.lines?.map(BigInt) ?? null],
  );
  return id;
}

export function paid(shopId: bigint, customerId: string, orderId: bigint, at = NOON): Happened {
  return { shopId, trigger: 'order.paid', customerId, orderId, at, data: {} };
}

/** So many customers, each with a paid order, each enrolled. */
export async function manyEnrolled(db: Db, shopId: bigint, count: number, now = NOON): Promise<Happened[]> {
  const happened: Happened[] = [];
  for (let i = 0; i < count; i++) {
    const customerId = await aCustomer(db, shopId);
    happened.push(paid(shopId, customerId, await anOrder(db, shopId, customerId)));
  }
  await db.acrossShops((tx) => enroll(tx, happened, now));
  return happened;
}

/** Advances until nothing is due. @returns enrollments dealt with in all */
export async function runDue(db: Db, now: Date, deps: Partial<EngineDeps> = {}): Promise<number> {
  const round = makeSequencesLoop({ db, facts: readFacts, ...deps });
  let total = 0;
  for (let done = await round(now); done > 0; done = await round(now)) total += done;
  return total;
}

export interface MessageRow {
  key: string;
  state: string;
  template_key: string;
  customer_id: string;
  data: Record<string, unknown>;
}

export const messagesIn = (db: Db, shopId: bigint) =>
  db.sqlAcrossShops<MessageRow>(
    'select key, state, template_key, customer_id, data from message where shop_id = $1 order by planned_at, key',
    [shopId],
  );

export interface EnrollmentRow {
  id: string;
  sequence_id: string;
  customer_id: string;
  state: string;
  reason: string | null;
  subject: string;
  version: number;
}

export const enrollmentsIn = (db: Db, shopId: bigint) =>
  db.sqlAcrossShops<EnrollmentRow>(
    'select id, sequence_id, customer_id, state, reason, subject, version from enrollment where shop_id = $1 order by started_at, subject',
    [shopId],
  );

export interface CursorRow {
  enrollment_id: string;
  step_key: string;
  due_at: Date | null;
  attempts: number;
}

export const cursorsIn = (db: Db, shopId: bigint) =>
  db.sqlAcrossShops<CursorRow>(
    'select enrollment_id, step_key, due_at, attempts from enrollment_cursor where shop_id = $1 order by enrollment_id',
    [shopId],
  );

export async function outcomesOf(db: Db, shopId: bigint): Promise<string[]> {
  const rows = await db.sqlAcrossShops<{ outcome: string; code: string }>(
    `select outcome, reason->>'code' as code from decision where shop_id = $1 order by at, id`,
    [shopId],
  );
  return rows.map((row) => `${row.outcome} ${row.code}`);
}
