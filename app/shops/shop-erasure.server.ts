/** Erasing a shop that is gone, and what is left of a former installation of one that is back. */
import type { Db, SqlTx } from '../db.server.ts';
import type { Counts } from './erasure.server.ts';
import { PERSONAL } from './erasure.ts';
import { OUTLIVES_SHOP } from './impersonal.ts';
import type { Shop } from './shop.ts';

const TENANT_TABLES = `
  select c.table_name as name from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and c.column_name = 'shop_id' and t.table_type = 'BASE TABLE' order by 1`;
const CLEAR_REQUESTS = `
  update data_request set subject = null, customer_ref = null, result = case when kind = 'export' then null else result end
  where shop_id = $1`;
const CLEAR_SHOP = `
  update shop set status = 'erased', shopify_id = null, name = '', email = null, country = null, url = null, settings = '{}',
    setup_dismissed_at = null, updated_at = $2 where id = $1 and status <> 'installed' returning domain`;

/** Rows that one transaction deletes at most, so that a large shop holds up nobody. */
const CHUNK = 5_000;

/**
 * Erases a shop that is gone, piece by piece; safe to repeat after a crash. Its row stays as a mark, blank.
 * @returns the receipt, in counts; null when the shop has installed again meanwhile
 */
export async function eraseShop(db: Pick<Db, 'acrossShops'>, shop: Shop, now: Date): Promise<Counts | null> {
  const marked = await db.acrossShops(async (tx) => {
    const [row] = await tx.sql<{ domain: string }>(CLEAR_SHOP, [shop.id, now]);
    if (!row) return false;
    await tx.sql('delete from shopify_session where shop = $1', [row.domain]);
    await tx.sql('delete from stray_webhook where domain = $1', [row.domain]);
    await tx.sql(CLEAR_REQUESTS, [shop.id]);
    return true;
  });
  if (!marked) return null;
  const tables = await db.acrossShops((tx) => tx.sql<{ name: string }>(TENANT_TABLES));
  const counts: Counts = {};
  for (const { name } of tables) {
    if (OUTLIVES_SHOP.includes(name)) continue;
    const deleted = await deleteAll(db, name, shop);
    if (deleted > 0) counts[name] = deleted;
  }
  return counts;
}

/** Stops by itself when the shop installs again: what the new installation writes is not this erasure's. */
async function deleteAll(db: Pick<Db, 'acrossShops'>, table: string, shop: Shop): Promise<number> {
  const text = `
    with changed as (
      delete from ${table} where ctid = any(array(select ctid from ${table} where shop_id = $1
        and exists (select 1 from shop where id = $1 and status = 'erased') limit ${CHUNK})) returning 1
    ) select count(*) from changed`;
  for (let total = 0; ;) {
    const [row] = await db.acrossShops((tx) => tx.sql<{ count: bigint }>(text, [shop.id]));
    total += Number(row!.count);
    if (Number(row!.count) < CHUNK) return total;
  }
}

/** Erases what is left of the time before a shop installed again (H8): the present installation's own stays. */
export async function eraseFormerEpoch(tx: SqlTx, shop: Shop, installedAt: Date): Promise<Counts> {
  const counts: Counts = {};
  for (const { table, former } of PERSONAL) {
    if (!former) continue;
    const text = `
      with given as (select $1::bigint, $2::timestamptz, $3::int),
        changed as (delete from ${table} t where t.shop_id = $1 and (${former}) returning 1)
      select count(*) from changed`;
    const [row] = await tx.sql<{ count: bigint }>(text, [shop.id, installedAt, shop.epoch]);
    if (row!.count > 0n) counts[table] = Number(row!.count);
  }
  await tx.sql(CLEAR_REQUESTS, [shop.id]);
  return counts;
}
