/** What messages need of a provider of mail or texts; adapters/email and adapters/texts follow it. */

/** A mail to one person, every header already free of control characters (address.ts). */
export interface OutgoingMail {
  /** Message id: idempotency key at the provider, left part of the Message-ID. */
  id: string;
  /** Comes back with the provider's events, where it can carry something. */
  shopId: bigint;
  from: { name: string; address: string };
  to: string;
  replyTo: string | null;
  /** When it is handed over. */
  at: Date;
  subject: string;
  html: string;
  text: string;
  /** Further headers: List-Unsubscribe and the like. */
  headers: Record<string, string>;
}

export interface OutgoingText {
  id: string;
  /** E.164 */
  to: string;
  body: string;
}

/** What came of one call, sorted at the border. */
export type SendResult =
  | { kind: 'accepted'; providerId: string | null }
  /** For good. `address`: it is the recipient that does not exist, and nothing should be tried again. */
  | { kind: 'refused'; reason: string; permanent: true; address: boolean }
  /** Certainly not accepted; may be tried again with the same id. */
  | { kind: 'unavailable'; retryAfterMs: number | null }
  /** The connection broke after everything had been said: accepted or not, nobody can tell from here. */
  | { kind: 'uncertain' };

export interface Provider<Outgoing> {
  /** smtp, resend, texts: kept with the message. */
  name: string;
  /** How long it remembers an id and answers a repetition as it answered the first; 0: not at all. */
  memoryMs: number;
  /** Calls a second that it takes from one account, where it says so. */
  perSecond?: number;
  /**
   * Hands one message over. Never throws for what a provider or network can do.
   * @param beforeCommit awaited at the last moment at which nothing has been accepted yet; false: leave it
   */
  send(outgoing: Outgoing, beforeCommit: () => Promise<boolean>): Promise<SendResult | { kind: 'withdrawn' }>;
  close(): Promise<void>;
}

export type MailProvider = Provider<OutgoingMail>;
export type TextProvider = Provider<OutgoingText>;

/** Longest time that one call may take: well under the lease of a message. */
export const SEND_TIMEOUT_MS = 10_000;
