/**
 * Does the body belong to the shop that the header names? Only the body is signed: whoever holds one signed delivery can
 * send it again under any header.
 */
import type { Context } from './bodies/fields.ts';

/** Why the body can't be this shop's; null when nothing speaks against it. */
export function contradiction(body: unknown, { shop }: Pick<Context, 'shop'>): string | null {
  if (!isRecord(body)) return null;
  return ofDomain(body, shop) ?? ofShopId(body, shop) ?? ofStatusUrl(body, shop) ?? ofIds(body);
}

/** Does the body say anything of its shop? Those that don't are believed for some days only. */
export function namesItsShop(body: unknown): boolean {
  return (
    isRecord(body) &&
    ['shop_id', 'shop_domain', 'myshopify_domain', 'order_status_url'].some((name) => body[name] != null)
  );
}

const isRecord = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null;

function ofDomain(body: Record<string, unknown>, shop: Context['shop']): string | null {
  const names = [body['shop_domain'], body['myshopify_domain']];
  const isOther = names.some((name) => typeof name === 'string' && name.toLowerCase() !== shop.domain);
  return isOther ? "another shop's domain" : null;
}

function ofShopId(body: Record<string, unknown>, shop: Context['shop']): string | null {
  const named = body['shop_id'];
  if (named == null || shop.shopifyId === null) return null;
  return String(named) === String(shop.shopifyId) ? null : "another shop's id";
}

/** https://any.domain/SHOP_ID/orders/TOKEN/… */
function ofStatusUrl(body: Record<string, unknown>, shop: Context['shop']): string | null {
  const url = body['order_status_url'];
  if (typeof url !== 'string') return null;
  const named = /\/(\d+)\/orders\//.exec(url)?.[1];
  if (named && shop.shopifyId !== null) {
    return named === String(shop.shopifyId) ? null : "another shop's order page";
  }
  const host = /^https?:\/\/([a-z0-9.-]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return host.endsWith('.myshopify.com') && host !== shop.domain ? "another shop's order page" : null;
}

/** The two ids of a record are one. */
function ofIds(body: Record<string, unknown>): string | null {
  const gid = body['admin_graphql_api_id'];
  const id = body['id'];
  if (typeof gid !== 'string' || (typeof id !== 'number' && typeof id !== 'bigint')) return null;
  return gid.endsWith(`/${id}`) ? null : 'two different ids';
}
