/** Steps that only a person can do: what is open, and that it was done. */
import { displayName } from '../customers/customer.ts';
import { addTimeline } from '../customers/customers.server.ts';
import type { ShopTx } from '../db.server.ts';
import type { OpenTasks } from './sequence.ts';

const OPEN = `
  select d.enrollment_id, d.step_key, d.what ->> 'title' as title, d.what ->> 'note' as note, d.at, d.customer_id,
    o.name as order_name, c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone,
    count(*) over ()::int as count
  from deed d join customer c on c.shop_id = d.shop_id and c.id = d.customer_id
  left join orders o on o.shop_id = d.shop_id and o.id = d.order_id
  where d.shop_id = $1 and d.kind = 'task' and d.state = 'waiting' and ($2::uuid is null or d.customer_id = $2::uuid)
  order by d.at, d.enrollment_id, d.step_key limit $3::int`;

interface OpenRow {
  enrollment_id: string;
  step_key: string;
  title: string;
  note: string;
  at: Date;
  customer_id: string;
  order_name: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  count: number;
}

/** See the door. */
export async function openTasks(
  tx: ShopTx,
  { customerId = null, limit }: { customerId?: string | null; limit: number },
): Promise<OpenTasks> {
  const rows = await tx.sql<OpenRow>(OPEN, [tx.shopId, customerId, limit]);
  return {
    count: rows[0]?.count ?? 0,
    oldest: rows.map((row) => ({
      enrollmentId: row.enrollment_id,
      stepKey: row.step_key,
      title: row.title,
      note: row.note,
      at: row.at,
      customerId: row.customer_id,
      customer: displayName(row),
      order: row.order_name,
    })),
  };
}

const FINISH = `
  with done as (
    update deed set state = 'done', reason = jsonb_build_object('by', $4::text), ended_at = $5
    where shop_id = $1 and enrollment_id = $2::uuid and step_key = $3 and kind = 'task' and state = 'waiting'
    returning shop_id, enrollment_id, customer_id, order_id, what ->> 'title' as title)
  select done.customer_id, done.order_id, done.title, coalesce(s.key, '') as sequence from done
  left join enrollment e on e.shop_id = done.shop_id and e.id = done.enrollment_id
  left join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id`;

/** See the door. */
export async function finishTask(
  tx: ShopTx,
  { enrollmentId, stepKey }: { enrollmentId: string; stepKey: string },
  staff: bigint,
  now: Date,
): Promise<boolean> {
  const by = String(staff);
  const [row] = await tx.sql<{
    customer_id: string;
    order_id: bigint | null;
    title: string;
    sequence: string;
  }>(FINISH, [tx.shopId, enrollmentId, stepKey, by, now]);
  if (!row) return false;
  const of = { shopId: tx.shopId, customerId: row.customer_id, orderId: row.order_id, at: now };
  const data = { sequence: row.sequence, step: stepKey, title: row.title, by };
  await addTimeline(tx, [{ ...of, kind: 'decision', code: 'task-done', data }], now);
  return true;
}
