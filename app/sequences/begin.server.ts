/** A sequence begun because somebody says so: staff, a file, Shopify Flow. All rules hold as if it had been set off. */
import type { ShopTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { candidatesOf, keptOutSince, type Candidate } from './candidates.ts';
import { heard } from './heard.server.ts';
import type { Trigger } from './plan.ts';
import type { Begun, Happened, NotBegun } from './sequence.ts';

const ON = `
  select key, name from sequence
  where shop_id = $1 and status = 'on' and live_version is not null order by created_at, id`;

/** See the door. */
export const sequencesOn = (tx: ShopTx): Promise<{ key: string; name: string }[]> =>
  tx.sql<{ key: string; name: string }>(ON, [tx.shopId]);

/** See the door. */
export async function beginByHand(
  tx: ShopTx,
  { customerId, sequence }: { customerId: string; sequence: string },
  now: Date,
): Promise<Begun> {
  const judged = await judge(
    tx,
    [{ customerId, cause: `staff:${newId(now)}` }],
    { sequence, by: 'staff' },
    now,
  );
  const why = judged.not.get(customerId);
  if (why) return { outcome: 'refused', why };
  await record(tx, judged.may, now);
  return { outcome: 'begun' };
}

/** Who is to come in; `cause` names the wish, so that the same wish twice is one. */
export interface Wish {
  customerId: string;
  cause: string;
}

interface Of {
  /** Key of the sequence */
  sequence: string;
  by: 'staff' | 'csv' | 'flow';
}

export interface Judged {
  may: Happened[];
  not: Map<string, NotBegun>;
}

/** Who may come in and who may not, and why. Locks the customers, so that two who wish at once begin one. */
export async function judge(tx: ShopTx, wishes: readonly Wish[], of: Of, now: Date): Promise<Judged> {
  const not = new Map<string, NotBegun>();
  const present = await lockPresent(tx, wishes);
  const subjects = await subjectsFor(tx, [...present]);
  for (const { customerId } of wishes) if (!present.has(customerId)) not.set(customerId, 'gone');
  const happened = wishes
    .filter(({ customerId }) => present.has(customerId))
    .map((wish) => happenedOf(tx, wish, subjects.get(wish.customerId) ?? NOTHING, of, now));
  const known = await heard(tx, happened, now);
  const sequence = known.listening.find(({ key }) => key === of.sequence);
  if (!sequence || (happened.length > 0 && known.of.length === 0)) {
    for (const { customerId } of happened) not.set(customerId, 'not-on');
    return { may: [], not };
  }
  const candidates = new Map<string, Candidate[]>();
  for (const [index, each] of known.happened.entries()) {
    const found = candidatesOf(sequence, each, known.of[index]!, now);
    const why = found.length > 0 ? null : whyNone(sequence.plan.trigger, each, known.of[index]!.facts.order);
    if (why) not.set(each.customerId, why);
    else candidates.set(each.customerId, found);
  }
  for (const [customerId, why] of await keptOut(tx, candidates, now)) not.set(customerId, why);
  return { may: happened.filter(({ customerId }) => !not.has(customerId)), not };
}

/** Locked in the order that everybody keeps. */
const PRESENT = `
  select id from customer where shop_id = $1 and id = any($2::uuid[]) and erased_at is null and merged_into is null
  order by shop_id, id for no key update`;

async function lockPresent(tx: ShopTx, wishes: readonly Wish[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>(PRESENT, [tx.shopId, wishes.map(({ customerId }) => customerId)]);
  return new Set(rows.map(({ id }) => id));
}

/** The last order and its last parcel. Sequences about customers hear of the order, too, as by their own triggers. */
const LAST = `
  select w.id as "customerId", o.id as "orderId", (
    select s.id from shipment s where s.shop_id = $1 and s.order_id = o.id
    order by s.shipped_at desc nulls last, s.id desc limit 1) as "shipmentId"
  from unnest($2::uuid[]) as w(id)
  cross join lateral (
    select o.id from orders o where o.shop_id = $1 and o.customer_id = w.id and o.deleted_at is null
    order by o.placed_at desc, o.id desc limit 1) o`;

interface Subject {
  orderId: bigint | null;
  shipmentId: bigint | null;
}
const NOTHING: Subject = { orderId: null, shipmentId: null };

async function subjectsFor(tx: ShopTx, customerIds: readonly string[]): Promise<Map<string, Subject>> {
  const rows = await tx.sql<Subject & { customerId: string }>(LAST, [tx.shopId, customerIds]);
  return new Map(rows.map(({ customerId, ...subject }) => [customerId, subject]));
}

const happenedOf = (
  tx: ShopTx,
  { customerId, cause }: Wish,
  { orderId, shipmentId }: Subject,
  { sequence, by }: Of,
  now: Date,
): Happened => ({
  shopId: tx.shopId,
  trigger: 'sequence.started',
  customerId,
  orderId,
  shipmentId,
  at: now,
  data: { sequence, by, cause },
});

type Order = Parameters<typeof candidatesOf>[2]['facts']['order'];

function whyNone({ each }: Trigger, { orderId, shipmentId }: Happened, order: Order): NotBegun {
  if (each !== 'customer' && orderId == null) return 'no-order';
  if (each === 'shipment' && shipmentId == null) return 'no-parcel';
  const isOver = order && (order.cancelled || order.returned || order.deleted || order.refunded === 'fully');
  return isOver ? 'order-over' : 'not-for-them';
}

const EARLIER = `
  select customer_id as "customerId", subject, state = 'open' as open, started_at as "startedAt" from enrollment
  where shop_id = $1 and customer_id = any($2::uuid[]) and sequence_id = $3::uuid`;

const ON_ITS_WAY = `
  select distinct customer_id as "customerId" from event
  where shop_id = $1 and customer_id = any($2::uuid[]) and kind = 'sequence.started' and due_at is not null
    and data ->> 'sequence' = $3`;

interface Earlier {
  customerId: string;
  subject: string;
  open: boolean;
  startedAt: Date;
}

/** Those whom an earlier enrollment keeps out: of the same subjects, or by the plan's own rule. */
async function keptOut(
  tx: ShopTx,
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  now: Date,
): Promise<Map<string, NotBegun>> {
  const not = new Map<string, NotBegun>();
  const [any] = candidates.values();
  if (!any) return not;
  const { sequence } = any[0]!;
  const ids = [...candidates.keys()];
  const rows = await tx.sql<Earlier>(EARLIER, [tx.shopId, ids, sequence.sequenceId]);
  const earlier = Map.groupBy(rows, ({ customerId }) => customerId);
  const onItsWay = await tx.sql<{ customerId: string }>(ON_ITS_WAY, [tx.shopId, ids, sequence.key]);
  const coming = new Set(onItsWay.map(({ customerId }) => customerId));
  for (const [customerId, theirs] of candidates) {
    const why = barred(theirs, earlier.get(customerId) ?? [], now);
    if (why) not.set(customerId, why);
    else if (coming.has(customerId)) not.set(customerId, 'inside');
  }
  return not;
}

/** A customer as a whole is inside once. */
function barred(
  candidates: readonly Candidate[],
  earlier: readonly Earlier[],
  now: Date,
): 'inside' | 'been-through' | null {
  const { happened, sequence } = candidates[0]!;
  const { reentry, trigger } = sequence.plan;
  const since = keptOutSince(reentry, happened, now);
  const subjects = candidates.map(({ subject }) => subject);
  const counts = earlier.filter(
    ({ subject, startedAt, open }) =>
      subjects.includes(subject) ||
      (since !== null && startedAt > since) ||
      (trigger.each === 'customer' && open),
  );
  const isNew = subjects.some((subject) => counts.every((each) => each.subject !== subject));
  const bars = counts.filter(({ subject }) => !isNew || !subjects.includes(subject));
  if (bars.some(({ open }) => open)) return 'inside';
  return bars.length > 0 ? 'been-through' : null;
}

/** The events that lead them in. */
export async function record(tx: ShopTx, may: readonly Happened[], now: Date): Promise<void> {
  await recordEvents(
    tx,
    may.map(({ shopId, customerId, orderId, shipmentId, data }) => ({
      shopId,
      kind: 'sequence.started',
      customerId,
      orderId: orderId ?? null,
      data: {
        sequence: String(data['sequence']),
        by: data['by'] as Of['by'],
        cause: String(data['cause']),
        ...(shipmentId == null ? {} : { shipmentId: String(shipmentId) }),
      },
      at: now,
    })),
    now,
  );
}
