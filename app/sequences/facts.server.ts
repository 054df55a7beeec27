/** What is known of a batch, read set-based: one statement a group of facts, and only the groups that are asked for. */
import { one } from '../messages/one.ts';
import { restDays, type RestDaysOf } from '../orders/orders.server.ts';
import { keysOf, W, type Group } from './fact-groups.ts';
import { channelOf, type Facts } from './facts.ts';
import type { FactGroup } from './needs.ts';
import { history, person, said, segments } from './person-facts.server.ts';
import { products } from './product-facts.server.ts';
import type { FactsSource, FactsWanted } from './source.ts';

interface BaseRow {
  has_customer: boolean;
  erased: boolean;
  zone: string | null;
  locale: string | null;
  country: string | null;
  stage: string | null;
  orders_count: number;
  spent: bigint | null;
  last_score: number | null;
  unsubscribed: boolean;
  has_order: boolean;
  source: string | null;
  test: boolean | null;
  total: bigint | null;
  refunded: bigint | null;
  ordinal: number | null;
  order_country: string | null;
  order_zone: string | null;
  paid_at: Date | null;
  cancelled: boolean;
  refunded_fully: boolean;
  returned: boolean;
  deleted: boolean;
  shipment_status: string | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  delivered_by: string | null;
  missing_at: Date | null;
  shipment_country: string | null;
}

const BASE = `
  select c.id is not null as has_customer, c.erased_at is not null or c.merged_into is not null as erased,
    c.time_zone as zone, coalesce(p.locale, c.locale) as locale, c.country, c.stage,
    coalesce(c.orders_count, 0) as orders_count, c.total_spent as spent, c.last_score,
    coalesce(k.state = 'unsubscribed' or p.frequency = 'order-news', false) as unsubscribed,
    o.id is not null as has_order, o.source, o.test, o.total, o.refunded, o.ordinal,
    o.country as order_country, o.time_zone as order_zone, o.paid_at, o.cancelled_at is not null as cancelled,
    o.refunded_at is not null as refunded_fully, o.returned_at is not null as returned, o.deleted_at is not null as deleted,
    s.status as shipment_status, s.shipped_at, s.delivered_at, s.delivered_by, s.missing_at, s.country as shipment_country
  from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[])
    with ordinality as t(shop_id, customer_id, order_id, shipment_id, position)
  ${one('*', 'customer', 'o.id = t.customer_id')} c on true
  ${one('state', 'consent', `o.customer_id = t.customer_id and o.channel = 'email'`)} k on true
  ${one('locale, frequency', 'preference', 'o.customer_id = t.customer_id')} p on true
  ${one('*', 'orders', 'o.id = t.order_id')} o on true
  ${one('*', 'shipment', 'o.id = t.shipment_id')} s on true
  order by t.position`;

/** Reads orders, customers, shipments and products; answers, reviews and codes of the floor of sequences by plain SQL. */
export const readFacts: FactsSource = async (tx, wanted, now) => {
  if (wanted.length === 0) return [];
  const rows = await tx.sql<BaseRow>(BASE, [
    wanted.map((each) => each.shopId),
    wanted.map((each) => each.customerId),
    wanted.map((each) => each.orderId),
    wanted.map((each) => each.shipmentId),
  ]);
  // The calendars are large: loaded only where an arrival is assumed.
  const restDaysOf = rows.some(isAssumed) ? await restDays() : null;
  const facts = wanted.map((each, index) => factsOf(each, rows[index]!, restDaysOf));
  for (const group of Object.keys(GROUPS) as FactGroup[]) {
    const asking = wanted.map((each, index) => ({ ...each, index })).filter((each) => each.needs.has(group));
    if (asking.length > 0) await GROUPS[group](tx, asking, facts, now);
  }
  return facts;
};

const isAssumed = (row: BaseRow) => row.delivered_by === 'assumed';

function factsOf({ shop }: FactsWanted, row: BaseRow, restDaysOf: RestDaysOf | null): Facts {
  return {
    shop: {
      timeZone: shop.timeZone,
      locale: shop.locale,
      quietFrom: shop.rhythm.quietFrom,
      quietTo: shop.rhythm.quietTo,
      days: shop.rhythm.days,
    },
    customer: row.has_customer ? customerOf(row) : null,
    order: row.has_order ? orderOf(row) : null,
    shipment: row.shipped_at
      ? {
          shippedAt: row.shipped_at,
          deliveredAt: row.delivered_at,
          failed: row.shipment_status === 'failed' || row.shipment_status === 'cancelled',
          missingAt: row.missing_at,
          isRestDay:
            restDaysOf && isAssumed(row) ? restDaysOf(row.shipment_country ?? row.order_country) : null,
        }
      : null,
    product: null,
    products: [],
    answer: null,
    reviewed: false,
    referralCode: null,
    codeMailed: false,
    storySent: false,
    mails: { opened: 0, clicked: 0 },
    triggerScore: null,
  };
}

const customerOf = (row: BaseRow): Facts['customer'] => ({
  erased: row.erased,
  timeZone: row.zone,
  locale: row.locale,
  country: row.country,
  stage: row.stage!,
  ordersCount: row.orders_count,
  spent: Number(row.spent),
  lastScore: row.last_score,
  unsubscribed: row.unsubscribed,
  ordersSince: 0,
});

const orderOf = (row: BaseRow): Facts['order'] => ({
  channel: channelOf(row.source!),
  test: row.test!,
  total: Number(row.total),
  ordinal: row.ordinal,
  country: row.order_country,
  timeZone: row.order_zone,
  paidAt: row.paid_at,
  deliveredAt: null,
  cancelled: row.cancelled,
  refunded: row.refunded_fully ? 'fully' : row.refunded! > 0n ? 'partly' : 'no',
  returned: row.returned,
  deleted: row.deleted,
});

const ORDERED_SINCE = `
  select w.index, n.value from ${W}, $5::timestamptz[]) as w(shop_id, index, customer_id, order_id, anchor_at)
  cross join lateral (
    select count(*)::int as value from orders o
    where o.shop_id = w.shop_id and o.customer_id = w.customer_id and o.placed_at > w.anchor_at
      and o.id is distinct from w.order_id and o.cancelled_at is null and o.deleted_at is null and not o.test
  ) n where n.value > 0`;

const orderedSince: Group = async (tx, asking, facts) => {
  const anchors = asking.map((each) => each.anchorAt);
  const rows = await tx.sql<{ index: number; value: number }>(ORDERED_SINCE, [...keysOf(asking), anchors]);
  for (const row of rows) {
    const { customer } = facts[row.index]!;
    if (customer) customer.ordersSince = row.value;
  }
};

/** When everything has arrived: all of the order was sent, and every parcel that was not lost is there. */
const DELIVERED = `
  select w.index, max(s.delivered_at) as value from ${W}) as w(shop_id, index, customer_id, order_id)
  join orders o on o.shop_id = w.shop_id and o.id = w.order_id and o.fulfilled_at is not null
  join shipment s on s.shop_id = w.shop_id and s.order_id = w.order_id and s.status not in ('failed', 'cancelled')
  group by w.index having bool_and(s.delivered_at is not null)`;

const delivered: Group = async (tx, asking, facts) => {
  const rows = await tx.sql<{ index: number; value: Date }>(DELIVERED, keysOf(asking));
  for (const row of rows) facts[row.index]!.order!.deliveredAt = row.value;
};

const ANSWERS = `
  select distinct on (w.index) w.index, a.score::int as value
  from ${W}) as w(shop_id, index, customer_id, order_id)
  join answer a on a.shop_id = w.shop_id and a.customer_id = w.customer_id and a.order_id = w.order_id
  order by w.index, a.at desc`;

const answers: Group = async (tx, asking, facts) => {
  const rows = await tx.sql<{ index: number; value: number | null }>(ANSWERS, keysOf(asking));
  for (const row of rows) facts[row.index]!.answer = { score: row.value };
};

/** By way of the customer's orders, which have an index for it. */
const REVIEWS = `
  select distinct w.index from ${W}, $5::bigint[]) as w(shop_id, index, customer_id, order_id, product_id)
  join orders o on o.shop_id = w.shop_id and o.customer_id = w.customer_id
  join review r on r.shop_id = o.shop_id and r.order_id = o.id and r.product_id = w.product_id`;

const reviews: Group = async (tx, asking, facts) => {
  const products = asking.map((each) => each.productId);
  const rows = await tx.sql<{ index: number }>(REVIEWS, [...keysOf(asking), products]);
  for (const row of rows) facts[row.index]!.reviewed = true;
};

const CODES = `
  select distinct on (w.index) w.index, r.code as value
  from ${W}) as w(shop_id, index, customer_id, order_id)
  join program p on p.shop_id = w.shop_id and p.status = 'on'
  join referral_code r on r.shop_id = w.shop_id and r.program_id = p.id and r.customer_id = w.customer_id
  where r.state = 'issued' and r.minted_at is not null
  order by w.index, r.issued_at desc`;

const codes: Group = async (tx, asking, facts) => {
  const rows = await tx.sql<{ index: number; value: string }>(CODES, keysOf(asking));
  for (const row of rows) facts[row.index]!.referralCode = row.value;
};

/** The mail that brings a promised code: app/referrals/mails.ts */
const CODE_MAILED = `
  select distinct w.index
  from ${W}, $5::timestamptz[]) as w(shop_id, index, customer_id, order_id, anchor_at)
  join message m on m.shop_id = w.shop_id and m.customer_id = w.customer_id and m.template_key = 'your-code'
  where m.state in ('waiting', 'handing-over', 'sent', 'unknown')
    and m.planned_at > w.anchor_at - interval '180 days'`;

const codeMailed: Group = async (tx, asking, facts) => {
  const anchors = asking.map((each) => each.anchorAt);
  const rows = await tx.sql<{ index: number }>(CODE_MAILED, [...keysOf(asking), anchors]);
  for (const row of rows) facts[row.index]!.codeMailed = true;
};

const STORIES = `
  select distinct w.index
  from ${W}, $5::timestamptz[]) as w(shop_id, index, customer_id, order_id, anchor_at)
  join story s on s.shop_id = w.shop_id and s.customer_id = w.customer_id
    and s.at > w.anchor_at - interval '180 days'`;

const stories: Group = async (tx, asking, facts) => {
  const anchors = asking.map((each) => each.anchorAt);
  const rows = await tx.sql<{ index: number }>(STORIES, [...keysOf(asking), anchors]);
  for (const row of rows) facts[row.index]!.storySent = true;
};

const ENGAGEMENT = `
  select w.index, count(m.opened_at)::int as opened, count(m.clicked_at)::int as clicked
  from ${W}, $5::uuid[]) as w(shop_id, index, customer_id, order_id, enrollment_id)
  join message m on m.shop_id = w.shop_id and m.customer_id = w.customer_id and m.enrollment_id = w.enrollment_id
  group by w.index`;

const engagement: Group = async (tx, asking, facts) => {
  const enrollments = asking.map((each) => each.enrollmentId);
  const rows = await tx.sql<{ index: number; opened: number; clicked: number }>(ENGAGEMENT, [
    ...keysOf(asking),
    enrollments,
  ]);
  for (const { index, ...mails } of rows) facts[index]!.mails = mails;
};

const GROUPS: Record<FactGroup, Group> = {
  'ordered-since': orderedSince,
  products,
  delivered,
  answers,
  reviews,
  code: codes,
  'code-mailed': codeMailed,
  stories,
  engagement,
  person,
  segments,
  history,
  said,
};
