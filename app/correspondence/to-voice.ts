/** What a mail says to a shop, as a voice: which thread it belongs to, what of it is new, what could not be kept. */
import type { IncomingMail } from './incoming-mail.ts';
import { newTextOf } from './new-text.ts';
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

/** What became of its attachments. */
export interface Kept {
  attached: readonly Attached[];
  /** Names of those that were not kept, each with a reason. */
  lost: readonly { name: string; bytes: number; why: 'kind' | 'size' | 'no-room' }[];
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
  const threads = [...named, ...(message ? [`message:${message.id}`] : []), ...mail.answers.map(nameOf)];
  return {
    shopId,
    kind: 'mail',
    source: `mail:${facts.key}`,
    customerId: (isAnew ? null : message?.customerId) ?? facts.sender?.customerId ?? null,
    from: mail.from,
    orderId: isAnew ? null : (message?.orderId ?? null),
    text: wordsOf(mail, kept),
    subject: mail.subject,
    at: facts.at,
    channel: mail.from ? 'mail' : 'none',
    attachments: kept.attached,
    threads: isAnew ? [] : [...new Set(threads)],
    names: mail.messageId ? [nameOf(mail.messageId)] : [],
    ...(isAutomatic || facts.isRestless ? { isAutomatic: true } : {}),
  };
}

/** A Message-ID as threads are named. */
const nameOf = (id: string): string => `mail:${id}`;

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

const WHY = {
  kind: 'a kind of file that is not kept',
  size: 'too large to be kept',
  'no-room': 'it could not be stored',
} as const;

/** The new words, and a line for whatever did not come along: nobody should wait for a photo that is not there. */
function wordsOf(mail: IncomingMail, { lost }: Kept): string {
  const lines = lost.map(
    ({ name, bytes, why }) => `[Attached, and not here: ${name}, ${megabytes(bytes)}: ${WHY[why]}.]`,
  );
  if (mail.tooLarge)
    lines.push(
      `[This mail had ${megabytes(mail.tooLarge)}, more than the 25 MB that are kept. Its attachments are not here; please ask for smaller ones.]`,
    );
  return [newTextOf(mail.text), ...lines].filter(Boolean).join('\n\n');
}
