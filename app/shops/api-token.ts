/** Tokens by which a merchant's own programs ask the app: what they are made of, and what they may do. */
import { createHash, randomBytes } from 'node:crypto';

/** `write` may also read. */
export const TOKEN_SCOPES = ['read', 'write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** A token as the settings show it; the token itself is shown once, when it is made. */
export interface ApiToken {
  id: string;
  name: string;
  scope: TokenScope;
  createdAt: Date;
  /** Null: never. To the minute. */
  lastUsedAt: Date | null;
}

/** The shop's number is no secret: it says where to look for the hash. */
export const newToken = (shopId: bigint): string =>
  `everafter_${shopId}_${randomBytes(32).toString('base64url')}`;

/** The shop that a token says it is of; null for what is no token. */
export function shopIn(token: string): bigint | null {
  const [, shop] = /^everafter_(\d{1,18})_[\w-]{43}$/.exec(token) ?? [];
  return shop === undefined ? null : BigInt(shop);
}

/** What is stored. Nothing slower is needed for 256 bits of chance. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export const mayDo = (scope: TokenScope, wanted: TokenScope): boolean =>
  scope === 'write' || wanted === 'read';
