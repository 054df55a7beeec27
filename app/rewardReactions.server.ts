/** What follows for rewards when orders come, and from what becomes of rewards: a part of reactions.server.ts. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import type { SaidByOthers } from './messages/messages.server.ts';
import * as messages from './messages/messages.server.ts';
import { REMINDERS } from './rewards/mails.ts';
import * as rewards from './rewards/rewards.server.ts';
import { begunBy } from './sequences/sequences.server.ts';

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

/** A merchant who reminds by a sequence of their own reminds once: the mail that comes with the app is silent. */
export const remindedOtherwise: SaidByOthers = async (tx, mails) => {
  const reminders = mails.flatMap(({ shopId, templateKey }, index) =>
    REMINDERS.includes(templateKey) ? [{ shopId, index }] : [],
  );
  if (reminders.length === 0) return new Map();
  const ids = reminders.map(({ shopId }) => shopId);
  const sequences = await begunBy(tx, ids, 'reward.expiring');
  return new Map(
    reminders.flatMap(({ shopId, index }) => {
      const sequence = sequences.get(shopId);
      return sequence ? [[index, sequence.name] as const] : [];
    }),
  );
};

export const OF_REWARDS: readonly RewardLink[] = [
  link('order.created', use),
  link('order.paid', use),
  link('order.paid', look),
  link('reward.used', forget),
  link('reward.voided', forget),
  link('reward.expired', forget),
];
