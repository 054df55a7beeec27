/** Tags, metafields and Flow for answers of customers. Implements what feedback asks for. */
import type { AnswerDeeds } from '../../feedback/tell.server.ts';
import type { Admin } from './admin-client.server.ts';
import { shopifyDeeds, triedOf } from './deeds.server.ts';
import { FLOW_TRIGGER } from './documents/answers.ts';
import { TAGS_REMOVE } from './documents/deeds.ts';
import { gidOf } from './node-values.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a call off. */
const PATIENCE = 5_000;

export function answerDeeds(admin: Admin): AnswerDeeds {
  const { addTags, setMetafield } = shopifyDeeds(admin);
  return {
    addTags,
    setMetafield,
    async removeTags(domain, customerId, tags) {
      const ask = { id: gidOf('Customer', customerId), tags };
      return triedOf(await admin(domain).query(TAGS_REMOVE, ask, { patience: PATIENCE }), { on: 'customer' });
    },
    async trigger(domain, handle, payload) {
      const asked = await admin(domain).query(FLOW_TRIGGER, { handle, payload }, { patience: PATIENCE });
      return triedOf(asked, { on: 'customer' });
    },
  };
}
