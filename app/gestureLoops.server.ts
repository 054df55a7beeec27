/** The worker's loops over gestures. */
import { gesturesAtShopify } from './adapters/shopify/gestures.server.ts';
import * as gestures from './gestures/gestures.server.ts';
import type { App } from './wiring.server.ts';
import type { Loop } from './work.server.ts';

/** By their names in logs and metrics. */
export const gestureLoops = ({ db, admin }: Pick<App, 'db' | 'admin'>): Record<string, Loop['round']> => ({
  'gesture-calendar': gestures.makeGestureCalendar({ db }),
  'gesture-looks': gestures.makeLookLoop({ db }),
  gestures: gestures.makeCarryOutLoop({ db, shopify: gesturesAtShopify(admin) }),
});
