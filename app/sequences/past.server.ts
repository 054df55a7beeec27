/** Reads pasts of customers, a page at a time, set-based; never writes. */
import type { ShopTx } from '../db.server.ts';
import { mailboxOf, phoneOf } from '../messages/address.ts';
import { BUDGET_DAYS } from '../messages/budget.ts';
import type { ConsentState } from '../messages/consent-rules.ts';
import type { MessageChannel, MessageClass } from '../messages/message.ts';
import { suppressedClasses } from '../messages/messages.server.ts';
import { momentsIn } from './calendar.server.ts';
import type { CalendarWish } from './calendar.ts';
import { pastOrders } from './past-orders.server.ts';
import type { Past } from './past.ts';

/** The stretch that is lived through. */
export interface PastTime {
  from: Date;
  until: Date;
}

/** What is read, for which sequence: what others have sent is part of the past, what it has sent itself is not. */
export interface PastWanted extends PastTime {
  sequenceId: string;
  /** Keys the hashes of suppressed addresses. */
  hashKey: Uint8Array;
  /** Moments of the calendar that the plans want to hear of, on the shop's clock where a customer's is not known. */
  calendar: readonly CalendarWish[];
  timeZone: string;
}

/** Customers of a page. A literal: a parameter's generic plan scans the table. */
const PAGE = 1000;
const DAY_MS = 86_400_000;

const BOUGHT = `exists (select 1 from orders o where o.shop_id = c.shop_id and o.customer_id = c.id
  and o.placed_at between $2 and $3)`;

const PEOPLE = `
  select c.id, c.email, c.phone, coalesce(p.locale, c.locale) as locale, c.country, c.time_zone, c.stage, c.stage_at, c.tags,
    c.erased_at, c.orders_count, c.total_spent, e.state as email_state, e.at as email_at, s.state as sms_state,
    s.at as sms_at, p.customer_id is not null as has_wishes, p.channel, p.frequency, p.hour::int as hour, p.paused_until,
    p.updated_at as wishes_at,
    (select min(r.issued_at) from referral_code r join program g on g.shop_id = r.shop_id and g.id = r.program_id
      where r.shop_id = c.shop_id and r.customer_id = c.id and g.status = 'on' and r.state = 'issued'
        and r.minted_at is not null) as code_at
  from customer c
  left join consent e on e.shop_id = c.shop_id and e.customer_id = c.id and e.channel = 'email'
  left join consent s on s.shop_id = c.shop_id and s.customer_id = c.id and s.channel = 'sms'
  left join preference p on p.shop_id = c.shop_id and p.customer_id = c.id
  where c.shop_id = $1 and c.merged_into is null and c.id > $4::uuid and ${BOUGHT}
  order by c.id limit ${PAGE}`;

interface PersonRow {
  id: string;
  email: string | null;
  phone: string | null;
  locale: string | null;
  country: string | null;
  time_zone: string | null;
  stage: string;
  stage_at: Date | null;
  tags: string[];
  erased_at: Date | null;
  orders_count: number;
  total_spent: bigint;
  email_state: ConsentState | null;
  email_at: Date | null;
  sms_state: ConsentState | null;
  sms_at: Date | null;
  has_wishes: boolean;
  channel: MessageChannel | null;
  frequency: 'all' | 'fewer' | 'order-news' | null;
  hour: number | null;
  paused_until: Date | null;
  wishes_at: Date | null;
  code_at: Date | null;
}

const ANSWERS = `
  select customer_id, id, order_id, score::int as score, at, verified_at from answer
  where shop_id = $1 and customer_id = any($2::uuid[]) and at <= $3 order by at, id`;

const REVIEWS = `
  select r.customer_id, r.id, r.order_id, r.product_id, r.stars::int as stars, r.at from review r
  join orders o on o.shop_id = r.shop_id and o.id = r.order_id
  where o.shop_id = $1 and o.customer_id = any($2::uuid[]) and r.at <= $3 order by r.at, r.id`;

const FRIENDS = `
  select advocate_id as customer_id, id, settled_at as at from referral
  where shop_id = $1 and advocate_id = any($2::uuid[]) and state = 'qualified' and settled_at <= $3
  order by settled_at, id`;

const SENT = `
  select m.customer_id, m.class, m.channel, m.template_key, m.planned_at, m.handed_at from message m
  left join enrollment e on e.shop_id = m.shop_id and e.id = m.enrollment_id
  where m.shop_id = $1 and m.customer_id = any($2::uuid[]) and m.handed_at between $4 and $3
    and m.state in ('handing-over', 'sent', 'unknown') and e.sequence_id is distinct from $5::uuid
  order by m.handed_at, m.id`;

const STORIES = `
  select customer_id, at from story where shop_id = $1 and customer_id = any($2::uuid[]) and at <= $3 order by at, id`;

const SEGMENTS = `
  select customer_id, segment_id::text as segment, since as at from segment_member
  where shop_id = $1 and customer_id = any($2::uuid[]) and since <= $3 order by since, segment_id`;

const BEFORE = `
  select customer_id, started_at from enrollment
  where shop_id = $1 and customer_id = any($2::uuid[]) and sequence_id = $4::uuid and started_at < $3`;

interface SentRow {
  customer_id: string;
  class: MessageClass;
  channel: MessageChannel;
  template_key: string;
  planned_at: Date;
  handed_at: Date;
}
type AnswerRow = { customer_id: string; order_id: bigint | null; verified_at: Date | null } & Pick<
  Past['answers'][number],
  'id' | 'score' | 'at'
>;
type ReviewRow = { customer_id: string; order_id: bigint; product_id: bigint } & Pick<
  Past['reviews'][number],
  'id' | 'stars' | 'at'
>;

const COUNT = `select count(*)::int as count from customer c
  where c.shop_id = $1 and c.merged_into is null and ${BOUGHT}`;

/** How many customers have ordered in that time. */
export async function countPasts(tx: ShopTx, { from, until }: PastTime): Promise<number> {
  const [row] = await tx.sql<{ count: number }>(COUNT, [tx.shopId, from, until]);
  return row!.count;
}

/** Before the first page. */
export const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** The pasts of the customers that follow `after`; none when there are no more. */
export async function readPasts(tx: ShopTx, wanted: PastWanted, after: string): Promise<Past[]> {
  const { from, until, sequenceId } = wanted;
  const people = await tx.sql<PersonRow>(PEOPLE, [tx.shopId, from, until, after]);
  if (people.length === 0) return [];
  const ids = people.map(({ id }) => id);
  const lookBack = new Date(from.getTime() - BUDGET_DAYS * DAY_MS);
  const by = async <Row extends { customer_id: string }>(text: string, ...more: unknown[]) =>
    Map.groupBy(await tx.sql<Row>(text, [tx.shopId, ids, ...more]), (row) => row.customer_id);
  const orders = await pastOrders(tx, ids, wanted);
  const answers = await by<AnswerRow>(ANSWERS, until);
  const reviews = await by<ReviewRow>(REVIEWS, until);
  const friends = await by<{ customer_id: string; id: string; at: Date }>(FRIENDS, until);
  const stories = await by<{ customer_id: string; at: Date }>(STORIES, until);
  const sent = await by<SentRow>(SENT, until, lookBack, sequenceId);
  const before = await by<{ customer_id: string; started_at: Date }>(BEFORE, from, sequenceId);
  const segments = await by<{ customer_id: string; segment: string; at: Date }>(SEGMENTS, until);
  const stretch = { after: from, until };
  const ask = { shopId: tx.shopId, timeZone: wanted.timeZone, stretch, customers: ids };
  const moments = Map.groupBy(await momentsIn(tx, ask, wanted.calendar), ({ customerId }) => customerId);
  const suppressed = await suppressedOf(tx, wanted.hashKey, people);
  return people.map((row) => ({
    ...personOf(row),
    suppressed: suppressed(row),
    orders: orders.get(row.id) ?? [],
    answers: (answers.get(row.id) ?? []).map(({ id, order_id, score, at, verified_at }) => ({
      id,
      orderId: order_id,
      score,
      at,
      verifiedAt: verified_at,
    })),
    reviews: (reviews.get(row.id) ?? []).map(({ id, order_id, product_id, stars, at }) => ({
      id,
      orderId: order_id,
      productId: product_id,
      stars,
      at,
    })),
    moments: moments.get(row.id) ?? [],
    segments: (segments.get(row.id) ?? []).map(({ segment, at }) => ({ segment, at })),
    friends: (friends.get(row.id) ?? []).map(({ id, at }) => ({ referralId: id, at })),
    codeMailed: (sent.get(row.id) ?? [])
      .filter((each) => each.template_key === 'your-code')
      .map((each) => each.planned_at),
    stories: (stories.get(row.id) ?? []).map(({ at }) => at),
    sent: (sent.get(row.id) ?? []).map((each) => ({
      at: each.handed_at,
      class: each.class,
      channel: each.channel,
    })),
    before: (before.get(row.id) ?? []).map((each) => ({ sequenceId, startedAt: each.started_at })),
  }));
}

const personOf = (row: PersonRow): Pick<Past, 'customer' | 'consent' | 'wishes' | 'codeAt'> => ({
  customer: {
    id: row.id,
    timeZone: row.time_zone,
    locale: row.locale,
    country: row.country,
    stage: row.stage,
    stageAt: row.stage_at,
    tags: row.tags,
    erasedAt: row.erased_at,
    reachable: { email: mailboxOf(row.email) !== null, sms: phoneOf(row.phone) !== null },
    ordersCount: row.orders_count,
    spent: Number(row.total_spent),
  },
  consent: {
    email: row.email_state ? { state: row.email_state, at: row.email_at! } : null,
    sms: row.sms_state ? { state: row.sms_state, at: row.sms_at! } : null,
  },
  wishes: row.has_wishes
    ? {
        channel: row.channel,
        frequency: row.frequency!,
        hour: row.hour,
        pausedUntil: row.paused_until,
        since: row.wishes_at!,
      }
    : null,
  codeAt: row.code_at,
});

const CHANNELS: readonly MessageChannel[] = ['email', 'sms'];
const CLASSES: readonly MessageClass[] = ['service', 'ask', 'offer'];

async function suppressedOf(tx: ShopTx, hashKey: Uint8Array, people: readonly PersonRow[]) {
  const asked = people.map((row) => ({ ...row, shop_id: tx.shopId }));
  const found = await suppressedClasses(tx, hashKey, asked);
  return (row: PersonRow): Past['suppressed'] =>
    CHANNELS.flatMap((channel) => {
      const address = channel === 'sms' ? phoneOf(row.phone) : mailboxOf(row.email);
      if (!address) return [];
      // An unsubscribe is dated, and counts from its day on.
      const isDated = (channel === 'sms' ? row.sms_state : row.email_state) === 'unsubscribed';
      return CLASSES.flatMap((kind) => {
        const because = found(tx.shopId, channel, address, kind);
        return because && !(isDated && because === 'unsubscribed') ? [{ channel, class: kind, because }] : [];
      });
    });
}
