/** By which friends' links orders came, as others than their webhooks say it; and asking Shopify where nobody does. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { readCode } from './codes.ts';
import { countsFor, LINK_DAYS, type LinkTold } from './last-link.ts';

export interface ToldLink {
  shopId: bigint;
  orderId: bigint;
  /** What only the buyer's browser has; Shopify's own word needs none, it is a number of its own. */
  checkoutToken: string;
  code: string;
  clickedAt: Date;
  by: 'pixel' | 'journey';
}

const TELL = `
  insert into order_link (shop_id, order_id, checkout_token, code, clicked_at, told_by, at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (shop_id, order_id, checkout_token) do update set code = excluded.code, clicked_at = excluded.clicked_at
    where order_link.clicked_at < excluded.clicked_at`;

/**
 * Somebody says that an order came by a friend's link: kept until the order is there, paid and looked at, which may be
 * before or after. Nothing is believed yet.
 */
export async function tellLinks(tx: SqlTx, links: readonly ToldLink[], now: Date): Promise<void> {
  const good = links.flatMap((link) => {
    const code = readCode(link.code);
    return code && mayCount(link.clickedAt, now) ? [{ ...link, code }] : [];
  });
  for (const { shopId, orderId, checkoutToken, code, clickedAt, by } of good)
    await tx.sql(TELL, [shopId, orderId, checkoutToken, code, clickedAt, by, now]);
  const told = new Map(good.map(({ shopId, orderId }) => [`${shopId}:${orderId}`, { shopId, orderId }]));
  await recordEvents(
    tx,
    [...told.values()].map((order) => ({ ...order, kind: 'link.told', data: {}, at: now })),
    now,
  );
}

/** Of orders some days old Shopify tells later; what is older cannot count for any of them. */
const mayCount = (clickedAt: Date, now: Date) =>
  countsFor(clickedAt, now) || countsFor(clickedAt, new Date(now.getTime() - LATEST));

/** The last time that Shopify is asked, after an order. */
const LATEST = 3 * 86_400_000;

interface Ref {
  shopId: bigint;
  id: bigint;
}

const TOLD = `
  select l.shop_id, l.order_id, l.code, l.clicked_at, l.told_by from order_link l
  join unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id) using (shop_id, order_id)
  join orders o on o.shop_id = l.shop_id and o.id = l.order_id
  where l.told_by = 'journey' or l.checkout_token = o.checkout_token`;

/** By order, `SHOP:ID`. What does not know the order's checkout says nothing. */
export async function linksOf(tx: SqlTx, orders: readonly Ref[]): Promise<Map<string, LinkTold[]>> {
  const rows = await tx.sql<{
    shop_id: bigint;
    order_id: bigint;
    code: string;
    clicked_at: Date;
    told_by: 'pixel' | 'journey';
  }>(TOLD, [orders.map(({ shopId }) => shopId), orders.map(({ id }) => id)]);
  const told = new Map<string, LinkTold[]>();
  for (const row of rows) {
    const key = `${row.shop_id}:${row.order_id}`;
    const link = { code: row.code, at: row.clicked_at, by: row.told_by };
    told.set(key, [...(told.get(key) ?? []), link]);
  }
  return told;
}

/** Only where somebody has opened a friend's link of late: else there is nothing that Shopify could say. */
const WISH = `
  insert into journey_ask (shop_id, order_id, due_at, at)
  select t.shop_id, t.order_id, $3::timestamptz, $3::timestamptz
  from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  where exists (select from referral_visit v where v.shop_id = t.shop_id and v.at >= $4)
  on conflict (shop_id, order_id) do nothing`;

/** Nobody names a friend: Shopify is asked by which pages the buyer came. Once an order. */
export async function wishJourneys(tx: SqlTx, orders: readonly Ref[], now: Date): Promise<void> {
  if (orders.length === 0) return;
  const since = new Date(now.getTime() - (LINK_DAYS + 1) * 86_400_000);
  await tx.sql(WISH, [orders.map(({ shopId }) => shopId), orders.map(({ id }) => id), now, since]);
}

const STOP = `update journey_ask set due_at = null where shop_id = $1 and due_at is not null`;

/** Nothing of an uninstalled shop is asked any more. */
export const stopAsking = (tx: SqlTx, shopId: bigint) => tx.sql(STOP, [shopId]);

/** A week is enough for the slowest webhook. */
const FORGET_LINKS = `delete from order_link where at < $1::timestamptz - interval '7 days'`;
const FORGET_ASKS = `delete from journey_ask where at < $1::timestamptz - interval '40 days'`;

/** Housekeeping: what was said of orders that never came, or is told in their referrals by now. */
export async function forgetLinks(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET_LINKS, [now]);
  await tx.sql(FORGET_ASKS, [now]);
}
