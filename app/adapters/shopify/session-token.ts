/**
 * Session tokens of App Bridge and of UI extensions: what Shopify's library does not check. An admin token and a
 * buyer's token are signed with the same secret, so each side has to refuse the other's kind.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';

/** What tokens are checked against. */
export interface TokenKeys {
  apiKey: string;
  /** The present secret first, then the one before the last rotation. */
  secrets: readonly string[];
}

/** Signed by Shopify for this app and valid now; nothing is known yet of its kind. */
export interface TokenClaims {
  dest: string;
  iss: string | null;
  sub: string | null;
  /** Which of the secrets signed it */
  secret: number;
}

export type TokenReading = { outcome: 'valid'; claims: TokenClaims } | { outcome: 'invalid' };

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const CUSTOMER = /^gid:\/\/shopify\/Customer\/([1-9]\d{0,18})$/;
const USER = /^[1-9]\d{0,18}$/;

/** Seconds that Shopify's clock and ours may differ. */
const CLOCK_SKEW = 10;

/** name.myshopify.com and nothing else: no other host is ever asked or trusted. */
export const isShopDomain = (text: string): boolean => SHOP_DOMAIN.test(text);

/** Checks signature, algorithm, audience and times. The answer never says why: texts of the reasons carry tokens. */
export async function readToken(token: string, { apiKey, secrets }: TokenKeys): Promise<TokenReading> {
  for (const [index, secret] of secrets.entries()) {
    const payload = await verified(token, secret);
    if (!payload) continue;
    if (payload.aud !== apiKey || typeof payload['dest'] !== 'string') return { outcome: 'invalid' };
    if (!isTextOrMissing(payload.iss) || !isTextOrMissing(payload.sub)) return { outcome: 'invalid' };
    const claims = {
      dest: payload['dest'],
      iss: payload.iss ?? null,
      sub: payload.sub ?? null,
      secret: index,
    };
    return { outcome: 'valid', claims };
  }
  return { outcome: 'invalid' };
}

async function verified(token: string, secret: string): Promise<JWTPayload | null> {
  try {
    const options = { algorithms: ['HS256'], clockTolerance: CLOCK_SKEW, requiredClaims: ['exp', 'aud'] };
    return (await jwtVerify(token, keyOf(secret), options)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

const keys = new Map<string, KeyObject>();

/** Made once a secret: a process has one or two. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(secret, 'utf8');
  keys.set(secret, key);
  return key;
}

const isTextOrMissing = (value: unknown) => value === undefined || typeof value === 'string';

/** The staff member and shop behind an admin token; null for any other kind. */
export function adminOf(claims: TokenClaims): { domain: string; userId: bigint } | null {
  const domain = claims.dest.startsWith('https://') ? claims.dest.slice('https://'.length) : '';
  if (!isShopDomain(domain) || claims.iss !== `https://${domain}/admin`) return null;
  return claims.sub !== null && USER.test(claims.sub) ? { domain, userId: BigInt(claims.sub) } : null;
}

/**
 * The shop, and the customer if signed in, behind a token of a checkout or customer-account extension; null for any
 * other kind. It proves nothing of an order: that stays the buyer's word.
 */
export function buyerOf(claims: TokenClaims): { domain: string; customerId: bigint | null } | null {
  if (!isShopDomain(claims.dest) || isAdminIssuer(claims.iss)) return null;
  if (claims.sub === null) return { domain: claims.dest, customerId: null };
  const customer = CUSTOMER.exec(claims.sub);
  return customer ? { domain: claims.dest, customerId: BigInt(customer[1]!) } : null;
}

const isAdminIssuer = (issuer: string | null) => issuer !== null && /\/admin\/?$/i.test(issuer);
