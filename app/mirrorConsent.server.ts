/** The chore that tells Shopify of an unsubscribe. */
import { consentMirror } from './adapters/shopify/consent-mirror.server.ts';
import { now } from './clock.server.ts';
import { customersByIds } from './customers/customers.server.ts';
import type { JobPayload, JobResult } from './jobs/catalog.ts';
import * as shops from './shops/shops.server.ts';
import type { App } from './wiring.server.ts';

/** Shopify learns of an unsubscribe, so that the merchant's other tools know. */
export async function mirrorConsent(
  { db, admin }: App,
  payload: JobPayload<'customers.mirror-consent'>,
): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const tx = { sql: db.sqlAcrossShops };
  const shop = await shops.shopById(tx, shopId);
  const customer = (await customersByIds(tx, [{ shopId, id: payload.customerId }])).get(payload.customerId);
  if (shop?.status !== 'installed' || !customer?.shopifyId)
    return { outcome: 'cancel', reason: 'nobody at Shopify' };
  const channel = payload.channel === 'sms' ? 'sms' : 'email';
  const asked = await consentMirror(admin).unsubscribed(shop.domain, customer.shopifyId, channel, now());
  return asked.outcome === 'later' ? { outcome: 'retry', error: 'no answer' } : { outcome: 'done' };
}
