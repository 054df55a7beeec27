/**
 * The loop that does what steps do beside writing: tags and metafields at Shopify, webhooks to systems of the merchant's.
 * The claim is committed before anybody is called. A worker that dies in between has perhaps done it, and somebody does
 * it again: harmless, for a tag is there once, a metafield has its last value, and a webhook keeps its id.
 */
import type { Db } from '../db.server.ts';
import { workUnderLease } from '../lease.server.ts';
import { settle, type DeedOwner, type ShopifyDeeds, type Tried, type WebhooksOut } from './deed.ts';
import {
  beginDeed,
  claimDeeds,
  endDeed,
  renewDeeds,
  type BegunDeed,
  type HeldDeed,
} from './deed-rows.server.ts';
import { messageKey } from './write.ts';

export interface DeedDeps {
  db: Db;
  shopify: ShopifyDeeds;
  webhooks: WebhooksOut;
}

/** Under way at the same time, for one worker. */
const AT_ONCE = 8;

/** The loop of the worker: `(now) => how many were dealt with`. */
export function makeDeedLoop(deps: DeedDeps): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      claim: (seconds: number) => claimDeeds(deps.db, now, seconds),
      renew: (held: HeldDeed[], seconds: number) => renewDeeds(deps.db, held, seconds),
    };
    return workUnderLease(lease, (deed) => deal(deps, deed, now), AT_ONCE);
  };
}

async function deal(deps: DeedDeps, held: HeldDeed, now: Date): Promise<void> {
  const deed = await beginDeed(deps.db, held);
  if (!deed) return;
  const { customer } = deed;
  if (!deed.isOfThisEpoch || !customer) {
    const code = deed.isOfThisEpoch ? 'erased' : 'uninstalled';
    return endDeed(deps.db, deed, { state: 'dropped', reason: { code } }, now);
  }
  const tried = await attempt(deps, deed, customer);
  await endDeed(deps.db, deed, settle(tried, deed, now), now);
}

type Customer = NonNullable<BegunDeed['customer']>;

async function attempt(deps: DeedDeps, deed: BegunDeed, customer: Customer): Promise<Tried> {
  const { step, domain } = deed;
  switch (step.kind) {
    case 'tag':
      return atShopify(step.on, deed, customer, (owner) => deps.shopify.addTags(domain, owner, step.tags));
    case 'metafield': {
      const { namespace, name: key, value } = step;
      return atShopify(step.on, deed, customer, (owner) =>
        deps.shopify.setMetafield(domain, owner, { namespace, key, value }),
      );
    }
    case 'webhook':
      return deps.webhooks.post(deed.shopId, step.url, noteOf(deed, customer));
    case 'task':
      throw new Error('a task has no moment: it waits for a person');
  }
}

/** Guests have no record at Shopify, and some sequences are about no order. */
async function atShopify(
  on: DeedOwner['on'],
  { order }: BegunDeed,
  customer: Customer,
  act: (owner: DeedOwner) => Promise<Tried>,
): Promise<Tried> {
  const id = on === 'customer' ? customer.shopifyId : (order?.id ?? null);
  if (id !== null) return act({ on, id });
  return { outcome: 'failed', reason: { code: on === 'customer' ? 'not-at-shopify' : 'no-order' } };
}

function noteOf(deed: BegunDeed, customer: Customer): Parameters<WebhooksOut['post']>[2] {
  const { enrollmentId, stepKey, order } = deed;
  return {
    id: messageKey(enrollmentId, stepKey),
    kind: 'step.reached',
    at: deed.at.toISOString(),
    shop: deed.domain,
    sequence: deed.sequence,
    step: stepKey,
    customer: {
      id: customer.id,
      shopifyId: customer.shopifyId === null ? null : String(customer.shopifyId),
    },
    order: order && { id: String(order.id), name: order.name },
  };
}
