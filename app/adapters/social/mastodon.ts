/** What Mastodon says, in this house's words. Pure: documented at docs.joinmastodon.org. */
import { compile } from 'html-to-text';
import { z } from 'zod';
import type { SocialPost } from '../../correspondence/social.ts';

const MAX_HTML = 100_000;
/** Links are written out, as Mastodon cuts them only for the eye. */
const textOfHtml = compile({
  wordwrap: false,
  limits: { maxInputLength: MAX_HTML, maxDepth: 30, maxChildNodes: 1000, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'p.quote-inline', format: 'skip' },
  ],
});

const text = (max: number) =>
  z.string().transform((value) => value.replaceAll('\0', '').toWellFormed().trim().slice(0, max));
const id = z.string().regex(/^[\w-]{1,100}$/);
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

export const accountSchema = z.object({ username: text(200), acct: text(400), url: webAddress });
export const statusSchema = z.object({
  id,
  created_at: z.coerce.date(),
  in_reply_to_id: id.nullish(),
  language: z.string().max(35).nullish(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).catch('direct'),
  url: webAddress.nullish(),
  uri: z.string().max(2000),
  spoiler_text: text(2000).nullish(),
  content: z.string(),
  account: z.object({ acct: text(400), display_name: text(200).nullish() }),
});
export type Status = z.infer<typeof statusSchema>;

/** Other kinds of news, and those whose post is gone already, carry no status. */
export const notificationsSchema = z.array(
  z.object({ id, type: z.string(), status: statusSchema.nullish().catch(null) }),
);

/** "ana" of the shop's own server is "@ana@host", as everybody else sees it. */
export const handleOn = (host: string, acct: string): string =>
  `@${acct.includes('@') ? acct : `${acct}@${host}`}`;

const LANGUAGE = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/;

/** @param own the shop's own name there: it stands before nearly every mention, and says nothing */
export function postOf(status: Status, host: string, own: string): SocialPost {
  const words = textOfHtml(status.content).trim();
  const leading = new RegExp(`^(@${own.replace(/[^\w]/g, '\\$&')}(@[\\w.-]+)?\\s+)+`, 'i');
  const said = words.replace(leading, '');
  return {
    id: status.id,
    author: {
      name: status.account.display_name || null,
      handle: handleOn(host, status.account.acct),
    },
    text: [status.spoiler_text, said].filter(Boolean).join('\n\n').slice(0, 20_000),
    url: status.url ?? `https://${host}/web/statuses/${status.id}`,
    language: status.language && LANGUAGE.test(status.language) ? status.language : null,
    inReplyTo: status.in_reply_to_id ?? null,
    at: status.created_at,
  };
}

/** The answer as it is posted: only whom it names is told of it. */
export const answerText = (acct: string, words: string): string => `@${acct} ${words}`;

/** Every link counts as 23 letters, and of a handle only its first part. */
export const lengthOf = (status: string): number =>
  [...status.replace(/https?:\/\/\S+/g, 'x'.repeat(23)).replace(/(@[\w.-]+)@[\w.-]+/g, '$1')].length;
