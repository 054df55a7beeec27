/** A text with every kind of block. */
import type { Block, TemplateText } from '../../../app/messages/blocks.ts';

export const everyBlock: Block[] = [
  { kind: 'heading', text: 'Hello {{ customer.first_name | default: "there" }}' },
  {
    kind: 'paragraph',
    text: 'One **bold** word, a [link](https://example.com/x?a=1&b=2).\nA line.\n\nAnother paragraph.',
  },
  { kind: 'image', src: 'https://cdn.example.com/a.png', alt: 'A bench with tools' },
  { kind: 'products', link: { label: 'Review', url: '{{ product.review_url }}' } },
  { kind: 'care-guides', more: 'Read on' },
  { kind: 'rating', options: ['Bad', 'So so', 'Good'] },
  { kind: 'survey' },
  { kind: 'code', label: 'Your code', code: '{{ referral.code }}', note: 'For friends' },
  { kind: 'stars', label: 'How do you like it?' },
  { kind: 'referral', label: 'For your friends', share: 'Pass it on' },
  { kind: 'social', links: [{ label: 'Pictures', url: 'https://pictures.example/shop' }] },
  { kind: 'divider' },
  { kind: 'button', label: 'Go', url: '{{ order.status_url }}' },
  { kind: 'signature', text: '{{ shop.signature }}' },
];
export const textOf = (blocks: Block[], more: Partial<TemplateText> = {}): TemplateText => ({
  subject: 'Hello {{ customer.first_name | default: "there" }}',
  preheader: 'A line',
  blocks,
  ...more,
});
