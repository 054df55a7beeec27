/**
 * The blocks of the theme app extension on the store's product page, drawn as a theme draws them: Liquid, its translations,
 * its assets. What Shopify's Liquid has and liquidjs has not stands here, as far as the blocks use it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs';
import { digits } from '../state/ids.ts';
import type { Product } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';

export const themeExtension = path.resolve(import.meta.dirname, '../../extensions/storefront');

export interface BlockPage {
  shop: Shop;
  product: Product;
  locale: string;
  /** Of the store. */
  url: string;
  /** The product's, below it. */
  path: string;
}

type Words = { [key: string]: string | Words };

/** Locales as Shopify chooses them: exact, the language, the default. */
function wordsFor(locale: string): Words {
  const files = readdirSync(path.join(themeExtension, 'locales')).filter(
    (file) => !file.includes('.schema.'),
  );
  const tags = files.map((file) => ({ file, tag: file.replace(/(\.default)?\.json$/, '') }));
  const language = locale.split('-')[0]!;
  const chosen =
    tags.find(({ tag }) => tag.toLowerCase() === locale.toLowerCase()) ??
    tags.find(({ tag }) => tag === language) ??
    tags.find(({ file }) => file.endsWith('.default.json'))!;
  return JSON.parse(readFileSync(path.join(themeExtension, 'locales', chosen.file), 'utf8')) as Words;
}

function translate(words: Words, locale: string, key: string, values: Record<string, unknown>): string {
  let found: string | Words | undefined = words;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found === 'object' && 'count' in values) {
    const rule = new Intl.PluralRules(locale).select(Number(values['count']));
    found = found[rule] ?? found['other'];
  }
  if (typeof found !== 'string') return `translation missing: ${key}`;
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

function engineFor(locale: string): Liquid {
  const engine = new Liquid({
    root: path.join(themeExtension, 'blocks'),
    partials: path.join(themeExtension, 'snippets'),
    extname: '.liquid',
    relativeReference: false,
  });
  const words = wordsFor(locale);
  engine.registerFilter('t', (key: string, ...values: [string, unknown][]) =>
    translate(words, locale, key, Object.fromEntries(values)),
  );
  engine.registerFilter('json', (value: unknown) => JSON.stringify(value ?? null).replaceAll('<', '\\u003C'));
  for (const name of ['schema', 'doc'])
    engine.registerTag(name, {
      parse(_tag: TagToken, rest: TopLevelToken[]) {
        while (rest.length > 0) if ((rest.shift() as TagToken).name === `end${name}`) return;
        throw new Error(`${name} is not closed`);
      },
      render: () => '',
    });
  return engine;
}

interface Schema {
  name: string;
  settings?: { id: string; default?: unknown }[];
  javascript?: string;
  stylesheet?: string;
}

/** What a block says of itself between its `schema` tags. */
export function schemaOf(block: string): Schema {
  const text = readFileSync(path.join(themeExtension, 'blocks', `${block}.liquid`), 'utf8');
  return JSON.parse(/\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(text)![1]!) as Schema;
}

/** A metafield as Liquid sees it. */
function valueOf({ type, value }: Shop['metafields'][number]): unknown {
  if (type !== 'rating') return type === 'number_integer' ? Number(value) : value;
  const { value: rating, scale_min: least, scale_max: most } = JSON.parse(value) as Record<string, string>;
  return { rating, scale_min: least, scale_max: most };
}

function dropOf({ product, shop, path: url }: BlockPage): object {
  const metafields: Record<string, Record<string, { value: unknown }>> = {};
  for (const metafield of shop.metafields.filter(({ owner }) => owner === product.id)) {
    (metafields[metafield.namespace] ??= {})[metafield.key] = { value: valueOf(metafield) };
  }
  return { id: Number(digits(product.id)), title: product.title, handle: product.handle, url, metafields };
}

/** One block of the extension, with the settings it begins with. @param chosen what the merchant has set otherwise */
export async function drawBlock(
  block: string,
  page: BlockPage,
  chosen: Record<string, string> = {},
): Promise<string> {
  const { shop, locale, url } = page;
  const settings = Object.fromEntries(
    (schemaOf(block).settings ?? []).map(({ id, default: value }) => [id, value]),
  );
  return engineFor(locale).renderFile(block, {
    product: dropOf(page),
    shop: { name: shop.name, url },
    request: { locale: { iso_code: locale } },
    block: { settings: { ...settings, ...chosen }, shopify_attributes: '' },
  });
}
