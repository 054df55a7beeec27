/** Which way a customer goes at a split: by weight, and the same way whenever they come. */
import { createHash } from 'node:crypto';
import type { SplitStep } from './steps.ts';

/** Who is at which split of which sequence. */
export interface Lot {
  sequenceId: string;
  customerId: string;
}

/** The way of this customer; ways of weight 0 are nobody's. Weights may be changed: then some go another way from there on. */
export function wayOf({ key, ways }: SplitStep, { sequenceId, customerId }: Lot): SplitStep['ways'][number] {
  const total = ways.reduce((sum, { weight }) => sum + weight, 0);
  let left = drawn(`${sequenceId}:${key}:${customerId}`) * total;
  for (const way of ways) {
    left -= way.weight;
    if (left < 0) return way;
  }
  throw new Error(`the split ${key} has no weights`);
}

/** A number from 0 to just under 1 that looks like chance and is not. */
const drawn = (name: string) => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
