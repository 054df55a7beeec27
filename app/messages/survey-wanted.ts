/** Messages that ask the question of a survey. */
import type { LinkOwner } from './links.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { Wanted } from './merge-source.server.ts';

/** Whose survey, and where its links lead. */
export interface SurveyWanted {
  id: string;
  shop: Shop;
  owner: LinkOwner;
  orderId: bigint | null;
  surveyKey: string;
  locale: string;
}

/** Of a batch those that ask one. */
export const surveysIn = (wanted: readonly Wanted[], ownerOf: (one: Wanted) => LinkOwner): SurveyWanted[] =>
  wanted.flatMap((one) => {
    const { surveyKey } = one.data;
    const { id, shop, orderId, locale } = one;
    return surveyKey ? [{ id, shop, orderId, locale, surveyKey, owner: ownerOf(one) }] : [];
  });
