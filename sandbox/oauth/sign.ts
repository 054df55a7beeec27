/** Session tokens, query signatures and proxy signatures, as Shopify makes them with the app's secret. */

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

function jwt(claims: object, secret: string): string {
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

export interface TokenOptions {
  shop: string;
  apiKey: string;
  secret: string;
  ttl?: number | undefined;
}

/** As App Bridge gives it: the shop with scheme, a numeric user, a session. */
export function adminToken({
  shop,
  apiKey,
  secret,
  ttl = 60,
  user = '41120001',
}: TokenOptions & { user?: string | undefined }): string {
  const now = seconds();
  const claims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: apiKey,
    sub: user,
    exp: now + ttl,
    nbf: now,
    iat: now,
  };
  return jwt({ ...claims, jti: randomUUID(), sid: randomUUID() }, secret);
}

/** As an extension gets it: the shop without scheme, no issuer, the customer only when logged in. */
export function buyerToken({
  shop,
  apiKey,
  secret,
  ttl = 300,
  customer,
}: TokenOptions & { customer?: string | null | undefined }): string {
  const now = seconds();
  const claims = { dest: shop, aud: apiKey, exp: now + ttl, nbf: now, iat: now, jti: randomUUID() };
  return jwt(customer ? { ...claims, sub: customer } : claims, secret);
}

/** The claims of a token with a right signature that is still good; null otherwise. */
export function verifyToken(token: unknown, secret: string): Record<string, unknown> | null {
  const [head, body, signature] = String(token).split('.');
  if (!head || !body || !signature) return null;
  const wanted = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  try {
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    return typeof claims.exp === 'number' && claims.exp > Date.now() / 1000 - 10 ? claims : null;
  } catch {
    return null;
  }
}

/** `hmac` of the query that the admin opens an app with. */
export function queryHmac(params: Record<string, string>, secret: string): string {
  const text = Object.keys(params)
    .sort()
    .map((key) => `${key}=${params[key]}`)
    .join('&');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** `signature` of a request that came through the app proxy: sorted, joined without `&`, lists by commas. */
export function proxySignature(params: URLSearchParams, secret: string): string {
  const text = [...new Set(params.keys())]
    .map((key) => `${key}=${params.getAll(key).join(',')}`)
    .sort()
    .join('');
  return createHmac('sha256', secret).update(text).digest('hex');
}
