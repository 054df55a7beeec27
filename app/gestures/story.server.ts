/** Reads the stories of customers: a few reads for all of them. */
import { displayName, type Stage } from '../customers/customer.ts';
import type { SqlTx } from '../db.server.ts';
import type { CustomerStory } from './story.ts';

const PEOPLE = `
  select id, first_name as "firstName", last_name as "lastName", email, phone, stage, first_order_at as since,
    orders_count as orders, total_spent as spent, friends, reviews, kind_words as "kindWords",
    (select coalesce(sum((select count(*) from jsonb_array_elements(s.files) f where f ->> 'role' <> 'video')), 0)::int
      from story s where s.shop_id = c.shop_id and s.customer_id = c.id and s.state <> 'withdrawn') as pictures
  from customer c where shop_id = $1 and id = any($2::uuid[]) and erased_at is null and merged_into is null`;

type PersonRow = Parameters<typeof displayName>[0] & {
  id: string;
  stage: Stage;
  since: Date | null;
  orders: number;
  spent: bigint;
  friends: number;
  reviews: number;
  kindWords: number;
  pictures: number;
};

const LAST_ORDERS = `
  select distinct on (o.customer_id) o.customer_id, o.name, o.placed_at as at,
    array(select l.title from order_line l where l.shop_id = o.shop_id and l.order_id = o.id and l.current_quantity > 0
      order by l.price desc limit 3) as products
  from orders o where o.shop_id = $1 and o.customer_id = any($2::uuid[]) and o.cancelled_at is null and o.deleted_at is null and not o.test
  order by o.customer_id, o.placed_at desc`;

const HEALED = `
  select h.customer_id, h.count, h.last_at, (select count(*)::int from orders o where o.shop_id = $1 and o.customer_id = h.customer_id
    and o.placed_at > h.last_at and o.cancelled_at is null and o.deleted_at is null and not o.test) as orders_since
  from (select customer_id, count(*)::int as count, max(solved_at) as last_at from conversation
    where shop_id = $1 and customer_id = any($2::uuid[]) and problem and state = 'solved' and first_replied_at is not null
      and solved_at is not null group by customer_id) h`;

/** What they wrote and somebody may repeat to them: answers, reviews, captions. Two each, newest first; the same words once. */
const WORDS = `
  select customer_id, text, at from (
    select customer_id, text, max(at) as at, row_number() over (partition by customer_id order by max(at) desc) as place from (
      select customer_id, comment as text, at from answer
      where shop_id = $1 and customer_id = any($2::uuid[]) and comment <> '' and coalesce(score, 4) >= 4
      union all
      select customer_id, text, at from review
      where shop_id = $1 and customer_id = any($2::uuid[]) and text <> '' and stars >= 4 and state <> 'hidden'
      union all
      select customer_id, text, at from story
      where shop_id = $1 and customer_id = any($2::uuid[]) and text <> '' and state <> 'withdrawn') said group by customer_id, text) numbered
  where place <= 2 order by customer_id, at desc`;

interface ById {
  customer_id: string;
}

/** @param ids at most some hundred. Erased ones and strangers are not in the answer. */
export async function storiesOfCustomers(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Map<string, CustomerStory>> {
  if (ids.length === 0) return new Map();
  const of = [shopId, ids];
  const people = await tx.sql<PersonRow>(PEOPLE, of);
  const orders = byId(await tx.sql<ById & NonNullable<CustomerStory['lastOrder']>>(LAST_ORDERS, of));
  const healed = byId(
    await tx.sql<ById & { count: number; last_at: Date; orders_since: number }>(HEALED, of),
  );
  const words = Map.groupBy(
    await tx.sql<ById & { text: string; at: Date }>(WORDS, of),
    (row) => row.customer_id,
  );
  return new Map(
    people.map(({ id, firstName, lastName, email, phone, ...row }) => {
      const [order, trouble] = [orders.get(id), healed.get(id)];
      return [
        id,
        {
          ...row,
          customerId: id,
          name: displayName({ firstName, lastName, email, phone }),
          lastOrder: order ? { name: order.name, at: order.at, products: order.products } : null,
          healed: trouble
            ? { count: trouble.count, lastAt: trouble.last_at, ordersSince: trouble.orders_since }
            : null,
          words: (words.get(id) ?? []).map(({ text, at }) => ({ text: text.slice(0, 400), at })),
        },
      ];
    }),
  );
}

const byId = <Row extends ById>(rows: readonly Row[]) => new Map(rows.map((row) => [row.customer_id, row]));
