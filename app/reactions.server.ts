/**
 * "When this happened, do that": every link between modules on one page. Events are claimed in batches and handled in
 * the transaction that marks them done, so each link happens exactly once or not at all.
 */
import { codesForHappy, settle, tellShopify } from './answerReactions.server.ts';
import * as conversations from './conversations/conversations.server.ts';
import type { Db, SqlTx } from './db.server.ts';
import { isReturnInPart, type EventKind, type HappenedEvent } from './events.ts';
import { FRIENDS } from './fairReactions.server.ts';
import { makeEventLoop } from './event-loop.server.ts';
import { finishEvents } from './events.server.ts';
import * as files from './files/files.server.ts';
import * as feedback from './feedback/feedback.server.ts';
import { bringPixels, earn, earnMore, loseMore, reserveCodes } from './friendReactions.server.ts';
import type { Queue } from './jobs/queue.server.ts';
import * as messages from './messages/messages.server.ts';
import { freeArrived, holdMissing, learnTransit, stopFailed } from './parcelReactions.server.ts';
import { hearQuestions } from './questionReactions.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import { removeArticles } from './storyReactions.server.ts';
import { healed, heardFrom, mirror, noteFriends, sentBack, storySent } from './signReactions.server.ts';
import { causeOf } from './referrals/program.ts';
import * as referrals from './referrals/referrals.server.ts';
import { OF_REWARDS } from './rewardReactions.server.ts';
import * as rewards from './rewards/rewards.server.ts';
import { TRIGGERS, type TriggerKind } from './sequences/plan.ts';
import type { Happened, Stop, StopReason } from './sequences/sequence.ts';
import * as stories from './stories/stories.server.ts';
import * as sequences from './sequences/sequences.server.ts';
import { GESTURES } from './gestureReactions.server.ts';
import { LOYALTY } from './loyaltyReactions.server.ts';
import { NEWS_TOLD } from './newsReactions.server.ts';
import { VOICES } from './voiceReactions.server.ts';

/** Events of one kind. */
type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

/** One link: it is given all events of its kinds in the batch at once, oldest first. */
interface Link<Kind extends EventKind> {
  kinds: readonly Kind[];
  then(tx: SqlTx, events: Of<Kind>[], now: Date, deps: ReactionDeps): Promise<unknown>;
}

export interface ReactionDeps {
  db: Db;
  queue: Queue;
  /** What a new shop begins with; in its own transaction, safe to repeat. */
  settleIn(shopId: bigint): Promise<void>;
}

const link = <Kind extends EventKind>(
  kinds: Kind | readonly Kind[],
  then: Link<Kind>['then'],
): Link<EventKind> => ({ kinds: [kinds].flat(), then }) as unknown as Link<EventKind>;

const ordersOf = (events: HappenedEvent[]) =>
  events.flatMap(({ shopId, orderId }) =>
    orderId === undefined || orderId === null ? [] : [{ shopId, orderId }],
  );

const peopleOf = (events: HappenedEvent[]) =>
  events.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, id: customerId }] : []));

/** Everything about these orders ends: sequences and their mails, referrals and what they earned. */
const end =
  (reason: Extract<StopReason, referrals.VoidReason>) =>
  async (tx: SqlTx, events: HappenedEvent[], now: Date) => {
    const orders = ordersOf(events);
    await sequences.stop(
      tx,
      orders.map((order): Stop => ({ shopId: order.shopId, by: 'order', id: String(order.orderId), reason })),
      now,
    );
    // What comes back in part is paid back in part: that says how much of it is left.
    const over = ordersOf(events.filter((event) => !isReturnInPart(event)));
    await referrals.voidFor(
      tx,
      over.map((order) => ({ ...order, reason })),
      now,
    );
  };

const fully = (events: Of<'order.refunded'>[]) => events.filter((event) => event.data.full);

/** Codes that were promised while there were none. */
async function mailCodes(tx: SqlTx, events: Of<'code.issued'>[], now: Date) {
  const promised = events.flatMap(({ shopId, customerId, data }) =>
    customerId && data.late ? [{ shopId, customerId, about: data.code }] : [],
  );
  await messages.planMessages(tx, await referrals.codeMails(tx, promised, now), now);
}

async function mailRewards(tx: SqlTx, events: Of<'reward.issued'>[], now: Date) {
  const issued = events.map(({ shopId, data }) => ({ shopId, rewardId: data.rewardId }));
  const mails = [
    ...(await rewards.rewardMails(tx, issued, now)),
    ...(await rewards.pointsReminders(tx, issued, now)),
  ];
  await messages.planMessages(tx, mails, now);
}

/** What the referral has earned goes with it. */
async function forfeit(tx: SqlTx, events: Of<'referral.voided' | 'referral.refused'>[], now: Date) {
  const lost = events.map(({ shopId, data }) => ({
    shopId,
    cause: causeOf(data.referralId, data.round),
    reason: 'reason' in data ? data.reason : 'refused',
  }));
  await rewards.voidRewards(tx, lost, now);
}

async function friendCame(tx: SqlTx, events: Of<'referral.qualified'>[], now: Date) {
  await earn(tx, events, now);
  await earnMore(tx, events, now);
  await noteFriends(tx, peopleOf(events), 1, now);
}

/** A friend who counted does no more: it takes back how close that made the advocate. */
async function friendLost(tx: SqlTx, events: Of<'referral.voided'>[], now: Date) {
  const counted = events.filter((event) => event.data.wasQualified);
  await loseMore(tx, counted, now);
  await noteFriends(tx, peopleOf(counted), -1, now);
}

async function merged(tx: SqlTx, events: Of<'customer.merged'>[], now: Date) {
  const merges = events.flatMap(({ shopId, customerId, data }) =>
    customerId ? [{ shopId, from: data.from, into: customerId }] : [],
  );
  const modules = [files, sequences, messages, feedback, reviews, stories, conversations, referrals, rewards];
  for (const module of modules) await module.mergeCustomers(tx, merges, now);
}

async function mirrorConsent(
  tx: SqlTx,
  events: Of<'customer.unsubscribed'>[],
  _now: Date,
  { queue }: ReactionDeps,
) {
  for (const { shopId, customerId, data } of events) {
    // No more questions, offers all the same: Shopify has no word for it, and its one word would stop the merchant's news.
    if (!customerId || !data.classes.includes('offer')) continue;
    const key = `${shopId}:${customerId}:${data.channel}`;
    await queue.enqueue(
      tx,
      'customers.mirror-consent',
      { shopId: String(shopId), customerId, channel: data.channel },
      key,
    );
  }
}

async function stopAsking(tx: SqlTx, events: Of<'customer.unsubscribed'>[], now: Date) {
  const stops = events.flatMap((event): Stop[] =>
    event.customerId
      ? [
          {
            shopId: event.shopId,
            by: 'customer',
            id: event.customerId,
            reason: 'unsubscribed',
            classes: event.data.classes as Stop['classes'] & object,
          },
        ]
      : [],
  );
  await sequences.stop(tx, stops, now);
}

/** Codes that were given are minted again behind them; those that Shopify does not know yet are made. */
async function fillPools(tx: SqlTx, events: HappenedEvent[], _now: Date, { queue }: ReactionDeps) {
  for (const shopId of new Set(events.map((event) => String(event.shopId)))) {
    await queue.enqueue(tx, 'referrals.mint', { shopId }, shopId);
    await queue.enqueue(tx, 'referrals.tell', { shopId }, shopId);
  }
}

/** What may set a sequence off, as sequences understand it. */
async function enroll(tx: SqlTx, events: HappenedEvent[], now: Date) {
  const happened = events.flatMap((event): Happened[] =>
    event.customerId && !('quiet' in event.data && event.data.quiet)
      ? [
          {
            shopId: event.shopId,
            trigger: event.kind as TriggerKind,
            customerId: event.customerId,
            orderId: event.orderId ?? null,
            shipmentId: idIn(event.data, 'shipmentId'),
            productId: idIn(event.data, 'productId'),
            at: event.at,
            data: event.data,
          },
        ]
      : [],
  );
  await sequences.enroll(tx, happened, now);
}

const idIn = (data: object, name: string): bigint | null => {
  const id = (data as Record<string, unknown>)[name];
  return typeof id === 'string' && id !== '' ? BigInt(id) : null;
};

/** What a wait of a sequence may be for. */
const HEARD: readonly EventKind[] = [
  ...TRIGGERS,
  'order.edited',
  'shipment.failed',
  'answer.given',
  'code.issued',
  'message.opened',
  'message.clicked',
  'customer.unsubscribed',
  'customer.consent-changed',
];

/** In this order within a batch. */
const LINKS: Link<EventKind>[] = [
  link('shop.installed', async (_tx, events, _now, deps) => {
    for (const event of events) await deps.settleIn(event.shopId);
  }),
  link('customer.merged', merged),
  link(['order.created', 'order.paid'], (tx, events, now) =>
    feedback.verifyAnswers(tx, ordersOf(events), now),
  ),
  link(['order.paid', 'link.told'], (tx, events, now) => referrals.attribute(tx, ordersOf(events), now)),
  link('order.cancelled', end('cancelled')),
  link('order.refunded', (tx, events, now) => end('refunded')(tx, fully(events), now)),
  link('order.items-removed', async (tx, events, now) => {
    const stops = ordersOf(events).map(({ shopId, orderId }): Stop => ({
      shopId,
      by: 'items-gone',
      id: String(orderId),
      reason: 'product-returned',
    }));
    await sequences.stop(tx, stops, now);
  }),
  link('order.returned', end('returned')),
  link('order.returned', sentBack),
  link('order.deleted', end('deleted')),
  link(['shipment.delivered', 'shipment.missing'], (tx, events, now) =>
    referrals.moveDue(tx, ordersOf(events), now),
  ),
  link('shipment.delivered', sequences.tellLate),
  link('shipment.delivered', (tx, events, _now, { queue }) => learnTransit(tx, events, queue)),
  link('shipment.delivered', freeArrived),
  link('shipment.missing', holdMissing),
  link('shipment.failed', stopFailed),
  ...FRIENDS.map(({ kind, then }) => link(kind, then)),
  ...VOICES.map(({ kind, then }) => link(kind, then)),
  link(['answer.given', 'answer.verified'], heardFrom),
  link(['answer.verified', 'customer.stage-changed'], mirror),
  link('answer.verified', codesForHappy),
  link(['answer.verified', 'answer.amended'], settle),
  link('answer.settled', (tx, events, _now, { queue }) => tellShopify(tx, events, queue)),
  link('code.promised', codesForHappy),
  link('codes.wanted', fillPools),
  link('pixel.wanted', (tx, events, _now, { queue }) => bringPixels(tx, events, queue)),
  link('review.written', heardFrom),
  link('story.sent', storySent),
  link('question.asked', hearQuestions),
  link('story.unpublished', (tx, events, _now, { queue }) => removeArticles(tx, events, queue)),
  link('conversation.solved', healed),
  link('code.issued', mailCodes),
  link('code.issued', fillPools),
  link('referral.made', earn),
  link('referral.held', earn),
  link('referral.qualified', friendCame),
  link('reward.issued', mailRewards),
  ...OF_REWARDS.map(({ kind, then }) => link(kind, then)),
  link('referral.voided', forfeit),
  link('referral.voided', friendLost),
  link('referral.refused', forfeit),
  ...NEWS_TOLD.map(({ kinds, then }) => link(kinds, then)),
  ...[...GESTURES, ...LOYALTY].map(({ kinds, then }) => link(kinds, then)),
  link('customer.unsubscribed', stopAsking),
  link('customer.unsubscribed', mirrorConsent),
  // Last: it holds what giving codes waits for.
  link('order.paid', reserveCodes),
  link(HEARD, (tx, events, now) => sequences.wake(tx, peopleOf(events), now)),
  link(TRIGGERS, enroll),
];

async function react(tx: SqlTx, events: HappenedEvent[], now: Date, deps: ReactionDeps) {
  for (const { kinds, then } of LINKS) {
    const mine = events.filter((event) => kinds.includes(event.kind));
    if (mine.length > 0) await then(tx, mine, now, deps);
  }
  await finishEvents(tx, events);
}

/** The worker's loop over what has happened. */
export const makeReactionsLoop = (deps: ReactionDeps): ((now: Date) => Promise<number>) =>
  makeEventLoop(deps.db, (tx, events, now) => react(tx, events, now, deps));
