/** Finding shops. */
import type { SqlTx } from '../db.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from './shop.ts';

/** @param domain name.myshopify.com; a shop that uninstalled or was erased is found too: look at `status` */
export async function findShop(tx: SqlTx, domain: string): Promise<Shop | null> {
  const [row] = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where domain = $1`, [domain]);
  return row ? shopOfRow(row) : null;
}

export async function shopById(tx: SqlTx, id: bigint): Promise<Shop | null> {
  const [row] = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where id = $1`, [id]);
  return row ? shopOfRow(row) : null;
}

/** Those of `ids` that exist. In a transaction bound to one shop only that one is found. */
export async function shopsByIds(tx: SqlTx, ids: Iterable<bigint>): Promise<Map<bigint, Shop>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.sql<ShopRow>(`select ${SHOP_COLUMNS} from shop where id = any($1::bigint[])`, [
    wanted,
  ]);
  return new Map(rows.map((row) => [row.id, shopOfRow(row)]));
}
