/** The worker's loops over gestures and loyalty. */
import { gesturesAtShopify } from './adapters/shopify/gestures.server.ts';
import { loyaltyTags } from './adapters/shopify/loyalty.server.ts';
import * as gestures from './gestures/gestures.server.ts';
import * as loyalty from './loyalty/loyalty.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const gestureLoops = ({ db, admin }: Pick<App, 'db' | 'admin'>): Record<string, Loop['round']> => ({
  'gesture-calendar': gestures.makeGestureCalendar({ db }),
  'gesture-looks': gestures.makeLookLoop({ db }),
  gestures: gestures.makeCarryOutLoop({ db, shopify: gesturesAtShopify(admin) }),
  loyalty: loyalty.makeLoyaltyRun({ db }),
  'benefit-tags': loyalty.makeBenefitTags({ db, shopify: loyaltyTags(admin) }),
  birthdays: loyalty.makeBirthdayLoop({ db }),
  points: loyalty.makePointsEnd({ db }),
});
