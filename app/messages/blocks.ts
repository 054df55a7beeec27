/**
 * A mail as a merchant edits it: a subject, a preheader and blocks, each text with Liquid in it.
 * fields.ts lists what the Liquid may name. Paragraphs know `**bold**`, `[label](url)` and line breaks, nothing else.
 */
import { z } from 'zod';

const text = (max: number) => z.string().max(max);
/** May hold Liquid: `{{ order.status_url }}` */
const url = z.string().max(2000);
/** Stable within the mail, for editors that move blocks about; made up where it is missing. */
const id = z.string().max(40).optional();

/** One line, larger. */
const heading = z.object({ kind: z.literal('heading'), id, text: text(200) });
/** A blank line begins another paragraph. */
const paragraph = z.object({ kind: z.literal('paragraph'), id, text: text(4000) });
/** The one thing to do. A mail has at most one. */
const button = z.object({ kind: z.literal('button'), id, label: text(60), url });
const image = z.object({
  kind: z.literal('image'),
  id,
  src: url,
  /** Read aloud, and shown while pictures are off. */
  alt: text(200),
  url: url.optional(),
  /** Percent of the mail's width; all of it where it is missing. */
  width: z.number().int().min(10).max(100).optional(),
});
/** What was bought: picture, name, quantity. `product` names the one of each row, in `link` too. */
const products = z.object({
  kind: z.literal('products'),
  id,
  /** A link under each name: `{ label: 'Write your story', url: '{{ product.review_url }}' }` */
  link: z.object({ label: text(60), url }).optional(),
});
/** The care guide of each product that has one. */
const careGuides = z.object({
  kind: z.literal('care-guides'),
  id,
  /** Label of the link to the whole guide, where there is one. */
  more: text(60),
});
/** One question answered by one click: a link for each option, worst first. The question itself is a heading. */
const rating = z.object({ kind: z.literal('rating'), id, options: z.array(text(40)).min(2).max(7) });
/** The first question of the survey that the mail asks, with a link an answer; words and languages are the survey's. */
const survey = z.object({ kind: z.literal('survey'), id });
/** A code in big letters on a card. */
const code = z.object({
  kind: z.literal('code'),
  id,
  label: text(80),
  /** `{{ referral.code }}` or `{{ reward.code }}` */
  code: text(120),
  note: text(300).optional(),
});
/** A row of stars for each product that can be reviewed; each leads to the form with that many chosen, and says nothing yet. */
const stars = z.object({ kind: z.literal('stars'), id, label: text(120) });
/** The customer's code for friends with what it is worth, and a link to pass it on. Nothing to fill in but words. */
const referral = z.object({ kind: z.literal('referral'), id, label: text(80), share: text(60) });
/** Where else the shop can be found, in words: pictures of brands do not show while pictures are off. */
const social = z.object({
  kind: z.literal('social'),
  id,
  links: z
    .array(z.object({ label: text(30), url }))
    .min(1)
    .max(6),
});
const divider = z.object({ kind: z.literal('divider'), id });
/** How the mail ends: `{{ shop.signature }}` */
const signature = z.object({ kind: z.literal('signature'), id, text: text(200) });

const blockSchema = z.discriminatedUnion('kind', [
  heading,
  paragraph,
  button,
  image,
  products,
  careGuides,
  rating,
  survey,
  code,
  stars,
  referral,
  social,
  divider,
  signature,
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockKind = Block['kind'];

/** One text in one language. */
export const templateTextSchema = z.object({
  subject: text(200),
  /** What inboxes show beside the subject. */
  preheader: text(200),
  blocks: z.array(blockSchema).min(1).max(40),
});
export type TemplateText = z.infer<typeof templateTextSchema>;

/** A text with its name and language, as installed for a new shop. */
export interface Template {
  key: string;
  locale: string;
  text: TemplateText;
}

/** Everything in a block that may hold Liquid. */
export function textsOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'signature':
      return [block.text];
    case 'button':
      return [block.label, block.url];
    case 'image':
      return [block.src, block.alt, block.url ?? ''];
    case 'products':
      return block.link ? [block.link.label, block.link.url] : [];
    case 'care-guides':
      return [block.more];
    case 'rating':
      return block.options;
    case 'survey':
      return ['{{ survey.question }}'];
    case 'code':
      return [block.label, block.code, block.note ?? ''];
    case 'stars':
      return [block.label, '{{ product.review_url }}'];
    case 'referral':
      return [
        block.label,
        '{{ referral.code }}',
        '{{ referral.offer }}',
        '{{ referral.share_url }}',
        block.share,
      ];
    case 'social':
      return block.links.flatMap(({ label, url: to }) => [label, to]);
    case 'divider':
      return [];
  }
}

/** Everything that a text says, one piece a line. */
export const wordsOf = ({ subject, preheader, blocks }: TemplateText): string =>
  [subject, preheader, ...blocks.flatMap(textsOf)].join('\n');
