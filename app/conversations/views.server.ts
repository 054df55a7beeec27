/** Filters that somebody keeps. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { filterSchema, type InboxFilter } from './filter.ts';

export interface SavedView {
  id: string;
  name: string;
  filter: InboxFilter;
}

export async function savedViews(tx: ShopTx): Promise<SavedView[]> {
  const rows = await tx.sql<{ id: string; name: string; filter: unknown }>(
    'select id, name, filter from saved_view where shop_id = $1 order by name, id limit 100',
    [tx.shopId],
  );
  return rows.map((row) => ({ ...row, filter: filterSchema.parse(row.filter) }));
}

/** @returns its id; null where the name is empty or too long, or there are a hundred already */
export async function saveView(
  tx: ShopTx,
  name: string,
  filter: InboxFilter,
  now: Date,
): Promise<string | null> {
  const clean = name.trim();
  if (clean === '' || clean.length > 60 || (await savedViews(tx)).length >= 100) return null;
  const id = newId(now);
  await tx.sql(
    'insert into saved_view (shop_id, id, name, filter, created_at) values ($1, $2, $3, $4::jsonb, $5)',
    [tx.shopId, id, clean, filter, now],
  );
  return id;
}

export const deleteView = (tx: ShopTx, id: string) =>
  tx.sql('delete from saved_view where shop_id = $1 and id = $2', [tx.shopId, id]);
