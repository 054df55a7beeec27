/** A member of the staff leads a customer into a sequence. The wish is an event, as every other that sets one off. */
import type { ShopTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { candidatesOf, keptOutSince, type Candidate } from './candidates.ts';
import { heard } from './heard.server.ts';
import type { Trigger } from './plan.ts';
import type { Begun, Happened } from './sequence.ts';

const ON = `
  select key, name from sequence
  where shop_id = $1 and status = 'on' and live_version is not null order by created_at, id`;

/** See the door. */
export const sequencesOn = (tx: ShopTx): Promise<{ key: string; name: string }[]> =>
  tx.sql<{ key: string; name: string }>(ON, [tx.shopId]);

/** Locked, so that two who press at once begin one. */
const CUSTOMER = `
  select 1 from customer where shop_id = $1 and id = $2::uuid and erased_at is null and merged_into is null
  for no key update`;

/** See the door. */
export async function beginByHand(
  tx: ShopTx,
  { customerId, sequence: key }: { customerId: string; sequence: string },
  now: Date,
): Promise<Begun> {
  const [customer] = await tx.sql(CUSTOMER, [tx.shopId, customerId]);
  if (!customer) return { outcome: 'refused', why: 'gone' };
  const subject = await subjectFor(tx, customerId);
  const happened: Happened = {
    shopId: tx.shopId,
    trigger: 'sequence.started',
    customerId,
    ...subject,
    at: now,
    data: { sequence: key, by: 'staff', cause: `staff:${newId(now)}` },
  };
  const known = await heard(tx, [happened], now);
  const sequence = known.listening.find((each) => each.key === key);
  if (!sequence || !known.of[0]) return { outcome: 'refused', why: 'not-on' };
  const missing = missingFor(sequence.plan.trigger, subject);
  if (missing) return { outcome: 'refused', why: missing };
  const candidates = candidatesOf(sequence, happened, known.of[0], now);
  if (candidates.length === 0) {
    const { order } = known.of[0].facts;
    const isOver =
      order && (order.cancelled || order.returned || order.deleted || order.refunded === 'fully');
    return { outcome: 'refused', why: isOver ? 'order-over' : 'not-for-them' };
  }
  const why = await keptOut(tx, candidates, key, now);
  if (why) return { outcome: 'refused', why };
  await record(tx, happened, now);
  return { outcome: 'begun' };
}

/** The last order and its last parcel. Sequences about customers hear of the order, too, as by their own triggers. */
const LAST = `
  select o.id as "orderId", (
    select s.id from shipment s where s.shop_id = o.shop_id and s.order_id = o.id
    order by s.shipped_at desc nulls last, s.id desc limit 1) as "shipmentId"
  from orders o where o.shop_id = $1 and o.customer_id = $2::uuid and o.deleted_at is null
  order by o.placed_at desc, o.id desc limit 1`;

interface Last {
  orderId: bigint | null;
  shipmentId: bigint | null;
}

async function subjectFor(tx: ShopTx, customerId: string): Promise<Last> {
  const [last] = await tx.sql<Last>(LAST, [tx.shopId, customerId]);
  return last ?? { orderId: null, shipmentId: null };
}

function missingFor({ each }: Trigger, { orderId, shipmentId }: Last): 'no-order' | 'no-parcel' | null {
  if (each === 'customer') return null;
  if (orderId === null) return 'no-order';
  return each === 'shipment' && shipmentId === null ? 'no-parcel' : null;
}

/** Those of the same subjects, or that keep a new one out; a customer as a whole is inside once. */
const EARLIER = `
  select subject, state = 'open' as open from enrollment
  where shop_id = $1 and customer_id = $2::uuid and sequence_id = $3::uuid
    and (subject = any($4::text[]) or started_at > $5::timestamptz or ($6::boolean and state = 'open'))`;

const ON_ITS_WAY = `
  select 1 from event where shop_id = $1 and customer_id = $2::uuid and kind = 'sequence.started' and due_at is not null
    and data ->> 'sequence' = $3 limit 1`;

async function keptOut(
  tx: ShopTx,
  candidates: readonly Candidate[],
  key: string,
  now: Date,
): Promise<'inside' | 'been-through' | null> {
  const { happened, sequence } = candidates[0]!;
  const { reentry, trigger } = sequence.plan;
  const subjects = candidates.map(({ subject }) => subject);
  const earlier = await tx.sql<{ subject: string; open: boolean }>(EARLIER, [
    tx.shopId,
    happened.customerId,
    sequence.sequenceId,
    subjects,
    keptOutSince(reentry, happened, now),
    trigger.each === 'customer',
  ]);
  const isNew = subjects.some((subject) => earlier.every((each) => each.subject !== subject));
  const bars = earlier.filter(({ subject }) => !isNew || !subjects.includes(subject));
  if (bars.some(({ open }) => open)) return 'inside';
  if (bars.length > 0) return 'been-through';
  const onItsWay = await tx.sql(ON_ITS_WAY, [tx.shopId, happened.customerId, key]);
  return onItsWay.length > 0 ? 'inside' : null;
}

async function record(tx: ShopTx, { data, shipmentId, ...of }: Happened, now: Date): Promise<void> {
  await recordEvents(
    tx,
    [
      {
        shopId: of.shopId,
        kind: 'sequence.started',
        customerId: of.customerId,
        orderId: of.orderId ?? null,
        data: {
          sequence: String(data['sequence']),
          by: 'staff',
          cause: String(data['cause']),
          ...(shipmentId == null ? {} : { shipmentId: String(shipmentId) }),
        },
        at: now,
      },
    ],
    now,
  );
}
