/** What stops, in the transaction of an uninstall or of an erasure: nothing of it waits for its moment any more. */
import * as gestures from './gestures/gestures.server.ts';
import * as loyalty from './loyalty/loyalty.server.ts';
import { cancelMessages } from './messages/messages.server.ts';
import * as orders from './orders/orders.server.ts';
import * as referrals from './referrals/referrals.server.ts';
import * as rewards from './rewards/rewards.server.ts';
import * as sequences from './sequences/sequences.server.ts';
import type * as shops from './shops/shops.server.ts';
import { STOP_VOICES } from './voicesErased.server.ts';

/** Everything of a shop that waits, stopped in the transaction of its uninstall. */
export const STOP_WORK: shops.StopWork[] = [
  async (tx, shop, at) =>
    void (await sequences.stop(
      tx,
      [{ shopId: shop.id, by: 'shop', id: String(shop.id), reason: 'uninstalled' }],
      at,
    )),
  sequences.stopWatching,
  referrals.stopWork,
  rewards.stopWork,
  gestures.stopWork,
  loyalty.stopWork,
  orders.stopReconciling,
];

/** Everything of a customer that waits, stopped in the transaction that erases them. */
export const STOP_PERSON: shops.StopPerson[] = [
  gestures.stopPerson,
  referrals.endForErased,
  loyalty.stopPerson,
  referrals.withdrawFields,
  async (tx, shopId, customerIds, at) =>
    void (await sequences.stop(
      tx,
      customerIds.map((id) => ({ shopId, by: 'customer' as const, id, reason: 'erased' as const })),
      at,
    )),
  ...STOP_VOICES,
  // Mails that belong to no sequence as well, also between their claim and the call of a provider.
  async (tx, shopId, customerIds, at) =>
    void (await cancelMessages(
      tx,
      customerIds.map((customerId) => ({ shopId, customerId })),
      { code: 'erased' },
      at,
    )),
];
