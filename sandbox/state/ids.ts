/** Ids as Shopify gives them: long numbers that rise, and tokens that cannot be guessed but are the same in every run. */

import { createHash } from 'node:crypto';
import type { State } from './shop.ts';
import type { Gid } from './values.ts';

/** Where the numbers of a kind begin; anything not named begins at 5,000,000,000,000. */
const STARTS: Record<string, bigint> = {
  Shop: 61_400_000_000n,
  Customer: 7_210_000_000_000n,
  Order: 5_830_000_000_000n,
  LineItem: 14_620_000_000_000n,
  Product: 8_140_000_000_000n,
  ProductVariant: 44_900_000_000_000n,
  Fulfillment: 5_320_000_000_000n,
};

export interface Ids {
  next(kind: string): Gid;
  /** Letters and digits that follow from what they are for. */
  token(...purpose: (string | number)[]): string;
}

/** `huge`: ids above 2^53, which JavaScript's numbers cannot hold. */
export function createIds(state: State, options: { huge?: boolean; salt: string }): Ids {
  return {
    next(kind) {
      const count = (state.sequences[kind] ?? 0) + 1;
      state.sequences[kind] = count;
      const start = (STARTS[kind] ?? 5_000_000_000_000n) + (options.huge ? 9_007_199_254_740_993n : 0n);
      return gid(kind, start + BigInt(count) * 32_769n);
    },
    token: (...purpose) =>
      createHash('sha256')
        .update([options.salt, ...purpose].join('\n'))
        .digest('hex')
        .slice(0, 32),
  };
}

export function gid(kind: string, number: bigint | number | string): Gid {
  return `gid://shopify/${kind}/${number}`;
}

/** The digits of an id. */
export function digits(id: Gid): string {
  return id.slice(id.lastIndexOf('/') + 1).replace(/\?.*/, '');
}

/** `Order` of `gid://shopify/Order/1`. */
export function kindOf(id: Gid): string {
  return id.split('/')[3] ?? '';
}

declare global {
  interface JSON {
    /** A piece of JSON that is written as it is: the only way to write a number that a double cannot hold. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/** The id as a JSON number, with all its digits. */
export function number(id: Gid): object;
export function number(id: Gid | null): object | null;
export function number(id: Gid | null): object | null {
  return id === null ? null : JSON.rawJSON(digits(id));
}
