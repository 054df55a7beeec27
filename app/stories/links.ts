/** Links to the page of a customer's stories, and to the pictures of a day they were at. */
import { readLink, signLink, type LinkKeys } from '../shops/signed-links.ts';

/** Whose page it is, and about what they tell there. */
export interface StoryLink {
  shopId: bigint;
  customerId: string;
  orderId: bigint | null;
  productId: bigint | null;
}

/** `shared`: for anybody, and shows only what this customer is in. */
export interface EventLink {
  shopId: bigint;
  customerId: string;
  eventId: string;
  shared: boolean;
}

export interface StoryLinks {
  story(link: StoryLink): string;
  readStory(token: string): StoryLink | null;
  event(link: EventLink): string;
  readEvent(token: string): EventLink | null;
}

export function storyLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): StoryLinks {
  return {
    story: ({ shopId, customerId, orderId, productId }) =>
      `${appUrl}/s/${signLink(key, 'story', { s: String(shopId), c: customerId, o: text(orderId), p: text(productId) })}`,
    readStory(token) {
      const data = readLink(key, 'story', token);
      return (
        data && {
          shopId: BigInt(String(data['s'])),
          customerId: String(data['c']),
          orderId: id(data['o']),
          productId: id(data['p']),
        }
      );
    },
    event: ({ shopId, customerId, eventId, shared }) =>
      `${appUrl}/e/${signLink(key, 'event', { s: String(shopId), c: customerId, e: eventId, v: shared ? 1 : 0 })}`,
    readEvent(token) {
      const data = readLink(key, 'event', token);
      return (
        data && {
          shopId: BigInt(String(data['s'])),
          customerId: String(data['c']),
          eventId: String(data['e']),
          shared: data['v'] === 1,
        }
      );
    },
  };
}

const text = (value: bigint | null) => (value === null ? null : String(value));
const id = (value: string | number | null | undefined) => (value ? BigInt(value) : null);
