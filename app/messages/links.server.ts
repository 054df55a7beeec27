/** Links of a message to pages on the app's own origin. Their tokens carry ids, never expire, and only we can make them. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';
import type { MessageClass } from './message.ts';

/** Whose link it is. */
export interface LinkOwner {
  shopId: bigint;
  customerId: string;
  /** The message it stands in; null on pages and in blocks. */
  messageId: string | null;
}

export interface Links {
  preferences(owner: LinkOwner): string;
  /** `classes`: what stops on one click. */
  unsubscribe(owner: LinkOwner, classes: readonly MessageClass[]): string;
  /** A picture of one pixel. */
  open(owner: LinkOwner): string;
  /** Leads on to `url`, and to nothing else. */
  click(owner: LinkOwner, url: string): string;
  readPreferences(token: string): LinkOwner | null;
  readUnsubscribe(token: string): (LinkOwner & { classes: MessageClass[] }) | null;
  readOpen(token: string): LinkOwner | null;
  readClick(token: string): (LinkOwner & { url: string }) | null;
}

export function makeLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): Links {
  const dataOf = ({ shopId, customerId, messageId }: LinkOwner) => ({
    s: String(shopId),
    c: customerId,
    ...(messageId ? { m: messageId } : {}),
  });
  return {
    preferences: (owner) => `${appUrl}/p/${signLink(key, 'preferences', dataOf(owner))}`,
    unsubscribe: (owner, classes) =>
      `${appUrl}/u/${signLink(key, 'unsubscribe', { ...dataOf(owner), k: classes.join(' ') })}`,
    open: (owner) => `${appUrl}/o/${signLink(key, 'open', dataOf(owner))}.gif`,
    click(owner, url) {
      const token = signLink(key, 'click', { ...dataOf(owner), u: url });
      // An address too long to be carried leads there by itself.
      return token.length > LONGEST_TOKEN ? url : `${appUrl}/c/${token}`;
    },
    readPreferences: (token) => ownerOf(readLink(key, 'preferences', token)),
    readUnsubscribe(token) {
      const data = readLink(key, 'unsubscribe', token);
      const owner = ownerOf(data);
      return owner && { ...owner, classes: String(data!['k']).split(' ') as MessageClass[] };
    },
    readOpen: (token) => ownerOf(readLink(key, 'open', token.replace(/\.gif$/, ''))),
    readClick(token) {
      const data = readLink(key, 'click', token);
      const owner = ownerOf(data);
      return owner && { ...owner, url: String(data!['u']) };
    },
  };
}

/** Longer ones are not read back. */
const LONGEST_TOKEN = 1000;

function ownerOf(data: Record<string, string | number | null> | null): LinkOwner | null {
  if (!data) return null;
  return {
    shopId: BigInt(String(data['s'])),
    customerId: String(data['c']),
    messageId: data['m'] ? String(data['m']) : null,
  };
}
