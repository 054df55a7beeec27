/** The attributes that a merchant asks for. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Attribute } from './attributes.ts';

const ALL = `
  select product_type as "productType", key, label, low, high from review_attribute
  where shop_id = $1 order by product_type, position`;

export const attributesIn = (tx: SqlTx, shopId: bigint): Promise<Attribute[]> =>
  tx.sql<Attribute>(ALL, [shopId]);

const CLEAR = `delete from review_attribute where shop_id = $1`;
const SAVE = `
  insert into review_attribute (shop_id, product_type, key, position, label, low, high)
  select $1, a->>'productType', a->>'key', n, a->'label', a->'low', a->'high'
  from jsonb_array_elements($2::jsonb) with ordinality as t(a, n)`;

/** What is asked from now on; what was said before keeps its values. */
export async function saveAttributes(tx: ShopTx, attributes: readonly Attribute[]): Promise<void> {
  await tx.sql(CLEAR, [tx.shopId]);
  await tx.sql(SAVE, [tx.shopId, JSON.stringify(attributes)]);
}
