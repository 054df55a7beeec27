/**
 * Addresses that answers come to: `replies+TOKEN@in.example.com`. The token names what is answered and is signed, so that
 * nobody can write into a conversation whose mail they have not seen. It survives servers that change the case of an
 * address, and fits into the 64 characters that stand before the @.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../shops/derived-key.ts';

/** What an answer is to: one of our messages, a conversation, or nothing in particular (the shop's own inbox). */
export type Answered =
  { kind: 'message' | 'conversation'; shopId: bigint; id: string } | { kind: 'shop'; shopId: bigint };

export interface ReplyAddresses {
  /** The address that stands as Reply-To. */
  of(answered: Answered): string;
  /** What an address that a mail was sent to says; null when it is none of ours, or changed by somebody. */
  read(address: string): Answered | null;
}

/** Letters that no font and no ear confuses; lower case only. */
const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789';
const LETTERS: Record<Answered['kind'], string> = { message: 'm', conversation: 'c', shop: 's' };
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as Answered['kind']]));
const MAC_BYTES = 8;
const ID_BYTES = 16;

/** Longest part before the plus: a token has at most 53 characters. */
export const LONGEST_NAME = 10;

/**
 * @param address what stands without a token: replies@in.example.com
 * @param keys the first signs, all of them read
 */
export function replyAddresses(
  address: string,
  keys: readonly [Uint8Array, ...Uint8Array[]],
): ReplyAddresses {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
  return {
    of(answered) {
      const body = bodyOf(answered);
      const token = LETTERS[answered.kind] + encode(Buffer.concat([body, mac(keys[0], answered.kind, body)]));
      return `${name}+${token}@${domain}`;
    },
    read(given) {
      const lower = given.trim().toLowerCase();
      if (!lower.startsWith(`${name}+`) || !lower.endsWith(`@${domain}`)) return null;
      const token = lower.slice(name.length + 1, -domain.length - 1);
      const kind = KINDS.get(token.charAt(0));
      const bytes = decode(token.slice(1));
      if (!kind || !bytes || bytes.length <= MAC_BYTES) return null;
      const body = bytes.subarray(0, -MAC_BYTES);
      const signature = bytes.subarray(-MAC_BYTES);
      if (!keys.some((key) => timingSafeEqual(mac(key, kind, body), signature))) return null;
      return answeredOf(kind, body);
    },
  };
}

function bodyOf(answered: Answered): Buffer {
  const hex = answered.shopId.toString(16);
  const shop = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  if (answered.kind === 'shop') return shop;
  return Buffer.concat([Buffer.from(answered.id.replaceAll('-', ''), 'hex'), shop]);
}

function answeredOf(kind: Answered['kind'], body: Buffer): Answered | null {
  const shopOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
  if (kind === 'shop') return { kind, shopId: shopOf(body) };
  if (body.length <= ID_BYTES) return null;
  const hex = body.subarray(0, ID_BYTES).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { kind, id, shopId: shopOf(body.subarray(ID_BYTES)) };
}

function mac(key: Uint8Array, kind: Answered['kind'], body: Uint8Array): Buffer {
  const signing = derivedKey(key, 'reply-addresses');
  return createHmac('sha256', signing).update(`${kind}\0`).update(body).digest().subarray(0, MAC_BYTES);
}

function encode(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

function decode(text: string): Buffer | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? Buffer.from(bytes) : null;
}
