/** Sequences as things on a shelf: made, copied, named, thrown away. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { BLANK_PLAN } from './blank-plan.ts';
import { sequenceOf } from './edit.server.ts';
import { planSchema } from './plan.ts';
import { READY_SEQUENCES, templatesFor } from './ready/ready.ts';
import { stop } from './stop.server.ts';

/** Two hands at once do not make two sequences of one key, and nobody comes in while one is thrown away. */
const LOCK = `select id from shop where id = $1 for no key update`;

const MAKE = `
  insert into sequence (shop_id, id, key, name, status, live_version, draft, created_at, updated_at)
  values ($1, $2::uuid, $3, $4, 'off', null, $5::jsonb, $6, $6)`;

export interface Making {
  key: string;
  name: string;
  plan: unknown;
}

/** A sequence that has never been published, switched off; its key is made another where it is taken. @returns its id */
export async function make(tx: ShopTx, { key, name, plan }: Making, now: Date): Promise<string> {
  const id = newId(now);
  const fresh = await freshKey(tx, key);
  await tx.sql(MAKE, [tx.shopId, id, fresh, name.slice(0, MOST_LETTERS), JSON.stringify(plan), now]);
  return id;
}

const MOST_LETTERS = 80;

/** See the door. @param key of a ready one; anything else begins from scratch */
export async function createSequence(tx: ShopTx, key: string, now: Date): Promise<string> {
  await tx.sql(LOCK, [tx.shopId]);
  const ready = READY_SEQUENCES.find((each) => each.key === key);
  if (!ready) return make(tx, { key: 'sequence', name: 'New sequence', plan: BLANK_PLAN }, now);
  await installTemplates(tx, templatesFor(ready), now);
  return make(tx, { ...ready, plan: planSchema.parse(ready.plan) }, now);
}

/** See the door. */
export async function duplicateSequence(tx: ShopTx, id: string, now: Date): Promise<string | null> {
  await tx.sql(LOCK, [tx.shopId]);
  const sequence = await sequenceOf(tx, id);
  if (!sequence) return null;
  const { key, name, draft, live } = sequence;
  return make(tx, { key, name: `Copy of ${name}`, plan: draft ?? live }, now);
}

const KEYS = `select key from sequence where shop_id = $1`;

async function freshKey(tx: ShopTx, wanted: string): Promise<string> {
  const rows = await tx.sql<{ key: string }>(KEYS, [tx.shopId]);
  const known = new Set(rows.map(({ key }) => key));
  const base = wanted.slice(0, 60);
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (!known.has(key)) return key;
  }
}

const RENAME = `
  update sequence set name = $3, updated_at = $4 where shop_id = $1 and id = $2::uuid returning id`;

/** See the door. */
export async function renameSequence(
  tx: ShopTx,
  id: string,
  name: string,
  now: Date,
): Promise<'renamed' | 'unknown' | 'nameless'> {
  const said = name.trim().slice(0, MOST_LETTERS);
  if (!said) return 'nameless';
  const [row] = await tx.sql(RENAME, [tx.shopId, id, said, now]);
  return row ? 'renamed' : 'unknown';
}

const DISCARD = `
  update sequence set draft = null, updated_at = $3
  where shop_id = $1 and id = $2::uuid and live_version is not null returning id`;

/** See the door. */
export async function discardDraft(tx: ShopTx, id: string, now: Date): Promise<boolean> {
  return (await tx.sql(DISCARD, [tx.shopId, id, now])).length > 0;
}

const COUNT = `
  select count(*)::int as count from enrollment_cursor where shop_id = $1 and sequence_id = $2::uuid`;

const DELETE = `
  with versions as (delete from sequence_version where shop_id = $1 and sequence_id = $2::uuid)
  delete from sequence where shop_id = $1 and id = $2::uuid returning id`;

export type Deleted = { outcome: 'deleted' | 'unknown' } | { outcome: 'inside'; count: number };

/** See the door. What its past customers were sent, and why, stays in their stories. */
export async function deleteSequence(tx: ShopTx, id: string, now: Date): Promise<Deleted> {
  await tx.sql(LOCK, [tx.shopId]);
  const [inside] = await tx.sql<{ count: number }>(COUNT, [tx.shopId, id]);
  if (inside!.count > 0) return { outcome: 'inside', count: inside!.count };
  // Mails that its last customers still wait for.
  await stop(tx, [{ shopId: tx.shopId, by: 'sequence', id, reason: 'stopped-by-staff' }], now);
  const [row] = await tx.sql(DELETE, [tx.shopId, id]);
  return { outcome: row ? 'deleted' : 'unknown' };
}

const TAKEN = `
  select distinct step->>'key' as key from sequence_version v, jsonb_array_elements(v.plan->'steps') step
  where v.shop_id = $1 and v.sequence_id = $2::uuid order by 1`;

/** Keys of steps of all versions: a new step must not take one, for people and messages are known by them. */
export async function takenKeys(tx: ShopTx, id: string): Promise<string[]> {
  const rows = await tx.sql<{ key: string }>(TAKEN, [tx.shopId, id]);
  return rows.map(({ key }) => key);
}

const OWN = `select id from enrollment where shop_id = $1 and id = $2::uuid and customer_id = $3::uuid`;

/** See the door. */
export async function stopOne(
  tx: ShopTx,
  { customerId, id }: { customerId: string; id: string },
  now: Date,
): Promise<boolean> {
  const [own] = await tx.sql(OWN, [tx.shopId, id, customerId]);
  if (!own) return false;
  const one = { shopId: tx.shopId, by: 'enrollment', id, reason: 'stopped-by-staff' } as const;
  return (await stop(tx, [one], now)) > 0;
}
