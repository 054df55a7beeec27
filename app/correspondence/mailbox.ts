/** A mailbox that mails are taken out of; adapters/email/inbound follows it. */

export interface MailInBox {
  uid: bigint;
  /** The mail, or its beginning where it is larger than was asked for. */
  raw: Buffer;
  /** Of the whole mail. */
  size: number;
}

/** How far it has been read: numbers count under one validity only (RFC 9051). */
export interface ReadSoFar {
  uidValidity: bigint;
  lastUid: bigint;
}

export interface Mailbox {
  /** Which one it is, for people; without its password. */
  name: string;
  /** Whether the server has told of something since this was asked last; true before the first time. */
  hasRung(): boolean;
  /**
   * The next mails after `since`, oldest first; after another validity all of them count as new.
   * @throws when the server cannot be reached or says no
   */
  newest(
    since: ReadSoFar | null,
    limit: number,
    maxBytes: number,
  ): Promise<ReadSoFar & { mails: MailInBox[]; isAll: boolean }>;
  close(): Promise<void>;
}
