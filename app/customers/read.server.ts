/** Customers with their consent and preferences. */
import type { SqlTx } from '../db.server.ts';
import { followed } from '../followed.ts';
import {
  NO_PREFERENCES,
  type Channel,
  type Consent,
  type Customer,
  type CustomerRef,
  type Preferences,
} from './customer.ts';

interface Row {
  asked_id: string;
  shop_id: bigint;
  id: string;
  shopify_id: bigint | null;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  time_zone: string | null;
  address_hash: string | null;
  orders_count: number;
  total_spent: bigint;
  first_order_at: Date | null;
  last_order_at: Date | null;
  last_heard_at: Date | null;
  last_score: number | null;
  friends: number;
  stage: Customer['stage'];
  stage_reason: unknown;
  erased_at: Date | null;
  created_at: Date;
  consent: Partial<Record<Channel, Omit<Consent, 'at'> & { at: string }>> | null;
  chosen: (Omit<Preferences, 'pausedUntil'> & { pausedUntil: string | null }) | null;
}

const COLUMNS = `c.shop_id, c.id, c.shopify_id, c.email, c.email_key, c.phone, c.first_name, c.last_name,
  coalesce(p.locale, c.locale) as locale, c.country, c.province, c.city, c.time_zone, c.address_hash, c.orders_count,
  c.total_spent, c.first_order_at, c.last_order_at, c.last_heard_at, c.last_score, c.friends, c.stage, c.stage_reason,
  c.erased_at, c.created_at,
  (select jsonb_object_agg(k.channel, jsonb_build_object('state', k.state, 'level', k.level, 'source', k.source, 'at', k.at))
    from consent k where k.shop_id = c.shop_id and k.customer_id = c.id) as consent,
  case when p.shop_id is not null then jsonb_build_object('locale', p.locale, 'channel', p.channel,
    'frequency', p.frequency, 'hour', p.hour, 'pausedUntil', p.paused_until) end as chosen`;

const BY_IDS = `
  select asked.id as asked_id, ${COLUMNS}
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) join customer asked using (shop_id, id)
  join customer c on c.shop_id = asked.shop_id and c.id = ${followed('asked')}
  left join preference p on p.shop_id = c.shop_id and p.customer_id = c.id`;

const BY_SHOPIFY_ID = `
  select asked.id as asked_id, ${COLUMNS}
  from customer asked join customer c on c.shop_id = asked.shop_id and c.id = ${followed('asked')}
  left join preference p on p.shop_id = c.shop_id and p.customer_id = c.id
  where asked.shop_id = $1 and asked.shopify_id = $2`;

/** Customers by the id that was asked for; one that was merged gives the one that is left. */
export async function customersByIds(
  tx: SqlTx,
  refs: readonly CustomerRef[],
): Promise<Map<string, Customer>> {
  if (refs.length === 0) return new Map();
  const unique = [...new Map(refs.map((ref) => [ref.id, ref])).values()];
  const rows = await tx.sql<Row>(BY_IDS, [unique.map((ref) => ref.shopId), unique.map((ref) => ref.id)]);
  return new Map(rows.map((row) => [row.asked_id, customerOf(row)]));
}

/** By Shopify's id; null when not known. */
export async function customerByShopifyId(
  tx: SqlTx,
  shopId: bigint,
  shopifyId: bigint,
): Promise<Customer | null> {
  const [row] = await tx.sql<Row>(BY_SHOPIFY_ID, [shopId, shopifyId]);
  return row ? customerOf(row) : null;
}

function customerOf(row: Row): Customer {
  return {
    shopId: row.shop_id,
    id: row.id,
    shopifyId: row.shopify_id,
    email: row.email,
    emailKey: row.email_key,
    phone: row.phone,
    firstName: row.first_name,
    lastName: row.last_name,
    locale: row.locale,
    country: row.country,
    province: row.province,
    city: row.city,
    timeZone: row.time_zone,
    addressHash: row.address_hash,
    ordersCount: row.orders_count,
    totalSpent: row.total_spent,
    firstOrderAt: row.first_order_at,
    lastOrderAt: row.last_order_at,
    lastHeardAt: row.last_heard_at,
    lastScore: row.last_score,
    friends: row.friends,
    stage: row.stage,
    stageReason: row.stage_reason,
    erasedAt: row.erased_at,
    createdAt: row.created_at,
    consent: consentOf(row.consent),
    preferences: row.chosen
      ? {
          ...row.chosen,
          pausedUntil: row.chosen.pausedUntil === null ? null : new Date(row.chosen.pausedUntil),
        }
      : NO_PREFERENCES,
  };
}

function consentOf(stored: Row['consent']): Customer['consent'] {
  const entries = Object.entries(stored ?? {}).map(([channel, { at, ...consent }]) => [
    channel,
    { ...consent, at: new Date(at) },
  ]);
  return Object.fromEntries(entries) as Customer['consent'];
}
