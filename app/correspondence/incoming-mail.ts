/** A mail that somebody has sent to a shop, as the rules of this module look at it; adapters/email/inbound reads it so. */

export interface MailPart {
  /** As its sender named it; null without a name. */
  name: string | null;
  /** image/png… */
  type: string;
  bytes: Buffer;
  /** Its Content-ID without brackets, by which the words may name the place where it belongs. */
  cid: string | null;
}

/** Something that came along and was not looked at. */
export interface LeftOut {
  name: string | null;
  type: string;
  bytes: number;
  /** mail-size: of a mail that was too large. many: behind so many others. */
  why: 'mail-size' | 'many';
}

export interface IncomingMail {
  /** With its brackets; null where the sender's program has made none. */
  messageId: string | null;
  from: { name: string | null; address: string } | null;
  /** Every address it was sent to: envelope, To, Cc, Delivered-To. */
  to: string[];
  subject: string | null;
  /** Headers by their names in small letters; of several the first. */
  headers: ReadonlyMap<string, string>;
  /** In-Reply-To, then References from the newest to the oldest; with brackets. */
  answers: string[];
  /** The words as plain text, quotes and signature included; a picture in its place is [cid:ID]. */
  text: string;
  /** Photos and papers; not the parts that machines write for machines. */
  attachments: MailPart[];
  leftOut: LeftOut[];
  /** What a mail server says of a mail of ours: message/delivery-status, message/feedback-report. */
  report: { kind: 'delivery' | 'feedback'; text: string; original: string | null } | null;
  /** Bytes in all, when it was too large to be kept whole: its attachments are gone. */
  tooLarge: number | null;
}

/** A mail that is larger is kept without its attachments. */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024;
/** What a provider may post at most: the mail, as text in JSON or a form, and what stands around it. */
export const MAX_POST_BYTES = 64 * 1024 * 1024;
/** Words of one mail that are kept. */
export const MAX_WORDS = 100_000;

/** Whoever brought it, and what they brought. */
export interface BroughtMail {
  source: 'postmark' | 'mailgun' | 'imap';
  /** Whom the server that took it was told to bring it to; null where that is not known. */
  recipient: string | null;
  raw: Buffer;
  /** Bytes of the whole mail, where `raw` is only its beginning. */
  size?: number;
}
