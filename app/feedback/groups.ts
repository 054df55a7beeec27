/** By what scores are told apart, and when there are enough of them. */
import { meanOfCounts, type Mean } from './scores.ts';

export const GROUPS = ['product', 'country', 'carrier'] as const;
export type Group = (typeof GROUPS)[number];

/** Fewer answers than these have no mean: one angry customer is not what a product is like. */
export const ENOUGH = 5;

export interface GroupScore extends Mean {
  /** What the list of answers is filtered by: a product's id, a country's code, a carrier's name. */
  key: string;
  name: string;
}

/** The scores of a group; without mean and interval while they are too few. */
export function groupScore(key: string, name: string, counts: readonly number[]): GroupScore {
  const mean = meanOfCounts(counts);
  return mean.answers < ENOUGH
    ? { key, name, answers: mean.answers, mean: null, low: null, high: null }
    : { key, name, ...mean };
}

/** Which group an address asks for; countries where it says nothing: they are counted without lines and parcels. */
export const groupOf = (word: string | null): Group => GROUPS.find((group) => group === word) ?? 'country';
