/** What orders count of their customers. */
import type { SqlTx } from '../db.server.ts';
import type { CustomerRef } from './customer.ts';
import type { CustomerRecord } from './record.ts';
import { asRecords } from './rows.server.ts';

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
