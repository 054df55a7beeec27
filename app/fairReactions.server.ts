/** What is heard of friends' orders: the part of reactions.server.ts about payments, refunds and appeals. */
import * as conversations from './conversations/conversations.server.ts';
import type { Voice } from './conversations/voice.ts';
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import type { Queue } from './jobs/queue.server.ts';
import { causeOf } from './referrals/program.ts';
import * as referrals from './referrals/referrals.server.ts';
import * as rewards from './rewards/rewards.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

const ordersOf = (events: readonly HappenedEvent[]) =>
  events.flatMap(({ shopId, orderId }) => (orderId ? [{ shopId, orderId }] : []));

/** A bank that takes the money back ends a referral; all else that is said of a payment is looked at. */
async function payments(tx: SqlTx, events: readonly Of<'payment.checked'>[], now: Date): Promise<void> {
  const isTaken = ({ data }: Of<'payment.checked'>) => data.dispute === 'open' || data.dispute === 'lost';
  const taken = ordersOf(events.filter(isTaken));
  await referrals.voidFor(
    tx,
    taken.map((order) => ({ ...order, reason: 'charged-back' })),
    now,
  );
  await referrals.reconsiderOrders(tx, ordersOf(events), now);
}

/** Refunds in part, and edits: what is left may be too little, or earn less; also of an order that came to count late. */
async function less(
  tx: SqlTx,
  events: readonly Of<
    'order.refunded' | 'order.items-removed' | 'order.edited' | 'referral.made' | 'referral.held'
  >[],
  now: Date,
): Promise<void> {
  await referrals.adjustFor(tx, ordersOf(events), now);
}

/** What is a share of the order becomes less with it. */
async function lessen(tx: SqlTx, events: readonly Of<'referral.reduced'>[], now: Date): Promise<void> {
  const less = events.map(({ shopId, data }) => ({
    shopId,
    cause: causeOf(data.referralId, data.round),
    left: BigInt(data.left),
    of: BigInt(data.of),
    amount: data.amount === undefined ? undefined : BigInt(data.amount),
  }));
  await rewards.lessen(tx, less, now);
}

/** Shopify is asked how risky the payment is while there is time. */
async function askPayments(
  tx: SqlTx,
  events: readonly Of<'referral.made' | 'referral.held'>[],
  _now: Date,
  { queue }: { queue: Queue },
): Promise<void> {
  for (const shopId of new Set(events.map((event) => String(event.shopId))))
    await queue.enqueue(tx, 'referrals.payments', { shopId }, shopId);
}

/** An appeal is answered by a person, in the inbox. */
async function hearAppeals(tx: SqlTx, events: readonly Of<'referral.appealed'>[], now: Date): Promise<void> {
  const refs = events.map(({ shopId, data }) => ({ shopId, ...data }));
  const said = await referrals.appealsSaid(tx, refs);
  const orderOf = new Map(refs.map(({ stepId, referralId }) => [stepId, referralId]));
  const voices = said.map(({ stepId, ...one }): Voice => ({
    ...one,
    kind: 'referral-complaint',
    source: `referral-appeal:${stepId}`,
    from: null,
    link: `/app/referrals/orders/${orderOf.get(stepId)}`,
    channel: 'mail',
  }));
  await conversations.hear(tx, voices, now);
}

interface FriendLink {
  kind: EventKind;
  then(tx: SqlTx, events: HappenedEvent[], now: Date, deps: { queue: Queue }): Promise<unknown>;
}

const on = <Kind extends EventKind>(
  kind: Kind,
  then: (tx: SqlTx, events: Of<Kind>[], now: Date, deps: { queue: Queue }) => Promise<unknown>,
): FriendLink => ({ kind, then }) as unknown as FriendLink;

/** Links of reactions.server.ts, in this order within a batch; after those that end what is undone as a whole. */
export const FRIENDS: readonly FriendLink[] = [
  on('payment.checked', payments),
  on('order.refunded', less),
  on('order.items-removed', less),
  on('order.edited', less),
  on('referral.made', less),
  on('referral.held', less),
  on('referral.made', askPayments),
  on('referral.held', askPayments),
  on('referral.reduced', lessen),
  on('referral.appealed', hearAppeals),
];
