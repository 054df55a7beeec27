/**
 * Codes for friends: FRIEND-7KQ4-WXHT. No vowels (no words by chance), nothing that is mistaken for something else.
 * 28 signs in eight places are 38 bits: with a million codes out, one guess in 370,000 finds one, and it is worth
 * nothing but the friend's discount on a paid first order.
 */
export const ALPHABET = '23456789BCDFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const PREFIX = 'FRIEND';

/** @param random fills the array, as crypto.getRandomValues does */
export function makeCode(random: (bytes: Uint8Array) => Uint8Array): string {
  let signs = '';
  while (signs.length < LENGTH) {
    for (const byte of random(new Uint8Array(16))) {
      // Bytes that do not divide evenly are thrown away, so that no sign is likelier than another.
      if (byte < 252 && signs.length < LENGTH) signs += ALPHABET[byte % ALPHABET.length];
    }
  }
  return `${PREFIX}-${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** As a person may have typed it: any case, spaces around it, any kind of dash. Null for what can be no code at all. */
export function readCode(typed: string): string | null {
  const code = typed
    .trim()
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212\s]+/g, '-');
  return /^[A-Z0-9][A-Z0-9_-]{2,49}$/.test(code) ? code : null;
}

/** minting: Shopify does not know it yet. revoked: its customer was erased. */
export type CodeState = 'minting' | 'free' | 'issued' | 'revoked';

/** Where the next page of codes begins: the last one shown, after the moment it was given (nothing in the pool). */
export const codeCursor = ({ code, issuedAt }: { code: string; issuedAt: Date | null }): string =>
  `${issuedAt?.toISOString() ?? ''}_${code}`;

/** Null for what is no cursor: the list begins at its beginning. */
export function readCodeCursor(text: string | null): { code: string; at: Date | null } | null {
  const [, moment = '', typed = ''] = /^(|\d{4}-\d\d-\d\dT[^_]*)_(.+)$/.exec(text ?? '') ?? [];
  const code = readCode(typed);
  const at = moment === '' ? null : new Date(moment);
  return code === null || Number.isNaN(at?.getTime()) ? null : { code, at };
}

/** What can happen to a code before a friend orders. */
export const CODE_SIGHTINGS = ['shown', 'shared', 'visited'] as const;
export type CodeSighting = (typeof CODE_SIGHTINGS)[number];
