/** The links under "did it help?". Opening one says nothing yet. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';

export interface HelpLink {
  shopId: bigint;
  conversationId: string;
}

export interface HelpLinks {
  help(link: HelpLink): string;
  readHelp(token: string): HelpLink | null;
}

export function helpLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): HelpLinks {
  return {
    help: ({ shopId, conversationId }) =>
      `${appUrl}/h/${signLink(key, 'help', { s: String(shopId), c: conversationId })}`,
    readHelp(token) {
      const data = readLink(key, 'help', token);
      return data && { shopId: BigInt(String(data['s'])), conversationId: String(data['c']) };
    },
  };
}
