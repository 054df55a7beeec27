/** The worker's loops over relationships: how close customers are, friends who came, and what is given for it. */
import { codeFields } from './adapters/shopify/code-fields.server.ts';
import { friendCodes, rewardDiscounts } from './adapters/shopify/discounts.server.ts';
import { giftCards, goods, storeCredits } from './adapters/shopify/value.server.ts';
import { pixelAtShopify } from './adapters/shopify/pixels.server.ts';
import { journeySource } from './adapters/shopify/journeys.server.ts';
import { paymentSource } from './adapters/shopify/payments.server.ts';
import { stageAtShopify } from './adapters/shopify/stage-mirror.server.ts';
import { makeStageLoop, makeStageMirrorLoop } from './customers/customers.server.ts';
import * as referrals from './referrals/referrals.server.ts';
import * as rewards from './rewards/rewards.server.ts';
import { now } from './clock.server.ts';
import type { JobHandlers } from './jobs/catalog.ts';
import { gestureLoops } from './gestureLoops.server.ts';
import { rewardsThere } from './adapters/shopify/rewards-there.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const friendLoops = ({ db, admin, key }: App): Record<string, Loop['round']> => ({
  ...gestureLoops({ db, admin }),
  stages: makeStageLoop({ db }),
  'stage-mirror': makeStageMirrorLoop({ db, shopify: stageAtShopify(admin) }),
  journeys: referrals.makeJourneyLoop({ db, source: journeySource(admin) }),
  referrals: referrals.makeReferralLoop({ db, payments: paymentSource(admin) }),
  rewards: rewards.makeRewardLoop({
    db,
    discounts: rewardDiscounts(admin),
    goods: goods(admin),
    credits: storeCredits(admin),
    cards: giftCards(admin),
    codeKey: key('reward-code'),
  }),
});

type FriendJob =
  | 'referrals.mint'
  | 'referrals.payments'
  | 'referrals.pixel'
  | 'referrals.tell'
  | 'rewards.reconcile'
  | 'rewards.withdraw';

/** Chores about codes, friends' orders and what is given away. */
export const friendJobs = ({ db, admin, key, config }: App): Pick<JobHandlers, FriendJob> => ({
  'referrals.mint': (payload) =>
    referrals.mint({ db, codes: friendCodes(admin), codeKey: key('reward-code'), now, wait }, payload),
  'referrals.tell': (payload) => referrals.tellCodes({ db, fields: codeFields(admin) }, payload, now()),
  'referrals.pixel': (payload) =>
    referrals.bringPixel(
      { db, pixel: pixelAtShopify(admin), appUrl: config.SHOPIFY_APP_URL },
      payload,
      now(),
    ),
  'referrals.payments': (payload) =>
    referrals.askOpenPayments({ db, payments: paymentSource(admin) }, payload, now()),
  'rewards.reconcile': (payload) =>
    rewards.reconcileRewards(
      { db, there: rewardsThere(admin), credits: storeCredits(admin) },
      payload,
      now(),
    ),
  'rewards.withdraw': (payload) =>
    rewards.withdrawThere({ db, discounts: rewardDiscounts(admin), cards: giftCards(admin) }, payload),
});

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
