/** The HTML that puts one target of an extension on a page. */
import { surfaceOf } from './protocol.ts';
import { chooseLocale, readManifests, type Manifest } from './manifest.ts';

export interface ExtensionTagOptions {
  target: string;
  shop: { id: string; name: string; domain: string; storefrontUrl?: string };
  /** Null where the order is not known, as on the checkout page. */
  order?: { id: string; name: string; confirmationNumber?: string; processedAt?: string } | null;
  checkoutToken?: string | null;
  /** In the admin: ids of what is looked at. */
  selected?: string[];
  /** Null for a guest. */
  customer?: { id: string; firstName?: string; lastName?: string; email?: string } | null;
  /** The buyer's language, such as `de-DE`. */
  locale: string;
  country?: string | null;
  currency?: string;
  timeZone?: string;
  discountCodes?: string[];
  /** Whether codes may be changed (checkout instructions); true unless said otherwise. */
  canChangeDiscounts?: boolean;
  /** What the merchant filled in; empty is normal. */
  settings?: Record<string, string | number | boolean>;
  /** As in the checkout editor: `shopify.extension.editor` is set and there is no session token. */
  editor?: boolean;
  /** Where the tag gets its session token from; a path of this sandbox that answers `{ token }`. */
  tokenUrl?: string;
  /** Where the tag posts changes of the discount codes. */
  discountUrl?: string;
  /** Another folder of extensions, for tests of the host itself. */
  extensions?: string;
}

/** What the tag hands to the page's script, as JSON. */
export interface TagData extends Omit<ExtensionTagOptions, 'extensions'> {
  scriptUrl: string;
  apiVersion: string;
  handle: string;
  capabilities: string[];
  translations: { chosen: Record<string, unknown>; fallback: Record<string, unknown> };
  extensionLocale: string;
  tokenUrl: string;
}

/** HTML of one block. Throws when no extension has the target. */
export function extensionTag(options: ExtensionTagOptions): string {
  const manifest = manifestFor(options);
  const extensionLocale = chooseLocale(manifest, options.locale);
  const { extensions: _, ...given } = options;
  const data: TagData = {
    ...given,
    scriptUrl: `/extensions/${manifest.handle}.js`,
    apiVersion: manifest.apiVersion,
    handle: manifest.handle,
    capabilities: manifest.capabilities,
    translations: {
      chosen: manifest.translations[extensionLocale]!,
      fallback: manifest.translations[manifest.defaultLocale]!,
    },
    extensionLocale,
    tokenUrl: options.tokenUrl ?? tokenUrl(options),
  };
  // A `<` inside JSON could close the script element.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return (
    `${reservation(manifest.handle)}<extension-block class="${manifest.handle}">` +
    `<script type="application/json">${json}</script></extension-block>` +
    `<script type="module" src="/extensions/host.js"></script>`
  );
}

/** What our blocks take at first, on wide and on narrow pages. */
const HEIGHTS: Record<string, [wide: number, narrow: number]> = {
  'thank-you': [118, 342],
  checkout: [24, 24],
  'customer-admin': [220, 260],
  account: [420, 640],
};

/** Shopify's page is laid out when its extensions draw; ours holds the place until the first drawing. */
function reservation(handle: string): string {
  const [wide, narrow] = HEIGHTS[handle] ?? [0, 0];
  const waiting = `extension-block.${handle}:not([data-drawn])`;
  return (
    `<style>extension-block{display:block}${waiting}{min-height:${wide}px}` +
    `@media(max-width:560px){${waiting}{min-height:${narrow}px}}</style>`
  );
}

function manifestFor({ target, extensions }: ExtensionTagOptions): Manifest {
  const manifest = readManifests(extensions).find(({ targeting }) =>
    targeting.some((t) => t.target === target),
  );
  if (!manifest) throw new Error(`No extension has the target ${target}`);
  return manifest;
}

const TOKENS = { checkout: 'checkout', 'customer-account': 'account', admin: 'admin' } as const;

function tokenUrl({ target, order, customer, shop }: ExtensionTagOptions): string {
  const query = new URLSearchParams({
    kind: TOKENS[surfaceOf(target)],
    shop: shop.domain,
  });
  if (order) query.set('order', order.id);
  if (customer) query.set('customer', customer.id);
  return `/control/token?${query}`;
}
