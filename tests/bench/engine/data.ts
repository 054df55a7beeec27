/** People inside a sequence by the hundred thousand. */
import type pg from 'pg';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';

/** Late morning in Berlin, tomorrow: what is due then or later is never due to a worker that goes by the real clock. */
export const NOW = new Date(new Date().setUTCHours(34, 0, 0, 0));

/** A mail a week, for as long as the bench lasts. */
const PLAN: PlanInput = {
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'wait-0',
  steps: Array.from({ length: 20 }, (_, step): PlanInput['steps'] => [
    {
      kind: 'wait',
      key: `wait-${step}`,
      until: { after: { days: step * 7 }, awake: true },
      next: `mail-${step}`,
    },
    {
      kind: 'message',
      key: `mail-${step}`,
      class: 'ask',
      template: `mail-${step}`,
      uselessAfter: { days: 14 },
      next: step < 19 ? `wait-${step + 1}` : null,
    },
  ]).flat(),
  exits: [{ key: 'ordered-again', when: { fact: 'customer.ordered-since', is: 'at-least', value: 5 } }],
};

const SHOP = `
  with shop as (
    insert into shop (domain, name, time_zone, installed_at, created_at, updated_at)
    values ($1, 'A shop', 'Europe/Berlin', $2, $2, $2) returning id
  ), sequence as (
    insert into sequence (shop_id, id, key, name, status, live_version, created_at, updated_at)
    select id, uuidv7(), 'bench', 'Bench', 'on', 1, $2, $2 from shop returning shop_id, id
  ), version as (
    insert into sequence_version (shop_id, sequence_id, version, plan, published_at)
    select shop_id, id, 1, $3::jsonb, $2 from sequence
  )
  select shop_id, id from sequence`;

const PEOPLE = `
  with person as (
    insert into customer (shop_id, id, email, first_name, country, time_zone, orders_count, last_order_at, created_at, updated_at)
    select $1, uuidv7(), 'p' || n || '@example.com', 'Ana', 'DE', 'Europe/Berlin', 1, $3, $3, $3
    from generate_series(1, $4::int) n returning id
  ), agreed as (
    insert into consent (shop_id, customer_id, channel, state, source, at)
    select $1, id, 'email', 'subscribed', 'shopify', $3 from person
  ), numbered as (
    select id, row_number() over () + coalesce((select max(id) from orders where shop_id = $1), 0) as order_id from person
  ), bought as (
    insert into orders (shop_id, id, name, customer_id, currency, total, present_currency, present_total, source, placed_at,
      paid_at, snapshot_at)
    select $1, order_id, '#' || order_id, id, 'EUR', 4900, 'EUR', 4900, 'web', $3, $3, $3 from numbered
  ), line as (
    insert into order_line (shop_id, order_id, id, product_id, title, quantity, current_quantity, price)
    select $1, order_id, order_id, 1, 'Linen apron', 1, 1, 4900 from numbered
  ), enrolled as (
    insert into enrollment (shop_id, id, sequence_id, version, customer_id, order_id, subject, epoch, state, anchor_at, started_at)
    select $1, uuidv7(), $2, 1, id, order_id, 'order:' || order_id, 1, 'open', $3, $3 from numbered
    returning id
  )
  insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
  select $1, id, $2, 1, 'wait-0', $3, $3::timestamptz + $5::interval * random() from enrolled`;

/** Pending people have no customer or order behind them: nobody looks at those before they are due. */
const PENDING = `
  with enrolled as (
    insert into enrollment (shop_id, id, sequence_id, version, customer_id, subject, epoch, state, anchor_at, started_at)
    select $1, uuidv7(), $2, 1, uuidv7(), 'pending:' || uuidv7(), 1, 'open', $3, $3
    from generate_series(1, $4::int) returning id
  )
  insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
  select $1, id, $2, 1, 'wait-1', $3, $3::timestamptz + interval '1 day' + interval '60 days' * random() from enrolled`;

export interface BenchShop {
  id: string;
  sequenceId: string;
}

let shops = 0;

export async function aBenchShop(owner: pg.Client): Promise<BenchShop> {
  const { rows } = await owner.query(SHOP, [
    `bench-${++shops}.myshopify.com`,
    NOW,
    JSON.stringify(planSchema.parse(PLAN)),
  ]);
  const [row] = rows as { shop_id: string; id: string }[];
  return { id: row!.shop_id, sequenceId: row!.id };
}

/** So many people of one shop, due at once (or spread over the interval that is given). */
export async function addDue(
  owner: pg.Client,
  shop: BenchShop,
  count: number,
  { spread = '0', at = NOW } = {},
): Promise<void> {
  await owner.query(PEOPLE, [shop.id, shop.sequenceId, at, count, spread]);
}

/** So many people of one shop who wait for the next two months. */
export async function addPending(owner: pg.Client, shop: BenchShop, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 100_000) {
    await owner.query(PENDING, [shop.id, shop.sequenceId, NOW, Math.min(left, 100_000)]);
  }
}
