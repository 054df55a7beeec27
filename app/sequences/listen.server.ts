/** Something happened to customers: what waits for such is looked at again at once. */
import type { SqlTx } from '../db.server.ts';

const WAKE = `
  with held as (
    select c.shop_id, c.enrollment_id
    from (select distinct * from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)) t
    join enrollment e on e.shop_id = t.shop_id and e.customer_id = t.customer_id and e.state = 'open'
    join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
    where c.listens and c.due_at > $3
    order by c.shop_id, c.enrollment_id for update of c
  )
  update enrollment_cursor c set due_at = $3 from held
  where c.shop_id = held.shop_id and c.enrollment_id = held.enrollment_id
  returning 1`;

/** Makes due what listens to these customers. @returns how many enrollments */
export async function wake(
  tx: SqlTx,
  people: readonly { shopId: bigint; id: string }[],
  now: Date,
): Promise<number> {
  if (people.length === 0) return 0;
  const rows = await tx.sql(WAKE, [people.map(({ shopId }) => shopId), people.map(({ id }) => id), now]);
  return rows.length;
}
