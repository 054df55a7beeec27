/** Who looked at customers' data: written down as it happens, and read by the merchant. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { csvOf } from './csv.ts';

/** What a member of the staff did with protected customer data, or a program of the shop's at all. */
export interface Access {
  /** Shopify's id of the staff member, or `token:` and the id of a program's token */
  actor: bigint | `token:${string}`;
  /** customer.viewed, customers.searched, answers.exported… */
  action: string;
  customerId?: string | null;
}

const RECORD = `
  insert into access_log (shop_id, id, at, actor, action, customer_id) values ($1, $2::uuid, $3, $4, $5, $6::uuid)`;

/** Writes down who looked at customers, as Shopify's rules for protected data want it. */
export async function recordAccess(tx: ShopTx, access: Access, now: Date): Promise<void> {
  const { actor, action, customerId = null } = access;
  await tx.sql(RECORD, [tx.shopId, newId(now), now, actor, action, customerId]);
}

export interface AccessRow {
  id: string;
  at: Date;
  /** As it was written down: Shopify's id of the staff member, or `token:` and the id of a program's token. */
  actor: string;
  /** The staff member's name, where Shopify has told it. */
  staffName: string | null;
  /** What the token is for; null for staff, and once the token is revoked. */
  program: string | null;
  action: string;
  customerId: string | null;
  /** Null where nobody in particular was looked at, and once they were erased. */
  customerName: string | null;
}

const PAGE = `
  select l.id, l.at, l.actor, l.action, l.customer_id as "customerId", t.name as program, m.name as "staffName",
    coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email) as "customerName"
  from access_log l left join customer p on p.shop_id = l.shop_id and p.id = l.customer_id
    left join api_token t on t.shop_id = l.shop_id and 'token:' || t.id = l.actor
    left join staff_member m on m.shop_id = l.shop_id and m.user_id::text = l.actor
  where l.shop_id = $1 and ($2::timestamptz is null or (l.at, l.id) < ($2, $3::uuid))
  order by l.at desc, l.id desc limit $4::int`;

/** A page of the access log, newest first; `after` is `next` of the page before. */
export async function accessLog(
  tx: ShopTx,
  { after = null, limit = 50 }: { after?: string | null; limit?: number } = {},
): Promise<{ rows: AccessRow[]; next: string | null }> {
  const from = readCursor(after);
  const found = await tx.sql<AccessRow>(PAGE, [tx.shopId, from?.at ?? null, from?.id ?? null, limit + 1]);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? cursorOf(last.at, last.id) : null };
}

const HEAD = ['When', 'Who', 'Name', 'Program', 'What', 'Customer', 'Customer id'];
const CSV_PAGE = 1000;

/** The whole access log. */
export function accessLogCsv(db: Db, shopId: bigint): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const { rows, next } = await db.inShop(shopId, (tx) => accessLog(tx, { after, limit: CSV_PAGE }));
    const cells = rows.map(({ at, actor, staffName, program, action, customerName, customerId }) => [
      at,
      actor,
      staffName,
      program,
      action,
      customerName,
      customerId,
    ]);
    return { rows: cells, next };
  });
}
