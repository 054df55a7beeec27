/** Tokens for a merchant's own programs: made, used, revoked. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { hashOf, newToken, type ApiToken, type TokenScope } from './api-token.ts';

/** More than anybody keeps apart. */
const MOST = 50;

const COUNT = `select count(*)::int as count from api_token where shop_id = $1`;
/** Two hands at once make no more than there may be. */
const LOCK = `select id from shop where id = $1 for no key update`;
const MAKE = `
  insert into api_token (shop_id, id, name, scope, hash, epoch, created_by, created_at)
  select $1::bigint, $2::uuid, $3, $4, $5::bytea, epoch, $6, $7::timestamptz from shop where id = $1::bigint`;

export interface TokenWanted {
  name: string;
  scope: TokenScope;
  /** Shopify's id of the staff member */
  by: bigint;
}

export type MadeToken =
  { outcome: 'made'; token: string } | { outcome: 'nameless' } | { outcome: 'too-many'; most: number };

/** See the door. Nobody can read the token again. */
export async function makeApiToken(tx: ShopTx, wanted: TokenWanted, now: Date): Promise<MadeToken> {
  const name = wanted.name.trim().slice(0, 60);
  if (!name) return { outcome: 'nameless' };
  await tx.sql(LOCK, [tx.shopId]);
  const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>(COUNT, [tx.shopId]);
  if (count >= MOST) return { outcome: 'too-many', most: MOST };
  const token = newToken(tx.shopId);
  await tx.sql(MAKE, [tx.shopId, newId(now), name, wanted.scope, hashOf(token), String(wanted.by), now]);
  return { outcome: 'made', token };
}

const LIST = `
  select t.id, t.name, t.scope, t.created_at as "createdAt", t.last_used_at as "lastUsedAt" from api_token t
  join shop s on s.id = t.shop_id and s.epoch = t.epoch
  where t.shop_id = $1 order by t.created_at, t.id`;

/** See the door. */
export const apiTokens = (tx: ShopTx): Promise<ApiToken[]> => tx.sql<ApiToken>(LIST, [tx.shopId]);

const REVOKE = `delete from api_token where shop_id = $1 and id = $2::uuid returning name`;

/** See the door. */
export async function revokeApiToken(tx: ShopTx, id: string): Promise<string | null> {
  const [row] = await tx.sql<{ name: string }>(REVOKE, [tx.shopId, id]);
  return row?.name ?? null;
}

/** What was made for an installation that is over opens nothing. */
const FIND = `
  select t.id, t.scope from api_token t join shop s on s.id = t.shop_id and s.epoch = t.epoch and s.status = 'installed'
  where t.shop_id = $1 and t.hash = $2::bytea`;

/** Once a minute is enough: a program that asks often does not write each time. */
const USED = `
  update api_token set last_used_at = $3::timestamptz
  where shop_id = $1 and id = $2::uuid and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`;

/** See the door. */
export async function useApiToken(
  tx: ShopTx,
  token: string,
  now: Date,
): Promise<{ id: string; scope: TokenScope } | null> {
  const [row] = await tx.sql<{ id: string; scope: TokenScope }>(FIND, [tx.shopId, hashOf(token)]);
  if (row) await tx.sql(USED, [tx.shopId, row.id, now]);
  return row ?? null;
}
