/** Tags of customers that come and go with their stage. Implements what loyalty asks for. */
import type { TagsAtShopify, Told } from '../../loyalty/tags-at-shopify.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult } from './admin-client.ts';
import { TAGS_ADD, TAGS_REMOVE } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';
import { isNotNow, later } from './not-now.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a customer off. */
const PATIENCE = 5_000;

export const loyaltyTags = (admin: Admin): TagsAtShopify => ({
  async tell(domain, customer, { add, remove }) {
    const id = gidOf('Customer', customer);
    if (remove !== null && remove !== add) {
      const told = toldOf(
        await admin(domain).query(TAGS_REMOVE, { id, tags: [remove] }, { patience: PATIENCE }),
      );
      if (told.outcome === 'later') return told;
    }
    if (add === null) return { outcome: 'done' };
    return toldOf(await admin(domain).query(TAGS_ADD, { id, tags: [add] }, { patience: PATIENCE }));
  },
});

function toldOf(result: AdminResult<unknown>): Told {
  return isNotNow(result) ? later(result) : { outcome: 'done' };
}
