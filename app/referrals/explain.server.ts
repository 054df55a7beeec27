/** Why a friend's order is suspected, for the staff: which orders have what in common, who invited whom. */
import type { ShopTx } from '../db.server.ts';
import type { TraceKind } from '../orders/trace.ts';

/** Another order with something that this one has too. */
export interface SharedTrace {
  kind: TraceKind;
  orderId: bigint;
  orderName: string | null;
  customerId: string | null;
  customerName: string | null;
  /** The order is the advocate's own. */
  isAdvocates: boolean;
}

/** Who invited whom, from this order's advocate upwards. */
export interface Inviter {
  customerId: string;
  name: string | null;
}

const NAME = `coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email)`;

/** What many people share is only told of the advocate's own orders. */
const KINDS: readonly TraceKind[] = [
  'mailbox',
  'phone',
  'door',
  'browser',
  'building',
  'network',
  'likeness',
];
const TELLING: readonly TraceKind[] = ['mailbox', 'phone', 'door', 'browser'];

const SHARED = `
  with f as (
    select t.*, r.advocate_id from referral r join order_trace t on t.shop_id = r.shop_id and t.order_id = r.order_id
    where r.shop_id = $1 and r.id = $2),
  same as (
    ${KINDS.map(
      (kind) => `select '${kind}' as kind, o.order_id from f join order_trace o on o.shop_id = f.shop_id
      and o.customer_id = f.advocate_id and o.${kind} = f.${kind} and o.order_id <> f.order_id`,
    ).join(' union ')} union
    ${TELLING.map(
      (kind) => `select '${kind}', o.order_id from f join order_trace o on o.shop_id = f.shop_id
      and o.invited and o.${kind} = f.${kind} and o.order_id <> f.order_id`,
    ).join(' union ')})
  select same.kind, same.order_id as "orderId", ord.name as "orderName", ord.customer_id as "customerId",
    ${NAME} as "customerName", ord.customer_id is not distinct from f.advocate_id as "isAdvocates"
  from same cross join f join orders ord on ord.shop_id = f.shop_id and ord.id = same.order_id
  left join customer c on c.shop_id = ord.shop_id and c.id = ord.customer_id
  order by "isAdvocates" desc, ord.placed_at desc limit 40`;

const INVITERS = `
  with recursive line as (
    select r.advocate_id as person, 0 as depth from referral r where r.shop_id = $1 and r.id = $2
    union
    select r.advocate_id, l.depth + 1 from line l
    join referral r on r.shop_id = $1 and r.friend_id = l.person and r.state <> 'void' and r.id <> $2 where l.depth < 6)
  select l.person as "customerId", ${NAME} as name from line l
  left join customer c on c.shop_id = $1 and c.id = l.person order by l.depth`;

/** What speaks against one friend's order, so that a person can judge for themselves. */
export async function explainReferral(
  tx: ShopTx,
  referralId: string,
): Promise<{ shared: SharedTrace[]; inviters: Inviter[] }> {
  const values = [tx.shopId, referralId];
  return {
    shared: await tx.sql<SharedTrace>(SHARED, values),
    inviters: await tx.sql<Inviter>(INVITERS, values),
  };
}
