/** The products page: by name, page by page. */
import type { SqlTx } from '../db.server.ts';
import { webAddress } from '../web-address.ts';

export interface ListedProduct {
  id: bigint;
  title: string;
  productType: string;
  imageUrl: string | null;
}

export interface ProductAsk {
  /** A part of the title. */
  text?: string;
  /** Id of the last product of the page before. */
  after?: string | null;
  limit?: number;
}

const LIST = `
  select id, title, product_type as "productType", image_url as "imageUrl" from product
  where shop_id = $1 and deleted_at is null and ($2 = '' or title ilike '%' || $2 || '%')
    and ($3::bigint is null or (title, id) > (select title, id from product where shop_id = $1 and id = $3))
  order by title, id limit $4::int`;

/** Products by name. */
export async function listProducts(
  tx: SqlTx,
  shopId: bigint,
  { text = '', after, limit = 50 }: ProductAsk,
): Promise<{ products: ListedProduct[]; next: string | null }> {
  const part = text.replace(/[\\%_]/g, '\\$&');
  const rows = await tx.sql<ListedProduct>(LIST, [shopId, part, idIn(after), limit + 1]);
  const products = rows
    .slice(0, limit)
    .map((product) => ({ ...product, imageUrl: webAddress(product.imageUrl) }));
  return { products, next: rows.length > limit ? String(products.at(-1)!.id) : null };
}

/** Null for what is no id: the list begins at its beginning. */
function idIn(text: string | null | undefined): bigint | null {
  if (!text || !/^[1-9]\d{0,18}$/.test(text)) return null;
  const id = BigInt(text);
  return BigInt.asIntN(64, id) === id ? id : null;
}
