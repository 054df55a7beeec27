/** What a mail says to a shop, as a voice: which thread it belongs to, what of it is new, what could not be kept. */
import type { IncomingMail } from './incoming-mail.ts';
import { newTextOf } from './new-text.ts';
import { inTheirPlaces, shownName } from './parts.ts';
import type { Answered } from './reply-address.ts';
import type { Attached, Heard } from './voices.ts';

/** What the tables know of a mail. */
export interface MailFacts {
  shopId: bigint;
  /** Hash of all of it: another mail under the same Message-ID is another voice. */
  key: string;
  /** What the signed address it was sent to names, if any. */
  answered: Answered | null;
  /** Our message that it answers, and whose that was; its customer is null once they are erased. */
  message: { id: string; customerId: string | null; orderId: bigint | null; isErased: boolean } | null;
  /** The customer who has the sender's address. */
  sender: { customerId: string } | null;
  /** The sender has written more than a person would. */
  isRestless: boolean;
  at: Date;
}

/** What became of its attachments: `attached` what is kept and what is not, in their order. */
export interface Kept {
  attached: readonly (Attached & { cid: string | null })[];
}

/**
 * Threads: first what a signed address names, then the mails it answers. The subject is nobody's proof: two people write
 * "Question about my order" on one day. Whoever answers from another address stays in the thread (the token was in a
 * mail to its owner alone) and is shown with that address.
 *
 * A mail that answers what was written to somebody who has been erased since begins anew, as a stranger's.
 */
export function voiceOf(mail: IncomingMail, facts: MailFacts, kept: Kept, isAutomatic: boolean): Heard {
  const { shopId, message, answered } = facts;
  const isAnew = message?.isErased ?? false;
  const named = answered && answered.kind !== 'shop' ? [`${answered.kind}:${answered.id}`] : [];
  const placed = inTheirPlaces(newTextOf(mail.text), kept.attached);
  const leftOut = mail.leftOut.map(({ name, type, bytes, why }) => ({
    fileId: null,
    name: shownName(name, type),
    type,
    bytes,
    why,
  }));
  const threads = [...named, ...(message ? [`message:${message.id}`] : []), ...mail.answers.map(nameOf)];
  return {
    shopId,
    kind: 'mail',
    source: `mail:${facts.key}`,
    customerId: (isAnew ? null : message?.customerId) ?? facts.sender?.customerId ?? null,
    from: mail.from,
    orderId: isAnew ? null : (message?.orderId ?? null),
    text: withSize(placed.text, mail),
    subject: mail.subject,
    at: facts.at,
    channel: mail.from ? 'mail' : 'none',
    attachments: [...placed.attached, ...leftOut],
    threads: isAnew ? [] : [...new Set(threads)],
    names: mail.messageId ? [nameOf(mail.messageId)] : [],
    ...(isAutomatic || facts.isRestless ? { isAutomatic: true } : {}),
  };
}

/** A Message-ID as threads are named. */
const nameOf = (id: string): string => `mail:${id}`;

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Nobody should wait for a photo that is not there. */
function withSize(text: string, { tooLarge }: IncomingMail): string {
  if (!tooLarge) return text;
  const line = `[This mail had ${megabytes(tooLarge)}, more than the 25 MB that are kept. Its attachments are not here; please ask for smaller ones.]`;
  return [text, line].filter(Boolean).join('\n\n');
}
