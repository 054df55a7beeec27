/** What follows for rewards when orders come, and from what becomes of rewards: a part of reactions.server.ts. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import * as messages from './messages/messages.server.ts';
import * as rewards from './rewards/rewards.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

interface RewardLink {
  kind: EventKind;
  then(tx: SqlTx, events: never[], now: Date): Promise<unknown>;
}
const link = <Kind extends EventKind>(
  kind: Kind,
  then: (tx: SqlTx, events: Of<Kind>[], now: Date) => Promise<unknown>,
): RewardLink => ({ kind, then });

/** An order with a code has used it up; one that was paid may have been paid with credit. */
async function use(tx: SqlTx, events: Of<'order.created' | 'order.paid'>[], now: Date) {
  const orders = events.flatMap(({ shopId, orderId }) =>
    orderId === undefined || orderId === null ? [] : [{ shopId, orderId }],
  );
  await rewards.usedIn(tx, orders, now);
}

async function look(tx: SqlTx, events: Of<'order.paid'>[], now: Date) {
  const customers = events.flatMap(({ shopId, customerId }) =>
    customerId ? [{ shopId, id: customerId }] : [],
  );
  await rewards.lookAtCredit(tx, customers, now);
}

/** Nobody is reminded of what is gone. */
async function forget(
  tx: SqlTx,
  events: readonly Of<'reward.used' | 'reward.voided' | 'reward.expired'>[],
  now: Date,
) {
  const over = events.filter((event) => !('whole' in event.data) || event.data.whole);
  await messages.cancelMessages(
    tx,
    over.map(({ shopId, data }) => ({ shopId, key: rewards.reminderKey(data.rewardId) })),
    { code: 'reward-over' },
    now,
  );
}

export const OF_REWARDS: readonly RewardLink[] = [
  link('order.created', use),
  link('order.paid', use),
  link('order.paid', look),
  link('reward.used', forget),
  link('reward.voided', forget),
  link('reward.expired', forget),
];
