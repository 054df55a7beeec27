/**
 * Shops and sequences as they stand while a batch is worked on. Their rows are locked against change: what uninstalls,
 * switches off or publishes waits for the batch, and nothing is planned after it has committed.
 * Rows that somebody is changing are passed over, never waited for, so that no two can wait for each other.
 */
import type { SqlTx } from '../db.server.ts';
import { readSettings, type ShopSettings } from '../shops/settings.ts';
import type { Claimed } from './claim.server.ts';

export interface LiveShop {
  id: bigint;
  epoch: number;
  timeZone: string;
  locale: string;
  rhythm: ShopSettings['rhythm'];
}

const SHOPS = `
  select id, epoch, time_zone, locale, settings from shop
  where id = any($1::bigint[]) and status = 'installed' order by id for share skip locked`;

/** Installed shops by id. */
export async function lockShops(tx: SqlTx, ids: readonly bigint[]): Promise<Map<bigint, LiveShop>> {
  const rows = await tx.sql<{
    id: bigint;
    epoch: number;
    time_zone: string;
    locale: string;
    settings: unknown;
  }>(SHOPS, [ids]);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        epoch: row.epoch,
        timeZone: row.time_zone,
        locale: row.locale,
        rhythm: readSettings(row.settings).rhythm,
      },
    ]),
  );
}

const SEQUENCES = `
  select s.id, s.key, s.status from sequence s
  join unnest($1::bigint[], $2::uuid[]) as w(shop_id, id) on s.shop_id = w.shop_id and s.id = w.id
  order by s.shop_id, s.id for share of s skip locked`;

export interface LiveSequence {
  key: string;
  on: boolean;
}

/** Sequences of the rows by id. */
export async function lockSequences(tx: SqlTx, rows: readonly Claimed[]): Promise<Map<string, LiveSequence>> {
  const refs = [...new Map(rows.map((row) => [row.sequenceId, row])).values()];
  const found = await tx.sql<{ id: string; key: string; status: string }>(SEQUENCES, [
    refs.map((ref) => ref.shopId),
    refs.map((ref) => ref.sequenceId),
  ]);
  return new Map(found.map((row) => [row.id, { key: row.key, on: row.status === 'on' }]));
}
