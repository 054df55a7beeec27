/**
 * Answers on their way out, as conversations hand them over. Said again here for the reason that stands in voices.ts.
 */

export interface OutgoingAnswer {
  shopId: bigint;
  /** Idempotency key, and the left part of a mail's Message-ID. */
  id: string;
  conversationId: string;
  /** A person's or the house's answer, the question "did it help?", or a word to a colleague. */
  kind: 'reply' | 'help' | 'notice';
  customerId: string | null;
  address: string | null;
  subject: string | null;
  text: string;
  /** Where it is a text of the shop's that has a look of its own. */
  html?: string;
  /** BCP 47 */
  language: string | null;
  /** Names of the thread's mails ("mail:<id@host>"), oldest first. */
  thread: readonly string[];
  /** Source of the voice that it answers: "mention:NETWORK:ID". */
  source: string | null;
  link: string | null;
  at: Date;
  attempts: number;
}

/** `names`: by which what answers it is found. `reason`: a code that the inbox puts into words. */
export type AnswerSent =
  | { outcome: 'sent'; ref: string | null; names?: readonly string[] }
  | { outcome: 'by-hand' }
  | { outcome: 'later'; reason: string }
  | { outcome: 'refused'; reason: string };

/** One channel's way out. */
export type Way = (answer: OutgoingAnswer) => Promise<AnswerSent>;
