/** Body of products/update. */
import { z } from 'zod';
import type { ProductSnapshot } from '../../products/product.ts';
import { id, moment, text, type Context } from './fields.ts';

const product = z.object({
  id,
  title: text,
  handle: text,
  updated_at: moment,
  product_type: text.nullish(),
  vendor: text.nullish(),
  tags: z.union([text, z.array(text)]).nullish(),
  status: text.nullish(),
  image: z.object({ src: text.nullish() }).nullish(),
});

export function readProduct(body: unknown, { shop }: Context): ProductSnapshot {
  const given = product.parse(body);
  const tags = typeof given.tags === 'string' ? given.tags.split(',') : (given.tags ?? []);
  const status = given.status ?? 'active';
  const site = (shop.url ?? `https://${shop.domain}`).replace(/\/$/, '');
  return {
    shopId: shop.id,
    id: given.id,
    handle: given.handle,
    title: given.title,
    productType: given.product_type ?? '',
    vendor: given.vendor ?? '',
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
    imageUrl: given.image?.src ?? null,
    url: status === 'active' ? `${site}/products/${given.handle}` : null,
    status,
    updatedAt: given.updated_at,
  };
}
