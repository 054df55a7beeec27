/** What every new shop begins with, for tests in which no worker handles its installation. */
import type { Db } from '../../../app/db.server.ts';
import * as feedback from '../../../app/feedback/feedback.server.ts';
import * as referrals from '../../../app/referrals/referrals.server.ts';
import * as rewards from '../../../app/rewards/rewards.server.ts';
import * as sequences from '../../../app/sequences/sequences.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';

export async function installDefaults(db: Db, shop: Shop): Promise<void> {
  const at = new Date('2026-05-01T00:00:00Z');
  await db.inShop(shop.id, async (tx) => {
    await feedback.installDefaults(tx, shop, at);
    await sequences.installDefaults(tx, shop, at);
    await referrals.installDefaults(tx, shop, at);
    await rewards.installDefaults(tx, at);
  });
}
