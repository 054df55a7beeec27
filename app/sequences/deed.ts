/** What steps do beside writing: the ways an attempt can end, and when it is made again. Ports are declared here. */
import type { DeedStep } from './steps.ts';

/** Steps that become rows: done by the loop of deeds, or by a person. */
export type KeptStep = Extract<DeedStep, { kind: 'tag' | 'metafield' | 'webhook' | 'task' }>;

/** waiting → done | failed; dropped when there is nobody left to do it for. */
export type DeedState = 'waiting' | 'done' | 'failed' | 'dropped';

/** Why a deed is over without having been done; words/ has a sentence for each. */
export type DeedFailure =
  | 'no-order'
  | 'not-at-shopify'
  | 'may-not-edit-orders'
  | 'may-not-edit-customers'
  | 'shopify-refused'
  | 'endpoint-refused'
  | 'endpoint-gone'
  | 'address-not-public'
  | 'gave-up';

export interface DeedReason {
  code: DeedFailure;
  /** What Shopify or the other system said: codes and numbers. */
  said?: string;
}

/** What came of an attempt, sorted at the border. */
export type Tried =
  | { outcome: 'done' }
  /** Asked again, it fails again. */
  | { outcome: 'failed'; reason: DeedReason }
  /** Asked again later, it may work; `seconds` at least. */
  | { outcome: 'later'; seconds: number };

/** A customer or an order, by Shopify's id. */
export interface DeedOwner {
  on: 'customer' | 'order';
  id: bigint;
}

/** What deeds need of Shopify. Both may be repeated: a tag is there once, a metafield has the last value. */
export interface ShopifyDeeds {
  addTags(domain: string, owner: DeedOwner, tags: readonly string[]): Promise<Tried>;
  setMetafield(
    domain: string,
    owner: DeedOwner,
    metafield: { namespace: string; key: string; value: string },
  ): Promise<Tried>;
}

/** What another system is told: ids, nothing else of a person. Numbers of Shopify's are text. */
export interface WebhookNote {
  /** `ENROLLMENT:STEP`: the same however often it is sent. */
  id: string;
  kind: 'step.reached';
  at: string;
  shop: string;
  sequence: string;
  step: string;
  customer: { id: string; shopifyId: string | null };
  order: { id: string; name: string | null } | null;
}

/** Tells systems of merchants. */
export interface WebhooksOut {
  post(shopId: bigint, url: string, note: WebhookNote): Promise<Tried>;
}

const HOUR = 3600;
/** Seconds between two attempts at most, and how long it is tried in all. */
const LONGEST = 4 * HOUR;
const PATIENCE = 72 * HOUR;
/** However long another system asks for. */
const MOST_ASKED = 24 * HOUR;

/** Seconds until the next attempt: 5, 10, 20 … at most four hours. */
const retryDelay = (attempts: number): number => Math.min(5 * 2 ** Math.min(attempts - 1, 20), LONGEST);

export type Settled =
  { state: 'done' } | { state: 'failed'; reason: DeedReason } | { state: 'waiting'; dueAt: Date };

/** What follows from an attempt; given up three days after the step was reached, or staff asked for another try. */
export function settle(tried: Tried, deed: { attempts: number; since: Date }, now: Date): Settled {
  if (tried.outcome === 'done') return { state: 'done' };
  if (tried.outcome === 'failed') return { state: 'failed', reason: tried.reason };
  const seconds = Math.max(Math.min(tried.seconds, MOST_ASKED), retryDelay(deed.attempts));
  const dueAt = new Date(now.getTime() + seconds * 1000);
  const isOver = dueAt.getTime() - deed.since.getTime() > PATIENCE * 1000;
  return isOver ? { state: 'failed', reason: { code: 'gave-up' } } : { state: 'waiting', dueAt };
}

/** What a deed is about, for a line of the timeline: "vip, gold", "custom.size", "hooks.example.com". */
export function gist(step: KeptStep): string {
  switch (step.kind) {
    case 'tag':
      return step.tags.join(', ');
    case 'metafield':
      return `${step.namespace}.${step.name}`;
    case 'webhook':
      return new URL(step.url).host;
    case 'task':
      return step.title;
  }
}
