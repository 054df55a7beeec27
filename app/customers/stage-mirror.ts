/** What Shopify is told of how close somebody is. */
import { STAGES, type Stage } from './customer.ts';

/** What came of telling. */
export type Told =
  | { outcome: 'done' }
  /** Asked again, it fails again: the customer is gone there, or the app may not write. */
  | { outcome: 'failed' }
  | { outcome: 'later'; seconds: number };

/** What the mirror needs of Shopify; may be repeated. */
export interface StageAtShopify {
  /**
   * Sets the metafields `$app:stage` and, where there is one, `$app:last_score`. With `tags` the tag of the stage is set and
   * those of the others are taken away.
   */
  tell(domain: string, customer: ShownStage): Promise<Told>;
}

export interface ShownStage {
  shopifyId: bigint;
  stage: Stage;
  /** 1…5 */
  lastScore: number | null;
  tags: { add: string; remove: string[] } | null;
}

/** "Everafter: friend", for segments and filters of the merchant's other tools. */
const stageTag = (stage: Stage): string => `Everafter: ${stage}`;

/** The tag of this stage, and those that must go. */
export const stageTags = (stage: Stage) => ({
  add: stageTag(stage),
  remove: STAGES.filter((each) => each !== stage).map(stageTag),
});

const LONGEST_S = 4 * 3600;

/** Seconds until the next try: 10, 20, 40 … at most four hours; null: it has been tried long enough. */
export const nextTry = (attempts: number): number | null =>
  attempts > 20 ? null : Math.min(10 * 2 ** Math.min(attempts - 1, 12), LONGEST_S);
