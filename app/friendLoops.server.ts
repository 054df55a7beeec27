/** The worker's loops over relationships: how close customers are, friends who came, and what is given for it. */
import { rewardDiscounts } from './adapters/shopify/discounts.server.ts';
import { giftCards, goods, storeCredits } from './adapters/shopify/value.server.ts';
import { stageAtShopify } from './adapters/shopify/stage-mirror.server.ts';
import { makeStageLoop, makeStageMirrorLoop } from './customers/customers.server.ts';
import * as referrals from './referrals/referrals.server.ts';
import * as rewards from './rewards/rewards.server.ts';
import { gestureLoops } from './gestureLoops.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const friendLoops = ({ db, admin, key }: App): Record<string, Loop['round']> => ({
  ...gestureLoops({ db, admin }),
  stages: makeStageLoop({ db }),
  'stage-mirror': makeStageMirrorLoop({ db, shopify: stageAtShopify(admin) }),
  referrals: referrals.makeReferralLoop({ db }),
  rewards: rewards.makeRewardLoop({
    db,
    discounts: rewardDiscounts(admin),
    goods: goods(admin),
    credits: storeCredits(admin),
    cards: giftCards(admin),
    codeKey: key('reward-code'),
  }),
});
