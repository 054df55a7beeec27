import type { Block, TemplateText } from '../../../messages/blocks.ts';

/** The mails of the further ready sequences in one language, by key of the template. */
export type ReadyTexts = Record<
  'second-order' | 'late-parcel' | 'put-right' | 'sorry-refund' | 'buy-again' | 'show-us',
  TemplateText
>;

/** A short letter: a heading, a few sentences, what goes under them, and who signs. */
export const letter = (
  words: { subject: string; preheader: string; heading: string; text: string },
  ...blocks: Block[]
): TemplateText => ({
  subject: words.subject,
  preheader: words.preheader,
  blocks: [
    { kind: 'heading', text: words.heading },
    { kind: 'paragraph', text: words.text },
    ...blocks,
    { kind: 'signature', text: '{{ shop.signature }}' },
  ],
});

/** Where the parcel is, or the page of the order while nobody knows. */
export const PARCEL_URL = '{{ shipment.tracking_url | default: order.status_url | default: shop.url }}';
/** Their own page for photos and stories; where the shop has none, the shop. */
export const STORY_URL = '{{ story.url | default: shop.url }}';
export const PRODUCT_URL = '{{ product.url | default: shop.url }}';
