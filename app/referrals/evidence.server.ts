/** Gathers what fraud.ts looks at, for many friends' orders at once: people, traces of orders, who invited whom, payments. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { checksOf } from '../orders/orders.server.ts';
import type { Order } from '../orders/order.ts';
import { TRACES, type TraceKind } from '../orders/trace.ts';
import type { Shop } from '../shops/shop.ts';
import { staffOf } from './employees.ts';
import type { Evidence, KnownPerson, Likeness } from './fraud.ts';
import type { Terms } from './terms.ts';

/** One friend's order and who is said to have invited. */
export interface Pair {
  shop: Shop;
  order: Order;
  advocateId: string;
  terms: Terms;
}

/** All but the limits, which are counted where orders become referrals; in the order of the pairs. */
export type Gathered = Omit<Evidence, 'tooMany' | 'tooFast'>;

/** Invitations are followed upwards so far; longer rings are not worth what they cost to make. */
const DEPTH = 6;

const ASKED = `
  asked as (
    select t.shop_id, t.order_id, t.advocate_id, ${['f.customer_id', ...TRACES.map((kind) => `f.${kind}`)].join(', ')}
    from unnest($1::bigint[], $2::bigint[], $3::uuid[]) as t(shop_id, order_id, advocate_id)
    join order_trace f on f.shop_id = t.shop_id and f.order_id = t.order_id)`;

/** What the order has in common with orders of the advocate, of whoever invited them, and so on upwards. */
const ABOVE = `
  with recursive ${ASKED},
  line as (
    select shop_id, order_id, advocate_id as person, 0 as depth from asked
    union
    select l.shop_id, l.order_id, r.advocate_id, l.depth + 1 from line l
    join referral r on r.shop_id = l.shop_id and r.friend_id = l.person and r.state <> 'void' and r.order_id <> l.order_id
    where l.depth < ${DEPTH})
  select f.shop_id, f.order_id, l.depth, bool_or(l.person is not distinct from f.customer_id) as themselves,
    ${TRACES.map((kind) => `coalesce(bool_or(o.${kind} = f.${kind}), false) as ${kind}`).join(', ')}
  from asked f join line l using (shop_id, order_id)
  left join order_trace o on o.shop_id = l.shop_id and o.customer_id = l.person and o.order_id <> f.order_id
  group by f.shop_id, f.order_id, l.depth`;

/** What one person leaves behind who comes as several; a line or a building is many people's. */
const TELLING: readonly TraceKind[] = ['mailbox', 'phone', 'door', 'browser'];

/** Others who came as friends, with what this order has. Materialized: first who is alike, then what referral that is. */
const BESIDE = `
  with ${ASKED},
  same as materialized (
    select f.shop_id, f.order_id, f.advocate_id, f.customer_id, alike.order_id as other from asked f
    cross join lateral (${TELLING.map(
      (kind) =>
        `select o.order_id from order_trace o where o.invited and o.shop_id = f.shop_id and o.${kind} = f.${kind}`,
    ).join(' union ')}) alike
    where alike.order_id <> f.order_id)
  select same.shop_id, same.order_id,
    count(*) filter (where r.advocate_id = same.advocate_id)::int as again,
    count(distinct r.advocate_id) filter (where r.advocate_id <> same.advocate_id)::int as others
  from same join referral r on r.shop_id = same.shop_id and r.order_id = same.other
  where r.state <> 'void' and r.friend_id is distinct from same.customer_id
  group by same.shop_id, same.order_id`;

const NEARBY = `
  select f.shop_id, f.order_id, f.referrer, f.network is not null as placed,
    (select count(*)::int from order_trace o where o.invited and o.shop_id = f.shop_id and o.area = f.area
      and o.order_id <> f.order_id and o.at between f.at - interval '1 day' and f.at) as nearby
  from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id) join order_trace f using (shop_id, order_id)`;

const TAGS = `
  select c.shop_id, c.id, c.tags from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) join customer c using (shop_id, id)`;

/** @param isLast the last look before it counts: what Shopify has not said by then is missing */
export async function evidenceOf(tx: SqlTx, pairs: readonly Pair[], isLast: boolean): Promise<Gathered[]> {
  if (pairs.length === 0) return [];
  const people = await peopleOf(tx, pairs);
  const likenesses = await likenessesOf(tx, pairs, people);
  const checks = await checksOf(
    tx,
    pairs.map(({ order }) => order),
  );
  const staff = new Map(pairs.map(({ shop }) => [shop.id, staffOf(shop)]));
  return pairs.map(({ shop, order, advocateId, terms }) => {
    const key = `${shop.id}:${order.id}`;
    const check = checks.get(key);
    return {
      advocate: people.get(advocateId) ?? null,
      friend: order.customerId ? (people.get(order.customerId) ?? null) : null,
      order,
      likeness: likenesses.get(key) ?? null,
      risk: check?.risk ?? (isLast ? null : 'unheard'),
      dispute: check?.dispute ?? null,
      staff: staff.get(shop.id)!,
      terms,
    };
  });
}

/** By the id that was asked for; merges followed, those who were erased left out. */
async function peopleOf(tx: SqlTx, pairs: readonly Pair[]): Promise<Map<string, KnownPerson>> {
  const refs = pairs.flatMap(({ shop, order, advocateId }) =>
    [advocateId, order.customerId].flatMap((id) => (id ? [{ shopId: shop.id, id }] : [])),
  );
  const found = await customersByIds(tx, refs);
  const here = [...found.values()];
  const rows = await tx.sql<{ shop_id: bigint; id: string; tags: string[] }>(TAGS, [
    here.map(({ shopId }) => shopId),
    here.map(({ id }) => id),
  ]);
  const tags = new Map(rows.map((row) => [row.id, row.tags]));
  return new Map(
    [...found].flatMap(([asked, person]) =>
      person.erasedAt ? [] : [[asked, { ...person, tags: tags.get(person.id) ?? [] }] as const],
    ),
  );
}

type Row = { shop_id: bigint; order_id: bigint };

async function likenessesOf(
  tx: SqlTx,
  pairs: readonly Pair[],
  people: ReadonlyMap<string, KnownPerson>,
): Promise<Map<string, Likeness>> {
  const values = [
    pairs.map(({ shop }) => shop.id),
    pairs.map(({ order }) => order.id),
    pairs.map(({ advocateId }) => people.get(advocateId)?.id ?? advocateId),
  ];
  const keyOf = (row: Row) => `${row.shop_id}:${row.order_id}`;
  const above = await tx.sql<Row & Record<TraceKind | 'themselves', boolean> & { depth: number }>(
    ABOVE,
    values,
  );
  const beside = await tx.sql<Row & { again: number; others: number }>(BESIDE, values);
  const nearby = await tx.sql<Row & { referrer: string | null; placed: boolean; nearby: number }>(
    NEARBY,
    values.slice(0, 2),
  );
  const besides = new Map(beside.map((row) => [keyOf(row), row]));
  return new Map(
    nearby.map((row) => {
      const mine = above.filter((each) => keyOf(each) === keyOf(row));
      const advocate = mine.find(({ depth }) => depth === 0);
      const closing = mine.filter(
        (each) => each.depth > 0 && (each.themselves || TELLING.some((kind) => each[kind])),
      );
      const { again = 0, others = 0 } = besides.get(keyOf(row)) ?? {};
      return [
        keyOf(row),
        {
          withAdvocate: new Set(TRACES.filter((kind) => advocate?.[kind])),
          ring: closing.length > 0 ? Math.min(...closing.map(({ depth }) => depth)) + 1 : null,
          again: again > 0,
          others,
          nearby: row.nearby,
          isPlaced: row.placed,
          referrer: row.referrer,
        },
      ];
    }),
  );
}

const INVITED = `
  update order_trace o set invited = true from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  where o.shop_id = t.shop_id and o.order_id = t.order_id and not o.invited`;

/** These orders are friends' from now on: others are compared with them. */
export async function markInvited(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
): Promise<void> {
  await tx.sql(INVITED, [orders.map(({ shopId }) => shopId), orders.map(({ orderId }) => orderId)]);
}
