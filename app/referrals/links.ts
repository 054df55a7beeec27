/** Signed links: an advocate's own page, and what a friend's link leaves in the address of the shop. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';

export interface AdvocateLink {
  shopId: bigint;
  customerId: string;
}

/** A friend's link was opened then. It names a code and nobody. */
export interface FriendVisit {
  shopId: bigint;
  code: string;
  /** To the second. */
  at: Date;
}

/** What stands in the shop's address after a friend's link; extensions/pixel remembers it. */
export const FRIEND_PARAMETER = 'friend';

export interface AdvocateLinks {
  /** Whoever has it sees their code and who came with it, first names only. */
  page(owner: AdvocateLink): string;
  readPage(token: string): AdvocateLink | null;
  /** Only whoever opened the link has it: it proves that and when, and no more. */
  visit(visit: FriendVisit): string;
  readVisit(token: string): FriendVisit | null;
}

export function advocateLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): AdvocateLinks {
  return {
    page: ({ shopId, customerId }) =>
      `${appUrl}/f/${signLink(key, 'advocate', { s: String(shopId), c: customerId })}`,
    readPage(token) {
      const data = readLink(key, 'advocate', token);
      return data && { shopId: BigInt(String(data['s'])), customerId: String(data['c']) };
    },
    visit: ({ shopId, code, at }) =>
      signLink(key, 'friend', { s: String(shopId), c: code, t: Math.floor(at.getTime() / 1000) }),
    readVisit(token) {
      const data = readLink(key, 'friend', token);
      return (
        data && {
          shopId: BigInt(String(data['s'])),
          code: String(data['c']),
          at: new Date(Number(data['t']) * 1000),
        }
      );
    },
  };
}
