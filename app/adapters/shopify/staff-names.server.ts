/**
 * How a member of the staff is called. Session tokens carry a number alone; Shopify tells the name with an online token,
 * for which a session token can be exchanged. That token itself is not kept and never used.
 */
import { z } from 'zod';
import { now, realNow } from '../../clock.server.ts';
import type { Db, ShopTx } from '../../db.server.ts';
import { errorFields, log } from '../../log.server.ts';
import { isNetworkError } from './tokens.server.ts';

/** Of this process; who is not known after that is asked for again. */
const LOOK_AGAIN_MS = 86_400_000;
const TIMEOUT_MS = 5000;

const granted = z.object({
  associated_user: z.object({
    id: z.number(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
  }),
});

export interface StaffToken {
  shop: { id: bigint; domain: string };
  userId: bigint;
  sessionToken: string;
  /** That signed the token */
  secret: string;
}

export interface NameDeps {
  db: Db;
  apiKey: string;
  isKnown(tx: ShopTx, userId: bigint, now: Date): Promise<boolean>;
  keep(tx: ShopTx, staff: { userId: bigint; name: string }, now: Date): Promise<void>;
}

/** @returns looks up a name that is not known yet; nobody waits for it, and nothing depends on it */
export function staffNames(deps: NameDeps): (staff: StaffToken) => void {
  const looked = new Map<string, number>();
  return (staff) => {
    const who = `${staff.shop.id} ${staff.userId}`;
    if ((looked.get(who) ?? 0) > realNow() - LOOK_AGAIN_MS) return;
    looked.set(who, realNow());
    learn(deps, staff).catch((error: unknown) =>
      log.warn('the name of a member of the staff could not be looked up', errorFields(error)),
    );
  };
}

async function learn(
  { db, apiKey, isKnown, keep }: NameDeps,
  { shop, userId, ...staff }: StaffToken,
): Promise<void> {
  if (await db.inShop(shop.id, (tx) => isKnown(tx, userId, now()))) return;
  const name = await nameAtShopify(shop.domain, userId, { apiKey, ...staff });
  if (name) await db.inShop(shop.id, (tx) => keep(tx, { userId, name }, now()));
}

async function nameAtShopify(
  domain: string,
  userId: bigint,
  { apiKey, secret, sessionToken }: { apiKey: string; secret: string; sessionToken: string },
): Promise<string | null> {
  const exchange = {
    client_id: apiKey,
    client_secret: secret,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: sessionToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
  };
  try {
    const response = await fetch(`https://${domain}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(exchange),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const read = granted.safeParse(response.ok ? await response.json() : null);
    if (!read.success || BigInt(read.data.associated_user.id) !== userId) return null;
    const { first_name, last_name } = read.data.associated_user;
    return [first_name, last_name].filter(Boolean).join(' ').trim() || null;
  } catch (error) {
    if (isNetworkError(error)) return null;
    throw error;
  }
}
