/** Who has been erased, as keyed hashes: a late snapshot must not bring anybody back. */
import { createHmac } from 'node:crypto';
import type { SqlTx } from '../db.server.ts';

/** What may be known of a person or an order; one match is enough. */
export interface Trace {
  shopId: bigint;
  shopifyId?: bigint | null;
  email?: string | null;
  phone?: string | null;
  orderId?: bigint | null;
  /** When it was so. Somebody who comes back after the erasure, with a new order, is somebody new. */
  at?: Date | null;
}

export interface Tombstones {
  /** One answer for each trace, in order. */
  isErased(tx: SqlTx, traces: readonly Trace[]): Promise<boolean[]>;
  /** Writes down that these are gone, in the transaction that erases them. */
  bury(tx: SqlTx, traces: readonly Trace[], now: Date): Promise<void>;
}

type Kind = 'shopify-id' | 'email' | 'phone' | 'order';

const FIND = `
  select t.position::int as position, stone.at from unnest($1::int[], $2::bigint[], $3::bytea[]) as t(position, shop_id, hash)
  join tombstone stone on stone.shop_id = t.shop_id and stone.hash = t.hash`;
const BURY = `
  insert into tombstone (shop_id, hash, kind, at)
  select distinct on (shop_id, hash) shop_id, hash, kind, $4::timestamptz
  from unnest($1::bigint[], $2::bytea[], $3::text[]) as t(shop_id, hash, kind)
  on conflict (shop_id, hash) do update set at = excluded.at`;

/** @param keys the present key writes; older ones are still found */
export function tombstonesOf(keys: readonly [Uint8Array, ...Uint8Array[]]): Tombstones {
  return {
    async isErased(tx, traces) {
      const marks = traces.flatMap((trace, position) =>
        lookFor(trace).flatMap((mark) =>
          keys.map((key) => ({ position, shopId: trace.shopId, hash: hashOf(key, trace.shopId, mark) })),
        ),
      );
      if (marks.length === 0) return traces.map(() => false);
      const rows = await tx.sql<{ position: number; at: Date }>(FIND, [
        marks.map(({ position }) => position),
        marks.map(({ shopId }) => shopId),
        marks.map(({ hash }) => hash),
      ]);
      const erased = traces.map(() => false);
      for (const { position, at } of rows) {
        const moment = traces[position]?.at;
        if (!moment || moment <= at) erased[position] = true;
      }
      return erased;
    },
    async bury(tx, traces, now) {
      const marks = traces.flatMap((trace) =>
        marksOf(trace).map((mark) => ({ ...mark, shopId: trace.shopId })),
      );
      if (marks.length === 0) return;
      const hashes = marks.map((mark) => hashOf(keys[0], mark.shopId, mark));
      const shopIds = marks.map(({ shopId }) => shopId);
      await tx.sql(BURY, [shopIds, hashes, marks.map(({ kind }) => kind), now]);
    },
  };
}

function marksOf({ shopifyId, email, phone, orderId }: Trace): { kind: Kind; value: string }[] {
  const marks: { kind: Kind; value: string }[] = [];
  if (shopifyId) marks.push({ kind: 'shopify-id', value: String(shopifyId) });
  if (email?.trim()) marks.push({ kind: 'email', value: email.trim().toLowerCase() });
  const digits = phone?.replace(/\D/g, '');
  if (digits) marks.push({ kind: 'phone', value: digits });
  if (orderId) marks.push({ kind: 'order', value: String(orderId) });
  return marks;
}

/** Two people may share a phone: it only tells who somebody is of whom nothing else is known. */
function lookFor(trace: Trace) {
  const marks = marksOf(trace);
  const isKnownBetter = marks.some(({ kind }) => kind === 'shopify-id' || kind === 'email');
  return isKnownBetter ? marks.filter(({ kind }) => kind !== 'phone') : marks;
}

const hashOf = (key: Uint8Array, shopId: bigint, { kind, value }: { kind: Kind; value: string }) =>
  createHmac('sha256', key).update(`${shopId}|${kind}|${value}`).digest();
