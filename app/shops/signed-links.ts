/**
 * Tokens for pages on the app's own origin (/a /r /p /u …): what they say can be read by whoever holds one,
 * so they carry ids only, and nobody but us can make one. They never expire by themselves: mails are kept for years.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from './derived-key.ts';

/** What a token is for; one made for a purpose is worth nothing for another. */
export type LinkPurpose =
  | 'answer'
  | 'survey'
  | 'review'
  | 'question'
  | 'asking'
  | 'preferences'
  | 'unsubscribe'
  | 'open'
  | 'click'
  | 'not-arrived'
  | 'upload'
  | 'story'
  | 'event'
  | 'advocate'
  | 'friend'
  | 'help';

/** Ids that a page needs, under short names: links stand in mails. */
export type LinkData = Record<string, string | number | null>;

const MAC_BYTES = 16;

/** A key, or several: the first one signs, all of them read. 32 bytes each; the keys that sign are derived from them. */
export type LinkKeys = Uint8Array | readonly [Uint8Array, ...Uint8Array[]];

const listOf = (keys: LinkKeys) => (keys instanceof Uint8Array ? [keys] : keys);

export function signLink(keys: LinkKeys, purpose: LinkPurpose, data: LinkData): string {
  const [key] = listOf(keys);
  const body = Buffer.from(JSON.stringify(data));
  return `${body.toString('base64url')}.${mac(key!, purpose, body).toString('base64url')}`;
}

/** What the token says, or null when it was not signed by us for this purpose. */
export function readLink(keys: LinkKeys, purpose: LinkPurpose, token: string): LinkData | null {
  if (token.length > 1000) return null;
  const [body64, mac64, ...rest] = token.split('.');
  if (!body64 || !mac64 || rest.length > 0) return null;
  const body = Buffer.from(body64, 'base64url');
  const given = Buffer.from(mac64, 'base64url');
  const isOurs = listOf(keys).some((key) => {
    const right = mac(key, purpose, body);
    return given.length === right.length && timingSafeEqual(given, right);
  });
  if (!isOurs) return null;
  return JSON.parse(body.toString()) as LinkData;
}

function mac(key: Uint8Array, purpose: LinkPurpose, body: Uint8Array): Buffer {
  const signing = derivedKey(key, 'signed-links');
  return createHmac('sha256', signing).update(`${purpose}\0`).update(body).digest().subarray(0, MAC_BYTES);
}
