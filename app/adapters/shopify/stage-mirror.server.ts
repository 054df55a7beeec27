/** Metafields and tags that say how close a customer is. Implements what customers asks for. */
import type { StageAtShopify } from '../../customers/stage-mirror.ts';
import type { Admin } from './admin-client.server.ts';
import { triedOf } from './deeds.server.ts';
import { METAFIELDS_SET, TAGS_ADD, TAGS_REMOVE } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts it off. */
const PATIENCE = { patience: 5_000 };
const CUSTOMER = { on: 'customer' } as const;
/** Declared in shopify.app.toml as customer.metafields.app.*. */
const NAMESPACE = '$app';

export function stageAtShopify(admin: Admin): StageAtShopify {
  return {
    async tell(domain, { shopifyId, stage, lastScore, tags }) {
      const ownerId = gidOf('Customer', shopifyId);
      const own = { ownerId, namespace: NAMESPACE };
      const score = { ...own, key: 'last_score', type: 'number_integer', value: String(lastScore) };
      const metafields = [
        { ...own, key: 'stage', type: 'single_line_text_field', value: stage },
        ...(lastScore === null ? [] : [score]),
      ];
      const client = admin(domain);
      const told = triedOf(await client.query(METAFIELDS_SET, { metafields }, PATIENCE), CUSTOMER);
      if (told.outcome !== 'done' || !tags) return told;
      const removed = triedOf(
        await client.query(TAGS_REMOVE, { id: ownerId, tags: tags.remove }, PATIENCE),
        CUSTOMER,
      );
      if (removed.outcome !== 'done') return removed;
      return triedOf(await client.query(TAGS_ADD, { id: ownerId, tags: [tags.add] }, PATIENCE), CUSTOMER);
    },
  };
}
