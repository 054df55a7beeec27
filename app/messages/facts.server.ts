/** What permission needs to know of a batch of claimed messages: set-based, in the claim's transaction. */
import type { SqlTx } from '../db.server.ts';
import { pausedOf, problemsOf, saidByOthers, type FromAbove } from './above.server.ts';
import { SHOP_COLUMNS, shopOfRow, type Shop, type ShopRow } from '../shops/shop.ts';
import { mailboxOf, phoneOf } from './address.ts';
import { BUDGET_DAYS } from './budget.ts';
import type { ClaimedMessage } from './claim.server.ts';
import type { ConsentState } from './consent-rules.ts';
import type { MessageChannel } from './message.ts';
import type { PermissionFacts } from './permission.ts';
import { one } from './one.ts';
import { suppressedClasses, type Suppressions } from './suppression.server.ts';

export interface FactsDeps extends FromAbove {
  /** Keys the hashes of suppressed addresses. */
  hashKey: Uint8Array;
  /** Whether texts can be sent at all. */
  texts: boolean;
}

/** A claimed message with everything that the answer and the mail depend on. */
export interface JudgedMessage {
  message: ClaimedMessage;
  shop: Shop;
  /** By the channel that is used in the end. */
  channel: MessageChannel;
  address: string;
  facts: PermissionFacts;
  /** BCP 47, what speaks most for it first: the customer's wish, the language they shop in, that of the order. */
  languages: (string | null)[];
}

interface CustomerRow {
  shop_id: bigint;
  id: string;
  merged_into: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  country: string | null;
  time_zone: string | null;
  last_order_at: Date | null;
  erased_at: Date | null;
}

const LOCK_CUSTOMERS = `
  select c.shop_id, c.id, c.merged_into, c.email, c.phone, c.locale, c.country, c.time_zone, c.last_order_at, c.erased_at
  from customer c join (select distinct * from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)) t using (shop_id, id)
  order by c.shop_id, c.id for no key update of c skip locked`;

/** A shop that is being uninstalled or changed at this moment is left for the next round. */
const LOCK_SHOPS = `select ${SHOP_COLUMNS} from shop where id = any($1::bigint[]) order by id for share skip locked`;

interface OrderRow {
  shop_id: bigint;
  id: bigint;
  locale: string | null;
  time_zone: string | null;
  over: string | null;
}

/** An order that is being cancelled at this moment is left for the next round. */
const LOCK_ORDERS = `
  select o.shop_id, o.id, o.locale, o.time_zone, case when o.deleted_at is not null then 'deleted'
    when o.cancelled_at is not null then 'cancelled' when o.refunded_at is not null then 'refunded'
    when o.returned_at is not null then 'returned' end as over
  from orders o join (select distinct * from unnest($1::bigint[], $2::bigint[]) as t(shop_id, id)) t using (shop_id, id)
  order by o.shop_id, o.id for share of o skip locked`;

interface WishRow {
  shop_id: bigint;
  customer_id: string;
  email_consent: ConsentState | null;
  sms_consent: ConsentState | null;
  locale: string | null;
  channel: MessageChannel | null;
  frequency: 'all' | 'fewer' | 'order-news' | null;
  hour: number | null;
  paused_until: Date | null;
  handed: Date[];
  handed_by: MessageChannel[];
  problem: string | null;
}

/** One look at a table for each customer; the orders of those who are judged are looked through once. */
const WISHES = `
  select t.shop_id, t.customer_id, k.email_consent, k.sms_consent, p.locale, p.channel, p.frequency,
    p.hour::int, p.paused_until,
    coalesce(h.handed, '{}') as handed, coalesce(h.handed_by, '{}') as handed_by, b.problem
  from (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, customer_id)) t
  cross join lateral (select max(c.state) filter (where c.channel = 'email') as email_consent,
      max(c.state) filter (where c.channel = 'sms') as sms_consent
    from consent c where c.shop_id = t.shop_id and c.customer_id = t.customer_id) k
  ${one('locale, channel, frequency, hour, paused_until', 'preference', 'o.customer_id = t.customer_id')} p on true
  cross join lateral (select case
      when bool_or(exists (select 1 from order_return r where r.shop_id = o.shop_id and r.order_id = o.id
        and lower(r.state) in ('open', 'requested'))) then 'return'
      when bool_or(o.cancelled_at is null and o.refunded_at is null and exists (
        select 1 from shipment f where f.shop_id = o.shop_id and f.order_id = o.id
          and f.status = 'failed' and f.snapshot_at > $4)) then 'delivery'
      when bool_or(exists (select 1 from problem q where q.shop_id = o.shop_id and q.order_id = o.id
        and q.state = 'open')) then 'not-arrived'
      when bool_or(exists (select 1 from order_check d where d.shop_id = o.shop_id and d.order_id = o.id
        and d.dispute in ('inquiry', 'open') and d.dispute_at > $6)) then 'dispute' end as problem
    from orders o where o.shop_id = t.shop_id and o.customer_id = t.customer_id) b
  cross join lateral (select array_agg(m.handed_at) as handed, array_agg(m.channel) as handed_by from message m
    where m.shop_id = t.shop_id and m.customer_id = t.customer_id and m.class in ('ask', 'offer')
      and m.state in ('handing-over', 'sent', 'unknown') and m.handed_at > $3 and m.id <> all ($5::uuid[])) h`;

/** A parcel that failed so long ago without anything following is nobody's open problem any more. */
const FAILED_DELIVERY_DAYS = 60;
/** Banks decide within this time; what was never heard of again is over. */
const DISPUTE_DAYS = 120;
const DAY = 86_400_000;

const FOLLOW_MERGES = `
  update message m set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, id, into_id)
  where m.shop_id = t.shop_id and m.id = t.id`;

const of = (shopId: bigint, id: string | bigint) => `${shopId} ${id}`;

/**
 * Locks and reads what the messages depend on. Messages whose customer, order or shop somebody else holds at this
 * moment are left out: the next round meets them with what was committed. `gone`: those have been deleted.
 */
export async function judgeable(
  tx: SqlTx,
  messages: readonly ClaimedMessage[],
  deps: FactsDeps,
  now: Date,
): Promise<{ ready: JudgedMessage[]; gone: ClaimedMessage[] }> {
  const customers = await tx.sql<CustomerRow>(LOCK_CUSTOMERS, customerRefs(messages));
  const customerOf = new Map(customers.map((row) => [of(row.shop_id, row.id), row]));
  await followMerges(tx, messages, customerOf);
  const shops = await tx.sql<ShopRow>(LOCK_SHOPS, [[...new Set(messages.map((m) => m.shop_id))]]);
  const shopOf = new Map(shops.map((row) => [row.id, shopOfRow(row)]));
  const orderOf = await lockOrders(tx, messages);
  const wishOf = await wishesOf(tx, messages, now);
  const problems = await problemsOf(tx, messages, deps, now);
  const paused = await pausedOf(tx, messages, deps);
  const said = await saidByOthers(tx, messages, deps);
  const suppressed = await suppressedClasses(tx, deps.hashKey, customers);
  const ready: JudgedMessage[] = [];
  const busy: ClaimedMessage[] = [];
  for (const message of messages) {
    const customer = customerOf.get(of(message.shop_id, message.customer_id));
    const shop = shopOf.get(message.shop_id);
    const order = message.order_id === null ? null : orderOf.get(of(message.shop_id, message.order_id));
    const wish = wishOf.get(of(message.shop_id, message.customer_id))!;
    const problem = problems.get(message.customer_id) ?? wish.problem ?? paused.get(message.id) ?? null;
    if (!customer || !shop || order === undefined) busy.push(message);
    else if (!customer.merged_into) {
      const saidBy = said.get(message.id) ?? null;
      const { texts } = deps;
      ready.push(judged({ message, shop, customer, order, wish, problem, suppressed, saidBy, texts }));
    }
  }
  return { ready, gone: await goneOf(tx, busy) };
}

const customerRefs = (messages: readonly ClaimedMessage[]) => [
  messages.map((m) => m.shop_id),
  messages.map((m) => m.customer_id),
];

async function lockOrders(tx: SqlTx, messages: readonly ClaimedMessage[]): Promise<Map<string, OrderRow>> {
  const about = messages.filter((m) => m.order_id !== null);
  if (about.length === 0) return new Map();
  const rows = await tx.sql<OrderRow>(LOCK_ORDERS, [
    about.map((m) => m.shop_id),
    about.map((m) => m.order_id),
  ]);
  return new Map(rows.map((row) => [of(row.shop_id, row.id), row]));
}

async function wishesOf(tx: SqlTx, messages: readonly ClaimedMessage[], now: Date) {
  const rows = await tx.sql<WishRow>(WISHES, [
    ...customerRefs(messages),
    new Date(now.getTime() - BUDGET_DAYS * DAY),
    new Date(now.getTime() - FAILED_DELIVERY_DAYS * DAY),
    messages.map((m) => m.id),
    new Date(now.getTime() - DISPUTE_DAYS * DAY),
  ]);
  return new Map(rows.map((row) => [of(row.shop_id, row.customer_id), row]));
}

const GONE = `
  select t.id from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bigint[]) as t(shop_id, id, customer_id, order_id)
  where not exists (select 1 from customer c where c.shop_id = t.shop_id and c.id = t.customer_id)
    or (t.order_id is not null and not exists (
      select 1 from orders o where o.shop_id = t.shop_id and o.id = t.order_id))`;

/** Of messages that could not be judged: those whose customer or order does not exist, instead of being locked. */
async function goneOf(tx: SqlTx, busy: readonly ClaimedMessage[]): Promise<ClaimedMessage[]> {
  if (busy.length === 0) return [];
  const rows = await tx.sql<{ id: string }>(GONE, [
    busy.map((m) => m.shop_id),
    busy.map((m) => m.id),
    busy.map((m) => m.customer_id),
    busy.map((m) => m.order_id),
  ]);
  const ids = new Set(rows.map((row) => row.id));
  return busy.filter((message) => ids.has(message.id));
}

/** A message to somebody who was merged goes to the one that is left, in the next round. */
async function followMerges(
  tx: SqlTx,
  messages: readonly ClaimedMessage[],
  customerOf: ReadonlyMap<string, CustomerRow>,
): Promise<void> {
  const moved = messages.flatMap((message) => {
    const into = customerOf.get(of(message.shop_id, message.customer_id))?.merged_into;
    return into ? [{ message, into }] : [];
  });
  if (moved.length === 0) return;
  const { shopIds, ids } = {
    shopIds: moved.map((m) => m.message.shop_id),
    ids: moved.map((m) => m.message.id),
  };
  await tx.sql(FOLLOW_MERGES, [shopIds, ids, moved.map((m) => m.into)]);
}

interface Known {
  message: ClaimedMessage;
  shop: Shop;
  customer: CustomerRow;
  order: OrderRow | null;
  wish: WishRow;
  problem: string | null;
  suppressed: Suppressions;
  saidBy: string | null;
  texts: boolean;
}

function judged(known: Known): JudgedMessage {
  const { message, shop, customer, order, wish, problem, suppressed, saidBy, texts } = known;
  const canText = texts && wish.sms_consent === 'subscribed' && phoneOf(customer.phone) !== null;
  const channel = wish.channel === 'sms' && canText ? 'sms' : message.channel;
  const address = (channel === 'sms' ? phoneOf(customer.phone) : mailboxOf(customer.email)) ?? '';
  const facts: PermissionFacts = {
    class: message.class,
    channel,
    installed: shop.status === 'installed' && shop.epoch === message.epoch,
    customer: {
      erased: customer.erased_at !== null,
      reachable: address !== '',
      timeZone: customer.time_zone ?? order?.time_zone ?? shop.timeZone,
      country: customer.country,
      lastOrderAt: customer.last_order_at,
    },
    consent: channel === 'sms' ? wish.sms_consent : wish.email_consent,
    suppressed: suppressed(message.shop_id, channel, address, message.class),
    saidBy,
    preferences: { frequency: wish.frequency ?? 'all', hour: wish.hour, pausedUntil: wish.paused_until },
    orderOver: message.data.orderIsOver && order?.over !== 'deleted' ? null : (order?.over ?? null),
    problem,
    handed: wish.handed.map((at, index) => ({ at, channel: wish.handed_by[index]! })),
    rhythm: shop.settings.rhythm,
    uselessAfter: message.useless_after,
  };
  const languages = [wish.locale, customer.locale, order?.locale ?? null];
  return { message, shop, channel, address, facts, languages };
}
