/** Requests that Shopify forwards from SHOP/apps/… and signs in their query. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isShopDomain } from './session-token.ts';

/** Seconds around the present in which a signed link is good. */
const TOLERANCE = 90;

/** Parameters that decide something, so that a second one of the same name must not exist. */
const SINGLE = ['shop', 'timestamp', 'signature', 'logged_in_customer_id', 'path_prefix'];

export interface ProxyVisit {
  domain: string;
  /** Shopify's id of the customer who is signed in to the shop */
  customerId: bigint | null;
  /** /apps/friends, as the merchant may have renamed it */
  pathPrefix: string;
}

/**
 * Who asks, if Shopify signed this query with one of `secrets` just now; null otherwise.
 * @param nowSeconds real time
 */
export function readProxyQuery(
  query: URLSearchParams,
  secrets: readonly string[],
  nowSeconds: number,
): ProxyVisit | null {
  if (SINGLE.some((name) => query.getAll(name).length > 1)) return null;
  const signature = query.get('signature') ?? '';
  if (!secrets.some((secret) => isEqual(signature, sign(query, secret)))) return null;
  const timestamp = query.get('timestamp') ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE) return null;
  const domain = query.get('shop') ?? '';
  if (!isShopDomain(domain)) return null;
  const customer = query.get('logged_in_customer_id') ?? '';
  return {
    domain,
    customerId: /^[1-9]\d{0,18}$/.test(customer) ? BigInt(customer) : null,
    pathPrefix: query.get('path_prefix') ?? '',
  };
}

/** As Shopify signs: values of one name joined by commas, pairs sorted and joined by nothing. */
function sign(query: URLSearchParams, secret: string): Buffer {
  const names = [...new Set(query.keys())].filter((name) => name !== 'signature');
  const pairs = names.map((name) => `${name}=${query.getAll(name).join(',')}`).sort();
  const text = pairs.join('');
  return createHmac('sha256', secret).update(text).digest();
}

function isEqual(hex: string, expected: Buffer): boolean {
  if (!/^[0-9a-f]{64}$/.test(hex)) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}
