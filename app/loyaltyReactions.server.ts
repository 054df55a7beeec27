/** What comes with a stage, and what earns points: the part of reactions.server.ts that is about loyalty. */
import type { SqlTx } from './db.server.ts';
import { recordEvents } from './events.server.ts';
import { isReturnInPart, type EventKind, type HappenedEvent } from './events.ts';
import {
  bringBenefits,
  earnForOrders,
  earnPoints,
  lessenEarned,
  loseEarned,
  mergeCustomers,
  putFirst,
  type Earned,
} from './loyalty/loyalty.server.ts';
import { shopsByIds } from './shops/shops.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

const ordersOf = (events: HappenedEvent[]) =>
  events.flatMap(({ shopId, orderId }) => (typeof orderId === 'bigint' ? [{ shopId, orderId }] : []));

/** Shop by shop, as locks are taken. */
async function bring(tx: SqlTx, events: HappenedEvent[], now: Date): Promise<void> {
  const people = events.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, customerId }] : []));
  const byShop = Map.groupBy(people, ({ shopId }) => shopId);
  const shops = await shopsByIds(tx, [...byShop.keys()]);
  for (const [shopId, of] of [...byShop].sort(([a], [b]) => Number(a - b))) {
    const ids = [...new Set(of.map(({ customerId }) => customerId))].sort();
    const shop = shops.get(shopId);
    if (shop?.status === 'installed') await bringBenefits(tx, shop, ids, now);
  }
}

async function merged(tx: SqlTx, events: HappenedEvent[], now: Date): Promise<void> {
  const merges = (events as Of<'customer.merged'>[]).flatMap(({ shopId, customerId, data }) =>
    customerId ? [{ shopId, from: data.from, into: customerId }] : [],
  );
  await mergeCustomers(tx, merges, now);
  await bring(tx, events, now);
}

function earnedBy(event: HappenedEvent): Earned[] {
  const { shopId, customerId, at } = event;
  if (!customerId) return [];
  const of = { shopId, customerId, at };
  switch (event.kind) {
    case 'review.written':
      return event.data.again ? [] : [{ ...of, earning: 'review', id: event.data.reviewId }];
    case 'story.sent':
      return [{ ...of, earning: 'photo', id: event.data.storyId }];
    case 'referral.qualified':
      return [{ ...of, earning: 'referral', id: event.data.referralId }];
    default:
      return [];
  }
}

const earn = (tx: SqlTx, events: HappenedEvent[], now: Date) => earnPoints(tx, events.flatMap(earnedBy), now);

/** The end of an order, or of what a friend had brought. */
function lostBy(event: HappenedEvent): Parameters<typeof loseEarned>[1][number][] {
  const { shopId } = event;
  if (event.kind === 'referral.voided') {
    return [{ shopId, earning: 'referral', id: event.data.referralId, reason: event.data.reason }];
  }
  const isOver = event.kind === 'order.refunded' ? event.data.full : !isReturnInPart(event);
  const reason = event.kind.replace('order.', '');
  return isOver && typeof event.orderId === 'bigint'
    ? [{ shopId, earning: 'order', id: String(event.orderId), reason }]
    : [];
}

/** Refunds in part, and edits. */
const lessen = (tx: SqlTx, events: HappenedEvent[], now: Date) => lessenEarned(tx, ordersOf(events), now);

const lose = (tx: SqlTx, events: HappenedEvent[], now: Date) => loseEarned(tx, events.flatMap(lostBy), now);

const firstInLine = (tx: SqlTx, events: HappenedEvent[], now: Date) =>
  putFirst(
    tx,
    (events as Of<'conversation.opened'>[]).flatMap(({ shopId, customerId, data }) =>
      customerId ? [{ shopId, customerId, conversationId: data.conversationId }] : [],
    ),
    now,
  );

/** Points are a reward of their own kind; what sequences wait for is told under their own name. */
async function count(tx: SqlTx, events: HappenedEvent[], now: Date): Promise<void> {
  const issued = (events as Of<'reward.issued'>[]).filter(({ data }) => data.kind === 'points');
  await recordEvents(
    tx,
    issued.map(({ shopId, customerId, data, at }) => ({
      shopId,
      customerId: customerId ?? null,
      at,
      kind: 'points.earned' as const,
      data: { rewardId: data.rewardId },
    })),
    now,
  );
}

interface Link {
  kinds: readonly EventKind[];
  then: (tx: SqlTx, events: HappenedEvent[], now: Date) => Promise<void>;
}

/** Links of the reactions, in this order within a batch. */
export const LOYALTY: readonly Link[] = [
  { kinds: ['customer.merged'], then: merged },
  { kinds: ['customer.stage-changed'], then: bring },
  { kinds: ['order.paid'], then: (tx, events, now) => earnForOrders(tx, ordersOf(events), now) },
  { kinds: ['review.written', 'story.sent', 'referral.qualified'], then: earn },
  {
    kinds: ['order.cancelled', 'order.refunded', 'order.returned', 'order.deleted', 'referral.voided'],
    then: lose,
  },
  { kinds: ['order.refunded', 'order.items-removed', 'order.edited'], then: lessen },
  { kinds: ['conversation.opened'], then: firstInLine },
  { kinds: ['reward.issued'], then: count },
];
