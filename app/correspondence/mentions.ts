/** Somebody speaks of the shop elsewhere, as the documented webhook tells it (docs/mentions.md). */
import { z } from 'zod';
import type { Heard } from './voices.ts';

const kept = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => text.replaceAll('\0', '').toWellFormed().trim());

/** Addresses that a browser may be led to, and nothing else. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

export const mentionSchema = z.object({
  /** The network's name for it: told again with other words, it has been changed. */
  id: kept(200).pipe(z.string().min(1)),
  network: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and dashes: instagram, mastodon'),
  author: z.object({ name: kept(200).nullish(), handle: kept(200).pipe(z.string().min(1)) }),
  text: kept(20_000),
  /** Where everybody can see it. */
  url: webAddress,
  language: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'BCP 47: en, pt-BR')
    .nullish(),
  /** Id of the post that it answers, on the same network. */
  inReplyTo: kept(200).nullish(),
});

export type Mention = z.infer<typeof mentionSchema>;

/** An answer goes by hand: the inbox gives the words and the address of the post. */
export function voiceOfMention(shopId: bigint, mention: Mention, now: Date): Heard {
  const { network, id, author, text, url, language, inReplyTo } = mention;
  const named = (post: string) => `mention:${network}:${post}`;
  return {
    shopId,
    kind: 'mention',
    source: named(id),
    customerId: null,
    from: { name: author.name || author.handle, address: author.handle },
    text,
    language: language ?? null,
    at: now,
    channel: 'social',
    link: url,
    threads: inReplyTo ? [named(inReplyTo)] : [],
    names: [named(id)],
  };
}
