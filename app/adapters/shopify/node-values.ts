/** Values as the Admin API writes them. */
import { minorDigits } from '../../shops/money.ts';

/** The number of `gid://shopify/Order/123?…`. */
export function idOf(gid: string): bigint {
  const [, digits] = /^gid:\/\/shopify\/\w+\/(\d+)/.exec(gid) ?? [];
  if (!digits) throw new Error(`not an id of Shopify's: ${gid.slice(0, 80)}`);
  return BigInt(digits);
}

export const gidOf = (kind: string, id: bigint): string => `gid://shopify/${kind}/${id}`;

/** "10.5" EUR → 1050n; digits that the currency does not have are rounded half away from zero. */
export function minorOf(amount: string, currency: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (sign === undefined) throw new Error('not an amount');
  const digits = minorDigits(currency);
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const rounded = Number(fraction[digits] ?? 0) >= 5 ? kept + 1n : kept;
  return sign ? -rounded : rounded;
}

export const dateOf = (text: string): Date => new Date(text);
export const maybeDate = (text: string | null): Date | null => (text === null ? null : new Date(text));
export const maybeId = (node: { id: string } | null): bigint | null => (node ? idOf(node.id) : null);
