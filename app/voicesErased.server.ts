/** What people have said and shown, before they are erased: found while their names and addresses are still there. */
import { hearAsked } from './questionReactions.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import type { StopPerson } from './shops/shops.server.ts';
import * as stories from './stories/stories.server.ts';

export const STOP_VOICES: StopPerson[] = [
  async (tx, shopId, customerIds, at) =>
    hearAsked(tx, await reviews.beforeErasure(tx, shopId, customerIds), at),
  stories.beforeErasure,
];
