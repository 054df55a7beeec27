/** Fields of pages that are the customer's own: their stories, a day they were at, who came with their code. */
import type { MergeFields } from './fields.ts';
import type { MessageData } from './message.ts';

/** Where floors above have such pages; without one its field is unknown. */
export interface PageLinks {
  /** The page for photos and stories. */
  storyUrl?(about: {
    shopId: bigint;
    customerId: string;
    orderId: bigint | null;
    productId: bigint | null;
  }): string;
  /** The page of who came and what it earned. */
  advocateUrl?(about: { shopId: bigint; customerId: string }): string;
  /** The pictures of a day the customer was at. */
  eventUrl?(about: { shopId: bigint; customerId: string; eventId: string }): string;
}

interface About {
  shopId: bigint;
  customerId: string;
  orderId: bigint | null;
  data: MessageData;
}

/** @param day an instant as a day, in the reader's language */
export function pageFields(
  { shopId, customerId, orderId, data }: About,
  day: (at: Date) => string,
  links: PageLinks,
): Pick<MergeFields, 'story' | 'event' | 'news'> {
  const owner = { shopId, customerId };
  const { productId, event, news } = data;
  const url = links.storyUrl?.({ ...owner, orderId, productId: productId ? BigInt(productId) : null });
  const eventUrl = event && links.eventUrl?.({ ...owner, eventId: event.id });
  const page = links.advocateUrl?.(owner);
  return {
    story: url ? { url } : null,
    event: event && eventUrl ? { name: event.name, url: eventUrl } : null,
    news: news && page ? newsOf(news, page, day) : null,
  };
}

const newsOf = (
  { orderedAt, gift, extra, ...said }: NonNullable<MessageData['news']>,
  page: string,
  day: (at: Date) => string,
) => ({
  ...said,
  gift: gift ?? null,
  extra: extra ?? null,
  ordered_on: day(new Date(orderedAt)),
  page_url: page,
});
