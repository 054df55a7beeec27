/**
 * A voice: anything a customer says, as the other parts of the house hand it over. What it opens is a conversation: one
 * matter with one person, its reply clock, its tags, its outcome.
 */

export const VOICE_KINDS = [
  /** An answer to a survey, with a comment or a low score. */
  'answer',
  /** A review of a product or of the shop. */
  'review',
  /** A caption of a photo, a guest post, an interview. */
  'story',
  /** A question asked on a product's page. */
  'question',
  'mail',
  'text',
  /** "It has not arrived" */
  'not-arrived',
  /** A friend or an advocate misses what they were promised. */
  'referral-complaint',
  /** Somebody speaks of the shop elsewhere. */
  'mention',
] as const;
export type VoiceKind = (typeof VOICE_KINDS)[number];

/** Where an answer goes: back where the voice came from. `none`: nobody can be written to, the shop writes by hand. */
export const REPLY_CHANNELS = ['mail', 'text', 'review', 'question', 'social', 'none'] as const;
export type ReplyChannel = (typeof REPLY_CHANNELS)[number];

/** Somebody nobody knows yet: what the voice itself says of them. */
export interface Stranger {
  name: string | null;
  /** An e-mail address, a number (E.164) or a handle, as the channel has it. */
  address: string | null;
}

/** What came along: keys of `files`, never an address from outside. */
export interface Attachment {
  /** Null: it was not kept, for the reason `why`. */
  fileId: string | null;
  /** As its sender called it: any text, to be shown and nothing else. */
  name: string;
  /** image/png…, as its sender says */
  type: string;
  /** Of what came. */
  bytes?: number;
  /** The words name the place where it belongs: [NAME], the first of them the first. */
  isInline?: boolean;
  /** A code; ui/inbox/attachmentView.ts has its sentence. */
  why?: string;
}

export interface Voice {
  shopId: bigint;
  kind: VoiceKind;
  /**
   * Names what was said, once for all times within the shop: "answer:ID", "review:ID", "mail:MESSAGE-ID". Heard again it
   * is the same voice: with other words it has been changed, with the same ones nothing happens.
   */
  source: string;
  /** Null while nobody knows whose it is; may be told later by the same source. */
  customerId: string | null;
  /** What the voice says of its speaker; of a known customer only what differs (another address). */
  from: Stranger | null;
  orderId?: bigint | null;
  productId?: bigint | null;
  shipmentId?: bigint | null;
  /** 1…5 */
  score?: number | null;
  /** The words; may be empty where a score or a press says it all. Plain text, never markup. */
  text: string;
  subject?: string | null;
  /** BCP 47 */
  language?: string | null;
  at: Date;
  /** Which way an answer goes. */
  channel: ReplyChannel;
  /** Where it can be seen: the address of a post, or a page of ours that it is about (/app/…). */
  link?: string | null;
  attachments?: readonly Attachment[];
  /**
   * Names threads that it is part of, the nearest first: "mail:<id@host>" for In-Reply-To and References, "message:UUID"
   * for a message of ours, "conversation:UUID" for an address that we have signed.
   */
  threads?: readonly string[];
  /** Names by which later voices may find it: its own Message-ID as "mail:<id@host>". */
  names?: readonly string[];
  /** What its text is worth to whoever joins threads: an automatic answer opens nothing and wakes nobody. */
  isAutomatic?: boolean;
}

/** The words that a conversation is stored with at most; what is longer is cut there, and says so. */
export const VOICE_MAX = 200_000;
