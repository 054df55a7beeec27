/** JSON as Shopify sends it: ids may have more digits than a number can hold. */

/** A run of digits that a number may not hold exactly. */
const LONG_NUMBER = /\d{16}/;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** PostgreSQL keeps no such character: it is as if it had not been sent. */
const NUL = '\\u0000';

const keepDigits: Reviver = (_key, value, { source }) => {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !source) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
};

/**
 * Integers above 2^53 become bigints, text loses its NULs, everything else is as JSON.parse has it.
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) || text.includes(NUL)
    ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)
    : JSON.parse(text);
}
