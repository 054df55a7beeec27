/** The lists behind the figures of a sequence: who is inside now. */
import { cursorOf, isUuid, readCursor } from '../cursor.ts';
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';

export interface InsideRow {
  enrollmentId: string;
  customerId: string;
  customerName: string | null;
  orderName: string | null;
  /** Key of the step that is decided next; empty before the first one. */
  stepKey: string;
  startedAt: Date;
  /** When it goes on; null while the sequence is off. */
  dueAt: Date | null;
}

const INSIDE = `
  select e.id as "enrollmentId", e.customer_id as "customerId", o.name as "orderName", e.started_at as "startedAt",
    c.step_key as "stepKey", c.due_at as "dueAt",
    coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email) as "customerName"
  from enrollment e join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  left join customer p on p.shop_id = e.shop_id and p.id = e.customer_id
  left join orders o on o.shop_id = e.shop_id and o.id = e.order_id
  where e.shop_id = $1 and e.sequence_id = $2::uuid and e.state = 'open'
    and ($3::timestamptz is null or (e.started_at, e.id) < ($3, $4::uuid))
  order by e.started_at desc, e.id desc limit $5::int`;

/** See the door. `after` is `next` of the page before. */
export async function listInside(
  tx: ShopTx,
  sequenceId: string,
  { after = null, limit = 50 }: { after?: string | null; limit?: number },
): Promise<{ people: InsideRow[]; next: string | null }> {
  const from = readCursor(after);
  const values = [tx.shopId, sequenceId, from?.at ?? null, from?.id ?? null, limit + 1];
  const rows = await tx.sql<InsideRow>(INSIDE, values);
  const people = rows.slice(0, limit);
  const last = rows.length > limit ? people.at(-1) : undefined;
  return { people, next: last ? cursorOf(last.startedAt, last.enrollmentId) : null };
}

const HEAD = ['Since', 'Customer', 'Order', 'Next step', 'Goes on at'];
const CSV_PAGE = 1000;

/** See the door. */
export function insideCsv(db: Db, shopId: bigint, sequenceId: string): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const page = { after, limit: CSV_PAGE };
    const { people, next } = await db.inShop(shopId, (tx) => listInside(tx, sequenceId, page));
    const rows = people.map((row) => [
      row.startedAt,
      row.customerName,
      row.orderName,
      row.stepKey,
      row.dueAt,
    ]);
    return { rows, next };
  });
}

const NAME = `select name from sequence where shop_id = $1 and id = $2::uuid`;

/** See the door. Null: there is no such sequence. */
export async function nameOfSequence(tx: ShopTx, id: string): Promise<string | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.sql<{ name: string }>(NAME, [tx.shopId, id]);
  return row?.name ?? null;
}
