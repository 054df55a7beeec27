/** The link to an advocate's own page: whoever has it sees their code and who came with it, first names only. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';

export interface AdvocateLink {
  shopId: bigint;
  customerId: string;
}

export interface AdvocateLinks {
  page(owner: AdvocateLink): string;
  readPage(token: string): AdvocateLink | null;
}

export function advocateLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): AdvocateLinks {
  return {
    page: ({ shopId, customerId }) =>
      `${appUrl}/f/${signLink(key, 'advocate', { s: String(shopId), c: customerId })}`,
    readPage(token) {
      const data = readLink(key, 'advocate', token);
      return data && { shopId: BigInt(String(data['s'])), customerId: String(data['c']) };
    },
  };
}
