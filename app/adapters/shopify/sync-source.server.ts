/** What the first sync asks of Shopify: the shop itself, and products and orders as files of bulk operations. */
import type { OrderSnapshot } from '../../orders/snapshot.ts';
import type { ProductSnapshot } from '../../products/product.ts';
import type { Asked, BulkSource, BulkState, ShopFacts } from '../../shops/sync.ts';
import type { Admin } from './admin-client.server.ts';
import { askedOf } from './asked.ts';
import { groupsOf, linesOf, type BulkGroup } from './bulk-file.ts';
import { consentsOfNode, type ConsentSnapshot } from './consent-node.ts';
import { BULK_GET, BULK_RUN, type BulkOperationNode } from './documents/bulk.ts';
import { bulkOrders, type LineNode, type OrderCore, type ReturnNode } from './documents/orders.ts';
import { BULK_PRODUCTS, type ProductNode } from './documents/products.ts';
import { DOMAIN_LOCALES, PROBE, SHOP, SHOP_LOCALES, type ShopNode } from './documents/shop.ts';
import { idOf } from './node-values.ts';
import { orderOfNode } from './order-node.ts';
import { productOfNode } from './product-node.ts';

/** An order as it stands, with what its customer has agreed to, which webhooks of orders do not tell. */
export interface SyncedOrder {
  order: OrderSnapshot;
  consents: ConsentSnapshot[];
  /** Tags of its customer, who has an account; null for a guest without one. */
  tags: { shopifyId: bigint; tags: string[] } | null;
}

export interface SyncSource {
  facts(shop: { domain: string }): Promise<Asked<ShopFacts>>;
  products: BulkSource<ProductSnapshot>;
  orders: BulkSource<SyncedOrder>;
}

/** Does Shopify still accept our token? */
export const probeWith = (admin: Admin) => async (shop: { domain: string }) =>
  askedOf(await admin(shop.domain).query(PROBE, {}, { patience: PATIENCE }));

/** Jobs can wait for the shop's budget. */
const PATIENCE = 30_000;

export function syncSource(admin: Admin): SyncSource {
  return {
    facts: (shop) => factsOf(admin, shop.domain),
    products: bulkSource(
      admin,
      () => BULK_PRODUCTS,
      (shopId, { node }) => productOfNode(shopId, node as unknown as ProductNode),
    ),
    orders: bulkSource(
      admin,
      (since) => bulkOrders(since.toISOString().replace(/\.\d+Z$/, 'Z')),
      orderOfGroup,
    ),
  };
}

async function factsOf(admin: Admin, domain: string): Promise<Asked<ShopFacts>> {
  const asked = askedOf(await admin(domain).query(SHOP, {}, { patience: PATIENCE }));
  if (asked.outcome !== 'ok') return asked;
  const locales = await localesOf(admin, domain);
  if (locales.outcome === 'later') return locales;
  const { shop, currentAppInstallation } = asked.value;
  const told = locales.outcome === 'ok' ? locales.value : [];
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle);
  return {
    outcome: 'ok',
    value: { ...factsOfNode(shop), locales: told, guessedLocale: guess(shop), scopes },
  };
}

/** The shop's languages, its own first: those it has published, else those of its domain; none when nobody tells. */
async function localesOf(admin: Admin, domain: string): Promise<Asked<string[]>> {
  const published = askedOf(await admin(domain).query(SHOP_LOCALES, {}, { patience: PATIENCE }));
  if (published.outcome === 'later') return published;
  if (published.outcome === 'ok' && published.value.shopLocales.length > 0) {
    const sorted = [...published.value.shopLocales].sort((a, b) => Number(b.primary) - Number(a.primary));
    return { outcome: 'ok', value: sorted.map(({ locale }) => locale) };
  }
  const asked = askedOf(await admin(domain).query(DOMAIN_LOCALES, {}, { patience: PATIENCE }));
  if (asked.outcome !== 'ok') return asked;
  const spoken = asked.value.shop.primaryDomain.localization;
  return { outcome: 'ok', value: spoken ? [spoken.defaultLocale, ...spoken.alternateLocales] : [] };
}

const factsOfNode = (shop: ShopNode) => ({
  shopifyId: idOf(shop.id),
  name: shop.name,
  email: shop.contactEmail || shop.email || null,
  currency: shop.currencyCode,
  timeZone: shop.ianaTimezone,
  country: shop.shopAddress.countryCodeV2,
  url: shop.primaryDomain.url,
});

/** The language that most people of the shop's country speak. */
function guess(shop: ShopNode): string | null {
  const country = shop.shopAddress.countryCodeV2;
  return country ? new Intl.Locale('und', { region: country }).maximize().language : null;
}

/** A part of the sync; `itemOf` makes an item of a line and its children. */
function bulkSource<Item>(
  admin: Admin,
  text: (since: Date) => string,
  itemOf: (shopId: bigint, group: BulkGroup) => Item,
): BulkSource<Item> {
  return {
    start: (shop, since) => startBulk(admin, shop.domain, text(since)),
    state: (shop, id) => stateOf(admin, shop.domain, id),
    async *items(shop, url, skip) {
      const response = await fetch(url, { signal: AbortSignal.timeout(10 * 60_000) });
      if (!response.ok || !response.body)
        throw new Error(`the file of a bulk operation answered ${response.status}`);
      let passed = 0;
      for await (const group of groupsOf(linesOf(response.body as unknown as AsyncIterable<Uint8Array>))) {
        if (passed++ >= skip) yield itemOf(shop.id, group);
      }
    },
  };
}

/** Another operation is under way: five at a time are allowed. */
const BUSY = { outcome: 'later', seconds: 30 } as const;

async function startBulk(admin: Admin, domain: string, query: string): Promise<Asked<{ id: string }>> {
  const result = await admin(domain).query(BULK_RUN, { query }, { patience: PATIENCE });
  if (result.outcome === 'user-errors') {
    const codes = result.errors.map(({ code }) => code ?? 'UNKNOWN');
    const isBusy = codes.some((code) => code === 'OPERATION_IN_PROGRESS' || code === 'LIMIT_REACHED');
    return isBusy ? BUSY : { outcome: 'refused', codes };
  }
  const asked = askedOf(result);
  if (asked.outcome !== 'ok') return asked;
  const operation = asked.value.bulkOperationRunQuery.bulkOperation;
  return operation ? { outcome: 'ok', value: { id: operation.id } } : BUSY;
}

async function stateOf(admin: Admin, domain: string, id: string): Promise<Asked<BulkState>> {
  const asked = askedOf(await admin(domain).query(BULK_GET, { id }, { patience: PATIENCE }));
  if (asked.outcome !== 'ok') return asked;
  const { bulkOperation } = asked.value;
  return {
    outcome: 'ok',
    value: bulkOperation ? stateOfNode(bulkOperation) : { state: 'failed', code: 'GONE' },
  };
}

function stateOfNode(node: BulkOperationNode): BulkState {
  switch (node.status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return { state: 'running', objects: Number(node.objectCount) };
    case 'COMPLETED':
      return { state: 'completed', url: node.url, items: Number(node.rootObjectCount) };
    case 'FAILED':
    case 'CANCELED':
    case 'EXPIRED':
      return { state: 'failed', code: node.errorCode ?? node.status };
  }
}

function orderOfGroup(shopId: bigint, { node, children }: BulkGroup): SyncedOrder {
  const core = node as unknown as OrderCore;
  const isOf = (kind: string) => (child: Record<string, unknown>) =>
    String(child['id']).startsWith(`gid://shopify/${kind}/`);
  const lines = children.filter(isOf('LineItem')) as unknown as LineNode[];
  const returns = children.filter(isOf('Return')) as unknown as ReturnNode[];
  return {
    order: orderOfNode(shopId, core, lines, returns),
    consents: core.customer ? consentsOfNode(shopId, core.customer) : [],
    tags: core.customer && { shopifyId: idOf(core.customer.id), tags: core.customer.tags },
  };
}
