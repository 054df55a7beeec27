/** The page behind the link of a mail: everything of an order that can be reviewed, the shop itself last. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import { clockOf } from '../products/products.server.ts';
import type { Shop } from '../shops/shop.ts';
import { attributesOf, type Attribute } from './attributes.ts';
import { attributesIn } from './attributes.server.ts';
import type { ReviewLink } from './links.ts';
import { picturesOf, type ReviewPicture } from './photos.server.ts';
import { shownName, type HoldReason, type ReviewState } from './review.ts';

/** Something that can be reviewed, with what was written of it before. */
export interface Reviewable {
  /** Null: the shop. */
  productId: bigint | null;
  title: string;
  imageUrl: string | null;
  attributes: Attribute[];
  /** Stars that were pressed in the mail, chosen and not saved. */
  pressed?: number;
  written: Written | null;
}

export interface Written {
  id: string;
  stars: number;
  title: string | null;
  text: string | null;
  attributes: Record<string, number>;
  state: ReviewState;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: Date | null;
  /** Public answer of the shop. */
  reply: string | null;
  /** What was sent in with it; of imported ones nothing. */
  photos: ReviewPicture[];
}

export interface ReviewForm {
  /** Who writes, merges followed. */
  customerId: string;
  reader: { locale: string | null; shopLocale: string };
  country: string | null;
  /** As it is shown, or would be. */
  name: string | null;
  isTest: boolean;
  items: Reviewable[];
}

const WRITTEN = `
  select r.product_id as "productId", r.id, r.stars::int as stars, r.title, r.text, r.attributes, r.state,
    r.hold_reason as reason, r.held_by as "heldBy", r.due_at as "dueAt", r.reply, r.author_name as name
  from review r where r.shop_id = $1 and r.order_id = $2 and r.customer_id = $3`;

const TYPES = `select id, product_type as type from product where shop_id = $1 and id = any($2::bigint[])`;

/** What may be reviewed by this link, the product of the mail first; null when the customer or the order is gone. */
export async function reviewForm(tx: SqlTx, shop: Shop, link: ReviewLink): Promise<ReviewForm | null> {
  const customer = (await customersByIds(tx, [{ shopId: shop.id, id: link.customerId }])).get(
    link.customerId,
  );
  const orders = await ordersByIds(tx, [{ shopId: shop.id, id: link.orderId }]);
  const order = orders.get(`${shop.id}:${link.orderId}`);
  if (!customer || customer.erasedAt || !order || order.cancelledAt || order.deletedAt) return null;
  const rows = await tx.sql<Omit<Written, 'photos'> & { productId: bigint | null; name: string | null }>(
    WRITTEN,
    [shop.id, link.orderId, customer.id],
  );
  const titles = new Map(
    order.lines.flatMap((line) => (line.productId ? [[line.productId, line.title]] : [])),
  );
  const ids = [...titles.keys()].sort((a, b) => Number(b === link.productId) - Number(a === link.productId));
  const clocks = await clockOf(
    tx,
    ids.map((id) => ({ shopId: shop.id, id })),
  );
  const types = await tx.sql<{ id: bigint; type: string }>(TYPES, [shop.id, ids]);
  const attributes = await attributesIn(tx, shop.id);
  const pictures = await picturesOf(
    tx,
    shop.id,
    rows.map(({ id }) => id),
  );
  const writtenOf = (productId: bigint | null) => {
    const row = rows.find((each) => each.productId === productId);
    if (!row) return null;
    const { productId: _id, name: _name, ...written } = row;
    return { ...written, photos: pictures.get(row.id) ?? [] };
  };
  const products = ids.map((productId) => ({
    productId,
    title: clocks.get(productId)?.title || titles.get(productId)!,
    imageUrl: clocks.get(productId)?.imageUrl ?? null,
    attributes: attributesOf(attributes, types.find(({ id }) => id === productId)?.type ?? ''),
    written: writtenOf(productId),
  }));
  const ofShop = { productId: null, title: shop.name || shop.domain, imageUrl: null, attributes: [] };
  return {
    customerId: customer.id,
    reader: { locale: customer.locale, shopLocale: shop.locale },
    country: customer.country ?? order.country,
    name: rows.find(({ name }) => name !== null)?.name ?? shownName(customer.firstName, customer.lastName),
    isTest: order.test,
    items: products.length === 0 ? [] : [...products, { ...ofShop, written: writtenOf(null) }],
  };
}
