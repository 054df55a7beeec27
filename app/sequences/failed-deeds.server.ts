/** Deeds that could not be done: the list of them, and one more try. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { gist, type DeedReason, type KeptStep } from './deed.ts';

export interface FailedDeed {
  enrollmentId: string;
  stepKey: string;
  kind: KeptStep['kind'];
  /** "vip, gold", "custom.size", "hooks.example.com" */
  what: string;
  customerId: string;
  customerName: string | null;
  orderName: string | null;
  /** Null: the sequence was deleted. */
  sequence: string | null;
  reason: DeedReason;
  /** When it was given up. */
  endedAt: Date;
}

const FAILED = `
  select d.enrollment_id as "enrollmentId", d.step_key as "stepKey", d.kind, d.what, d.customer_id as "customerId",
    d.reason, d.ended_at as "endedAt", o.name as "orderName", s.name as sequence,
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName"
  from deed d
  left join customer c on c.shop_id = d.shop_id and c.id = d.customer_id
  left join orders o on o.shop_id = d.shop_id and o.id = d.order_id
  left join enrollment e on e.shop_id = d.shop_id and e.id = d.enrollment_id
  left join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
  where d.shop_id = $1 and d.state = 'failed'
    and ($2::timestamptz is null or (d.ended_at, d.enrollment_id) < ($2, $3::uuid))
  order by d.ended_at desc, d.enrollment_id desc, d.step_key limit $4::int`;

type Row = Omit<FailedDeed, 'what'> & { what: KeptStep };

/** See the door. `after` is `next` of the page before. */
export async function listFailedDeeds(
  tx: ShopTx,
  { after = null, limit = 50 }: { after?: string | null; limit?: number },
): Promise<{ deeds: FailedDeed[]; next: string | null }> {
  const from = readCursor(after);
  const rows = await tx.sql<Row>(FAILED, [tx.shopId, from?.at ?? null, from?.id ?? null, limit + 1]);
  const deeds = rows.slice(0, limit).map((row) => ({ ...row, what: gist(row.what) }));
  const last = rows.length > limit ? deeds.at(-1) : undefined;
  return { deeds, next: last ? cursorOf(last.endedAt, last.enrollmentId) : null };
}

const HEAD = ['Given up at', 'Customer', 'Order', 'Sequence', 'Step', 'What', 'Why', 'What was said'];

/** See the door. */
export function failedDeedsCsv(db: Db, shopId: bigint): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const { deeds, next } = await db.inShop(shopId, (tx) => listFailedDeeds(tx, { after, limit: 1000 }));
    const rows = deeds.map(({ endedAt, customerName, orderName, sequence, stepKey, kind, what, reason }) => {
      return [
        endedAt,
        customerName,
        orderName,
        sequence,
        stepKey,
        `${kind} ${what}`,
        reason.code,
        reason.said ?? null,
      ];
    });
    return { rows, next };
  });
}

/** One of them; without it, all. */
export interface Again {
  one?: { enrollmentId: string; stepKey: string };
}

const AGAIN = `
  update deed set state = 'waiting', reason = '{}', attempts = 0, due_at = $4, again_at = $4, ended_at = null
  where shop_id = $1 and state = 'failed' and ($2::uuid is null or (enrollment_id = $2 and step_key = $3))
  returning 1`;

/** See the door. @returns how many are tried again; none where they were dealt with already */
export async function retryDeeds(tx: ShopTx, { one }: Again, now: Date): Promise<number> {
  const rows = await tx.sql(AGAIN, [tx.shopId, one?.enrollmentId ?? null, one?.stepKey ?? null, now]);
  return rows.length;
}
