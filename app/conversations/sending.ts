/** How answers leave: the types that adapters of channels fulfil, handed in by wiring. */
import type { Attachment, ReplyChannel } from './voice.ts';

/** An answer on its way out. */
export interface OutgoingReply {
  shopId: bigint;
  /** Of the entry: idempotency key and RFC 5322 Message-ID of whatever sends it. */
  id: string;
  conversationId: string;
  channel: ReplyChannel;
  /** What it says: an answer of a person or of the house, the question "did it help?", or a word to a colleague. */
  kind: 'reply' | 'help' | 'notice';
  customerId: string | null;
  name: string | null;
  /** E-mail address, number or handle; null where the channel needs none. */
  address: string | null;
  subject: string | null;
  text: string;
  /** BCP 47 */
  language: string | null;
  orderId: bigint | null;
  productId: bigint | null;
  /** Source of the voice that it answers: "review:ID", "mail:MESSAGE-ID". */
  source: string | null;
  /** Names of the thread's mails ("mail:<id@host>"), oldest first, for In-Reply-To and References. */
  thread: readonly string[];
  /** Where the voice can be seen. */
  link: string | null;
  attachments: readonly Attachment[];
  at: Date;
  attempts: number;
}

/**
 * What became of it. `names`: by which later voices find the thread. `by-hand`: this channel has no way out, the shop
 * posts the text itself. `refused`: it will never go; `reason` is a code that the inbox puts into words.
 */
export type SentReply =
  | { outcome: 'sent'; ref: string | null; names?: readonly string[] }
  | { outcome: 'by-hand' }
  | { outcome: 'later'; reason: string }
  | { outcome: 'refused'; reason: string };

/** One channel's way out. It is called with a row that is already committed as sending. */
export type SendReply = (reply: OutgoingReply) => Promise<SentReply>;

/** A way out for each channel; one without is done by hand. `colleague`: words to the shop's own people, by mail. */
export type WaysOut = Partial<Record<ReplyChannel, SendReply>> & { colleague?: SendReply };
