import { BadInput } from '../../bad-input.ts';
import type { Product, Variant } from '../../state/product.ts';
import type { Shop } from '../../state/shop.ts';
import type { Sandbox } from '../../types.ts';
import { decimal } from '../../state/money.ts';
import { count, money } from '../format.ts';
import { nameOf } from '../store/layout.ts';

/** A row of the resource picker; `value` has the shape that App Bridge gives to the app. */
interface Row {
  id: string;
  heading: string;
  details: string[];
  badges: string[];
  image: string | null;
  disabled: boolean;
  value: unknown;
}

const MOST = 100;

/** What a picker shows for `type`, `query` (typed) and `filter` (the app's own, unseen). */
export function resources(sandbox: Sandbox, shop: Shop, asked: URLSearchParams): Row[] {
  const all = rowsOf(sandbox, shop, asked);
  const words = `${asked.get('query') ?? ''} ${asked.get('filter') ?? ''}`
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  return all.filter((row) => words.every((word) => matches(row, word))).slice(0, MOST);
}

function rowsOf(sandbox: Sandbox, shop: Shop, asked: URLSearchParams): Row[] {
  const products = shop.products.filter(
    ({ status }) =>
      !(status === 'DRAFT' && asked.get('draft') === '0') &&
      !(status === 'ARCHIVED' && asked.get('archived') === '0'),
  );
  const type = asked.get('type') ?? '';
  switch (type) {
    case 'product':
      return products.map((product) => productRow(sandbox, shop, product));
    case 'variant':
      return products.flatMap((product) =>
        product.variants.map((variant) => variantRow(sandbox, shop, product, variant)),
      );
    case 'collection':
      return shop.collections.map((collection) => collectionRow(shop, collection));
    case 'customer':
      return shop.customers.map((customer) => ({
        ...plain(customer.id, nameOf(customer), [customer.email ?? '']),
        value: { id: customer.id, displayName: nameOf(customer), email: customer.email },
      }));
    default:
      throw new BadInput(`type: product, variant, collection or customer, not ${type}`);
  }
}

/** A word fits anywhere; `tag:linen` and `vendor:…` ask for one field. */
function matches(row: Row, word: string): boolean {
  const [, field, wanted] = /^(\w+):(.+)$/.exec(word) ?? [];
  const value = row.value as Record<string, unknown>;
  if (field === undefined || wanted === undefined)
    return `${row.heading} ${row.details.join(' ')}`.toLowerCase().includes(word);
  const held = field === 'tag' ? value.tags : field === 'product_type' ? value.productType : value[field];
  const list: unknown[] = Array.isArray(held) ? held : [held];
  return list.some((each) => String(each).toLowerCase() === wanted.replace(/^["']|["']$/g, ''));
}

function plain(id: string, heading: string, details: string[]): Omit<Row, 'value'> {
  return { id, heading, details, badges: [], image: null, disabled: false };
}

function productRow(sandbox: Sandbox, shop: Shop, product: Product): Row {
  const src = sandbox.urls.image(product.handle);
  const image = {
    id: `${product.id}/image`,
    altText: product.title,
    originalSrc: new URL(src, sandbox.origin).href,
  };
  return {
    ...plain(product.id, product.title, [count(product.variants.length, 'variant')]),
    badges: product.status === 'ACTIVE' ? [] : [product.status.toLowerCase()],
    image: src,
    value: {
      ...productValue(product),
      images: [image],
      options: product.options.map((name, position) => ({
        id: `${product.id}/option/${position + 1}`,
        name,
        position: position + 1,
        values: product.variants.map(({ title }) => title),
      })),
      variants: product.variants.map((variant) => variantValue(shop, product, variant)),
    },
  };
}

function variantRow(sandbox: Sandbox, shop: Shop, product: Product, variant: Variant): Row {
  const name = variant.title === 'Default Title' ? product.title : `${product.title} – ${variant.title}`;
  return {
    ...plain(variant.id, name, [money(variant.price, shop.currency)]),
    image: sandbox.urls.image(product.handle),
    value: { ...variantValue(shop, product, variant), product: productValue(product) },
  };
}

function collectionRow(shop: Shop, { id, handle, title }: Shop['collections'][number]): Row {
  const productsCount = shop.products.filter(({ collections }) => collections.includes(id)).length;
  return {
    ...plain(id, title, [count(productsCount, 'product')]),
    value: {
      id,
      handle,
      title,
      productsCount,
      productsManuallySortedCount: productsCount,
      updatedAt: shop.updatedAt,
    },
  };
}

function productValue(product: Product) {
  const { id, handle, title, vendor, tags, status, productType, createdAt, updatedAt } = product;
  return {
    id,
    handle,
    title,
    vendor,
    tags,
    status,
    productType,
    createdAt,
    updatedAt,
    descriptionHtml: `<p>${product.description}</p>`,
    hasOnlyDefaultVariant: product.variants.length === 1,
    totalVariants: product.variants.length,
    totalInventory: 0,
    tracksInventory: false,
  };
}

function variantValue(shop: Shop, product: Product, variant: Variant) {
  const only = variant.title === 'Default Title';
  return {
    id: variant.id,
    title: variant.title,
    displayName: only ? product.title : `${product.title} - ${variant.title}`,
    sku: variant.sku,
    price: decimal(variant.price, shop.currency),
    availableForSale: product.status === 'ACTIVE',
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    selectedOptions: [{ value: variant.title }],
    position: product.variants.indexOf(variant) + 1,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  };
}
