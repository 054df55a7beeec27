/** The preference page: what a customer gets, in which language, when and how often. */
import type { Preferences } from '../customers/customer.ts';
import { customersByIds, preferencesOf, savePreferences, setConsent } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { shopById } from '../shops/shops.server.ts';
import type { Shop } from '../shops/shop.ts';
import { mailboxOf } from './address.ts';
import type { LinkOwner } from './links.server.ts';
import { allowAgain, suppressedClasses } from './suppression.server.ts';
import { unsubscribe } from './unsubscribe.server.ts';

/** What the page shows. */
export interface PreferencePage {
  shop: Shop;
  /** Who it is about, after merges. */
  customerId: string;
  /** The language they read in now. */
  language: string;
  /** Languages to choose from. */
  languages: string[];
  chosen: Preferences;
  /** They have a number and said yes to texts. */
  canText: boolean;
}

const LANGUAGES = `select distinct locale from template where shop_id = $1 order by locale`;

/** Null when there is nobody (any more) to whom the link belongs. */
export async function preferencePage(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shopId, customerId }: LinkOwner,
): Promise<PreferencePage | null> {
  const shop = await shopById(tx, shopId);
  const customer = (await customersByIds(tx, [{ shopId, id: customerId }])).get(customerId);
  if (!shop || !customer || customer.erasedAt) return null;
  const written = (await tx.sql<{ locale: string }>(LANGUAGES, [shopId])).map((row) => row.locale);
  const { languages } = shop.settings;
  const offered = written.filter((locale) => languages.length === 0 || languages.includes(locale));
  const chosen = await preferencesOf(tx, { shopId, id: customer.id });
  const suppressed = await suppressedClasses(tx, hashKey, [{ shop_id: shopId, ...customer }]);
  const stopped =
    customer.consent.email?.state === 'unsubscribed' ||
    suppressed(shopId, 'email', mailboxOf(customer.email) ?? '', 'ask') !== null;
  return {
    shop,
    customerId: customer.id,
    language: chosen.locale ?? customer.locale ?? shop.locale,
    languages: offered.length > 0 ? offered : written,
    // Whoever unsubscribed elsewhere gets nothing but order news, whatever was chosen here before.
    chosen: stopped ? { ...chosen, frequency: 'order-news' } : chosen,
    canText: customer.phone !== null && customer.consent.sms?.state === 'subscribed',
  };
}

/** Messages that only waited for what has just been changed are looked at again at once. */
const LOOK_AGAIN = `
  update message set due_at = $3 where shop_id = $1 and customer_id = $2 and state = 'waiting' and due_at > $3
    and reason ->> 'code' in ('paused', 'chosen-hour', 'budget', 'gap')`;

/** Has permission look again at what waits for this customer: after their wishes have changed, or staff let them go on. */
export async function lookAgain(
  tx: SqlTx,
  customer: { shopId: bigint; id: string },
  now: Date,
): Promise<void> {
  await tx.sql(LOOK_AGAIN, [customer.shopId, customer.id, now]);
}

/**
 * Saves what was chosen. "Nothing but order news" is an unsubscribe like any other; leaving it again is consent given
 * by the customer's own hand.
 */
export async function savePreferencePage(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shop, customerId, chosen: before }: PreferencePage,
  chosen: Preferences,
  now: Date,
): Promise<void> {
  const shopId = shop.id;
  const [wasStopped, isStopped] = [before.frequency === 'order-news', chosen.frequency === 'order-news'];
  await savePreferences(tx, { shopId, id: customerId }, chosen, now);
  if (isStopped && !wasStopped) {
    const all = { classes: ['ask', 'offer'] as const, channel: 'email' as const };
    await unsubscribe(tx, hashKey, { shopId, customerId, ...all, source: 'preference-page' }, now);
  }
  if (wasStopped && !isStopped) await subscribeAgain(tx, hashKey, { shopId, customerId }, now);
  await lookAgain(tx, { shopId, id: customerId }, now);
}

async function subscribeAgain(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shopId, customerId }: { shopId: bigint; customerId: string },
  now: Date,
): Promise<void> {
  const customer = (await customersByIds(tx, [{ shopId, id: customerId }])).get(customerId);
  const address = mailboxOf(customer?.email ?? null);
  if (address) await allowAgain(tx, hashKey, { shopId, channel: 'email', address });
  const consent = { state: 'subscribed', level: 'single-opt-in', source: 'preference-page' } as const;
  await setConsent(tx, [{ shopId, customerId, channel: 'email', ...consent, at: now }], now);
}
