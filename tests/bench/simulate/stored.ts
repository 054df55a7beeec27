/** The same from a shop's tables: reading them in pages is part of what a merchant waits for. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDb } from '../../../app/db.server.ts';
import { DEFAULT_SEQUENCES } from '../../../app/sequences/defaults/defaults.ts';
import { planSchema } from '../../../app/sequences/plan.ts';
import { askSimulation, simulate, simulationOf } from '../../../app/sequences/sequences.server.ts';
import { startPostgres } from '../../../scripts/postgres.mjs';

const NOW = new Date('2026-05-04T10:00:00Z');

const SHOP = `
  insert into shop (domain, name, time_zone, installed_at, created_at, updated_at)
  values ('bench.myshopify.com', 'A shop', 'Europe/Berlin', $1, $1, $1) returning id`;

const SEQUENCE = `
  with s as (
    insert into sequence (shop_id, id, key, name, status, live_version, created_at, updated_at)
    values ($1, gen_random_uuid(), 'bench', 'Bench', 'on', 1, $3, $3) returning shop_id, id
  ), v as (
    insert into sequence_version (shop_id, sequence_id, version, plan, published_at)
    select shop_id, id, 1, $2::jsonb, $3 from s
  )
  select id from s`;

/** Two orders a customer, each sent in one parcel, with one product. */
const ORDERS = `
  with person as (
    insert into customer (shop_id, id, email, first_name, time_zone, orders_count, created_at, updated_at)
    select $1, gen_random_uuid(), 'p' || n || '@example.com', 'Ana', (array['Europe/Berlin', 'America/New_York'])[1 + n % 2],
      2, $2, $2
    from generate_series(1, $3::int / 2) n returning id
  ), consented as (
    insert into consent (shop_id, customer_id, channel, state, source, at)
    select $1, id, 'email', 'subscribed', 'shopify', $2::timestamptz - interval '1 year' from person
  ), numbered as (
    select id, 2 * row_number() over () + twice as n from person cross join generate_series(0, 1) twice
  ), bought as (
    insert into orders (shop_id, id, name, customer_id, currency, total, present_currency, present_total, source,
      placed_at, paid_at, fulfilled_at, snapshot_at)
    select $1, n, '#' || n, id, 'EUR', 4900, 'EUR', 4900, 'web', at, at, at + interval '1 day', at
    from numbered cross join lateral (select $2::timestamptz - (n * 7919 % 8900) * interval '1 day' / 100 as at) t
    returning id, placed_at
  ), line as (
    insert into order_line (shop_id, order_id, id, product_id, title, quantity, current_quantity, price)
    select $1, id, id, 70 + id % 40, 'A pan', 1, 1, 4900 from bought returning id
  ), parcel as (
    insert into shipment (shop_id, id, order_id, status, shipped_at, delivered_at, snapshot_at)
    select $1, id, id, 'delivered', placed_at + interval '1 day', placed_at + interval '3 days', placed_at from bought
    returning id
  )
  insert into shipment_line (shop_id, shipment_id, line_id, quantity) select $1, id, id, 1 from parcel`;

/** @returns seconds from the chore's begin to its report, over so many orders, and enrollments of it */
export async function stored(orders: number): Promise<{ seconds: number; enrolled: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-bench-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dir: path.join(folder, 'pg') });
  const url = server.url('postgres');
  const env = { ...process.env, DATABASE_URL: url };
  execFileSync(process.execPath, ['scripts/migrate.mjs', 'deploy'], { env, stdio: 'ignore' });
  const owner = new pg.Client(url);
  await owner.connect();
  const db = openDb({ url });
  try {
    const { rows: shops } = await owner.query<{ id: string }>(SHOP, [NOW]);
    const shopId = BigInt(shops[0]!.id);
    const review = DEFAULT_SEQUENCES.find(({ key }) => key === 'review')!;
    const plan = JSON.stringify(planSchema.parse(review.plan));
    const { rows } = await owner.query<{ id: string }>(SEQUENCE, [shops[0]!.id, plan, NOW]);
    const { id } = rows[0]!;
    await owner.query(ORDERS, [shops[0]!.id, NOW, orders]);
    await owner.query('vacuum analyze');
    const asked = await db.inShop(shopId, (tx) => askSimulation(tx, id, async () => {}, NOW));
    if (asked.outcome !== 'asked') throw new Error(asked.outcome);
    const started = performance.now();
    const payload = { shopId: String(shopId), simulationId: asked.id };
    await simulate({ db, hashKey: new Uint8Array(32), texts: false }, payload, NOW);
    const seconds = (performance.now() - started) / 1000;
    const view = await db.inShop(shopId, (tx) => simulationOf(tx, id));
    return { seconds, enrolled: view!.report!.draft.enrolled };
  } finally {
    await db.close();
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
