/** A group of facts: one statement for all of a batch that asks for it. */
import type { SqlTx } from '../db.server.ts';
import type { Facts } from './facts.ts';
import type { FactsWanted } from './source.ts';

/** One that asks, with its place in the batch. */
export type Asking = FactsWanted & { index: number };
export type Group = (tx: SqlTx, asking: readonly Asking[], facts: Facts[], now: Date) => Promise<void>;

/** The keys that every group's statement takes. */
export const keysOf = (asking: readonly Asking[]) => [
  asking.map((each) => each.shopId),
  asking.map((each) => each.index),
  asking.map((each) => each.customerId),
  asking.map((each) => each.orderId),
];
export const W = `unnest($1::bigint[], $2::int[], $3::uuid[], $4::bigint[]`;
