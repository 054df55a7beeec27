/** Codes as a metafield of their customers at Shopify, for segments, Flow and the merchant's mails; gone with the person. */
import type { Db, SqlTx } from '../db.server.ts';
import { followed } from '../followed.ts';
import { recordEvents } from '../events.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import { shopsByIds } from '../shops/shops.server.ts';

/** What came of it. `failed`: asked again, it fails again; the customer is gone there, or the app may not write. */
type Told = { outcome: 'done' } | { outcome: 'failed' } | { outcome: 'later'; seconds: number };

/** What this needs of Shopify; app/adapters/shopify/code-fields.server.ts has it. May be repeated. */
export interface CodeFields {
  /** At most 25 at a time; either all of them are written or none. */
  set(domain: string, codes: readonly { shopifyId: bigint; code: string }[]): Promise<Told>;
  /** At most 25 at a time. */
  clear(domain: string, shopifyIds: readonly bigint[]): Promise<Told>;
}

const AT_ONCE = 25;
/** Rounds of one run; what is left is for the next one. */
const ROUNDS = 200;

interface Untold {
  code: string;
  shopify_id: bigint;
}

/** The oldest first, so that the last code of a customer stays. */
const UNTOLD = `
  select r.code, c.shopify_id from referral_code r
  join customer asked on asked.shop_id = r.shop_id and asked.id = r.customer_id
  join customer c on c.shop_id = asked.shop_id and c.id = ${followed('asked')}
  where r.shop_id = $1 and r.state = 'issued' and r.told_at is null and c.shopify_id is not null and c.erased_at is null
  order by r.issued_at, r.code limit ${AT_ONCE}`;
const TOLD = `update referral_code set told_at = $3 where shop_id = $1 and code = any($2::text[])`;
const GONE = `select shopify_id from code_field_gone where shop_id = $1 order by at limit ${AT_ONCE}`;
const CLEARED = `delete from code_field_gone where shop_id = $1 and shopify_id = any($2::bigint[])`;

export interface CodeFieldDeps {
  db: Db;
  fields: CodeFields;
}

/** The job `referrals.tell`: writes codes that Shopify has not been told of, and takes away those of people who are gone. */
export async function tellCodes(
  { db, fields }: CodeFieldDeps,
  payload: { shopId: string },
  now: Date,
): Promise<JobResult> {
  const shopId = BigInt(payload.shopId);
  const shop = await db.inShop(shopId, async (tx) => (await shopsByIds(tx, [shopId])).get(shopId));
  if (shop?.status !== 'installed') return { outcome: 'cancel', reason: 'uninstalled' };
  for (let round = 0; round < ROUNDS; round++) {
    const gone = await db.inShop(shopId, (tx) => tx.sql<{ shopify_id: bigint }>(GONE, [shopId]));
    const ids = gone.map((row) => row.shopify_id);
    if (ids.length > 0) {
      const cleared = await fields.clear(shop.domain, ids);
      if (cleared.outcome === 'later') return { outcome: 'snooze', seconds: cleared.seconds };
      await db.inShop(shopId, (tx) => tx.sql(CLEARED, [shopId, ids]));
      continue;
    }
    const codes = await db.inShop(shopId, (tx) => tx.sql<Untold>(UNTOLD, [shopId]));
    if (codes.length === 0) return { outcome: 'done' };
    const seconds = await write({ db, fields }, shop, codes, now);
    if (seconds !== null) return { outcome: 'snooze', seconds };
  }
  return { outcome: 'snooze', seconds: 1 };
}

/** Where one of them cannot be written, each is tried alone, so that it holds up no other. @returns seconds to wait; null: go on */
async function write(
  { db, fields }: CodeFieldDeps,
  shop: { id: bigint; domain: string },
  codes: readonly Untold[],
  now: Date,
): Promise<number | null> {
  const told = await fields.set(
    shop.domain,
    codes.map(({ code, shopify_id: shopifyId }) => ({ shopifyId, code })),
  );
  if (told.outcome === 'later') return told.seconds;
  if (told.outcome === 'failed' && codes.length > 1) {
    for (const each of codes) {
      const seconds = await write({ db, fields }, shop, [each], now);
      if (seconds !== null) return seconds;
    }
    return null;
  }
  const values = [shop.id, codes.map(({ code }) => code), now];
  await db.inShop(shop.id, (tx) => tx.sql(TOLD, values));
  return null;
}

const WITHDRAW = `
  insert into code_field_gone (shop_id, shopify_id, at)
  select c.shop_id, c.shopify_id, $3 from customer c
  where c.shop_id = $1 and c.id = any($2::uuid[]) and c.shopify_id is not null and exists (
    select from referral_code r where r.shop_id = c.shop_id and r.customer_id = c.id and r.told_at is not null)
  on conflict do nothing returning shopify_id`;

/** Has their codes taken away at Shopify; in the transaction that erases them, before it does. */
export async function withdrawFields(
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql(WITHDRAW, [shopId, customerIds, now]);
  if (rows.length > 0) await recordEvents(tx, [{ shopId, kind: 'codes.wanted', data: {}, at: now }], now);
}
