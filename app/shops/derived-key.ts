/** Keys for one purpose each, derived from a key that has several. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const made = new WeakMap<Uint8Array, Map<string, KeyObject>>();

/**
 * The key for `purpose`, made once a process and kept in the form that HMAC takes as it is: bytes are looked at anew
 * for each hash, which costs ten times the hash, and mails have a dozen links.
 */
export function derivedKey(from: Uint8Array, purpose: string): KeyObject {
  let keys = made.get(from);
  if (!keys) made.set(from, (keys = new Map()));
  let key = keys.get(purpose);
  if (!key) keys.set(purpose, (key = createSecretKey(createHmac('sha256', from).update(purpose).digest())));
  return key;
}
