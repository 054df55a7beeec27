/** The first sync of a shop: what it asks of Shopify, and how far it has come. */

/** In this order of usefulness. */
export const SYNC_KINDS = ['shop', 'products', 'orders'] as const;
export type SyncKind = (typeof SYNC_KINDS)[number];
/** Fetched as a file that Shopify writes. */
export type BulkKind = Exclude<SyncKind, 'shop'>;

/** Orders older than that need a scope of their own. */
export const HISTORY_DAYS = 60;

/** An answer of Shopify's, as far as a job has to tell them apart. */
export type Asked<Value> =
  | { outcome: 'ok'; value: Value }
  | { outcome: 'later'; seconds: number }
  /** The token is refused. */
  | { outcome: 'unauthorized' }
  /** A scope is missing or the question is wrong: the same question fails again. */
  | { outcome: 'refused'; codes: readonly string[] };

export interface ShopFacts {
  shopifyId: bigint;
  name: string;
  email: string | null;
  currency: string;
  timeZone: string;
  /** The first one is the shop's own; empty when Shopify does not tell. */
  locales: string[];
  /** By its country: for a shop whose language nobody has told. */
  guessedLocale: string | null;
  country: string | null;
  url: string | null;
  scopes: string[];
}

export type BulkState =
  | { state: 'running'; objects: number }
  /** No url: there was nothing to write. */
  | { state: 'completed'; url: string | null; items: number }
  | { state: 'failed'; code: string };

/** One kind of thing that is fetched as a file. */
export interface BulkSource<Item> {
  start(shop: { domain: string }, since: Date): Promise<Asked<{ id: string }>>;
  state(shop: { domain: string }, id: string): Promise<Asked<BulkState>>;
  /** The file's items in order; the first `skip` ones are passed over. */
  items(shop: { id: bigint }, url: string, skip: number): AsyncIterable<Item>;
}

export interface SyncProgress {
  kind: SyncKind;
  state: 'waiting' | 'running' | 'done' | 'failed';
  done: number;
  /** 0 while Shopify is still counting */
  total: number;
  error: string | null;
}

/** One bar for all: 0…100; products and orders count by how much of them is in, the shop itself as one step. */
export function percentDone(progress: readonly SyncProgress[]): number {
  if (progress.length === 0) return 100;
  const weights: Record<SyncKind, number> = { shop: 1, products: 3, orders: 6 };
  const whole = progress.reduce((sum, part) => sum + weights[part.kind], 0);
  const done = progress.reduce((sum, part) => sum + weights[part.kind] * partDone(part), 0);
  return Math.floor((done / whole) * 100);
}

function partDone({ state, done, total }: SyncProgress): number {
  if (state === 'done' || state === 'failed') return 1;
  return total > 0 ? Math.min(done / total, 1) : 0;
}
