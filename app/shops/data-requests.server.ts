/** Data requests as the merchant reads them, and what they hand on to who asked. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { RequestKind } from './compliance.server.ts';
import { csvOf } from './csv.ts';
import type { Counts } from './erasure.server.ts';

/** A request as Settings → Data shows it. */
export interface DataRequest {
  id: string;
  kind: RequestKind;
  state: 'waiting' | 'done' | 'refused';
  reason: string | null;
  requestedAt: Date;
  doneAt: Date | null;
  /** An export can be downloaded; of an erasure, what went, in counts by table. */
  hasExport: boolean;
  counts: Counts | null;
}

const LIST = `
  select id, kind, state, reason, requested_at as "requestedAt", done_at as "doneAt",
    kind = 'export' and result is not null as "hasExport", case when kind <> 'export' then result end as counts
  from data_request where shop_id = $1 and ($2::timestamptz is null or (requested_at, id) < ($2, $3::uuid))
  order by requested_at desc, id desc limit $4::int`;

const PAGE = 100;

/** The newest hundred, newest first; those before a moment and id with `after`. */
export function dataRequests(tx: ShopTx, after: string | null = null, limit = PAGE): Promise<DataRequest[]> {
  const from = readCursor(after);
  return tx.sql<DataRequest>(LIST, [tx.shopId, from?.at ?? null, from?.id ?? null, limit]);
}

const HEAD = ['Asked at', 'What for', 'State', 'Reason', 'Done at', 'Rows erased'];

const erasedOf = (counts: Counts | null) =>
  counts && Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Every data request, with the receipt of an erasure as how many rows went. */
export function dataRequestsCsv(db: Db, shopId: bigint): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const requests = await db.inShop(shopId, (tx) => dataRequests(tx, after));
    const last = requests.length === PAGE ? requests.at(-1) : undefined;
    return {
      rows: requests.map(({ requestedAt, kind, state, reason, doneAt, counts }) => [
        requestedAt,
        kind,
        state,
        reason,
        doneAt,
        erasedOf(counts),
      ]),
      next: last ? cursorOf(last.requestedAt, last.id) : null,
    };
  });
}

/** What the merchant hands to the customer who asked, as JSON text; null when there is none (any more). */
export async function dataExport(tx: ShopTx, requestId: string): Promise<string | null> {
  const [row] = await tx.sql<{ result: string | null }>(
    `select jsonb_pretty(result) as result from data_request where shop_id = $1 and id::text = $2 and kind = 'export'`,
    [tx.shopId, requestId],
  );
  return row?.result ?? null;
}

const FORGET_EXPORTS = `
  update data_request set result = null, customer_ref = null
  where kind = 'export' and result is not null and done_at < $1::timestamptz - interval '30 days'`;

/** Exports are there for 30 days. For housekeeping. */
export const forgetOldExports = (tx: SqlTx, now: Date) => tx.sql(FORGET_EXPORTS, [now]);
