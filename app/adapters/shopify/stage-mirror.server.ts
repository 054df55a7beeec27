/** Metafields and tags that say how close a customer is. Implements what customers asks for. */
import type { StageAtShopify, Told } from '../../customers/stage-mirror.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult } from './admin-client.ts';
import { METAFIELDS_SET, TAGS_ADD, TAGS_REMOVE } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts it off. */
const PATIENCE = { patience: 5_000 };
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
      const told = toldOf(await client.query(METAFIELDS_SET, { metafields }, PATIENCE));
      if (told.outcome !== 'done' || !tags) return told;
      const removed = toldOf(await client.query(TAGS_REMOVE, { id: ownerId, tags: tags.remove }, PATIENCE));
      if (removed.outcome !== 'done') return removed;
      return toldOf(await client.query(TAGS_ADD, { id: ownerId, tags: [tags.add] }, PATIENCE));
    },
  };
}

function toldOf(result: AdminResult<unknown>): Told {
  switch (result.outcome) {
    case 'ok':
      return { outcome: 'done' };
    case 'throttled':
    case 'unavailable':
      return { outcome: 'later', seconds: result.retryAfterSeconds };
    case 'unauthorized':
      return { outcome: 'later', seconds: 60 };
    case 'user-errors':
    case 'refused':
      return { outcome: 'refused' };
  }
}
