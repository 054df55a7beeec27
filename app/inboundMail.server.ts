/** Everything that takes mails in, built from the settings: which providers may post, which mailbox is read. */
import { imapMailbox } from './adapters/email/inbound/imap.server.ts';
import { readMailgun } from './adapters/email/inbound/mailgun.server.ts';
import type { Posted, PostReading } from './adapters/email/inbound/posted.ts';
import { readPostmark } from './adapters/email/inbound/postmark.server.ts';
import { cutDown, readMail } from './adapters/email/inbound/read-mail.server.ts';
import type { Config } from './config.server.ts';
import { hear } from './conversations/conversations.server.ts';
import {
  makeMailboxLoop,
  makeMailLoop,
  makeSocialLoop,
  receiveMail,
  type Received,
} from './correspondence/correspondence.server.ts';
import type { BroughtMail, IncomingMail, MailPart } from './correspondence/incoming-mail.ts';
import type { Mailbox } from './correspondence/mailbox.ts';
import { shownName } from './correspondence/parts.ts';
import { replyAddresses, type ReplyAddresses } from './correspondence/reply-address.ts';
import type { Kept } from './correspondence/to-voice.ts';
import type { Db } from './db.server.ts';
import { keepFiles, receiveDocument, receiveFile, type FilesDeps } from './files/files.server.ts';
import { isNoPicture, SNIFF_BYTES, sniff } from './files/sniff.ts';
import { realNow } from './clock.server.ts';
import type { App } from './wiring.server.ts';

export interface InboundMail {
  addresses: ReplyAddresses;
  /** Where answers to a message of ours come in. */
  replyToMessage: (owner: { shopId: bigint; messageId: string }) => string;
  /** Reads what was posted for a provider; null for one that is not set up. */
  readPost: (provider: string, posted: Posted) => Promise<PostReading> | null;
  readMail: (raw: Buffer, recipient: string | null) => Promise<IncomingMail>;
  receive: (mail: BroughtMail, now: Date) => Promise<Received>;
  mailbox: Mailbox | null;
}

interface InboundNeeds {
  db: Db;
  linkKeys: readonly [Uint8Array, ...Uint8Array[]];
  hashKey: Uint8Array;
}

/** Null while INBOUND_ADDRESS is not set: answers go to an address of the shop's own then. */
export function inboundMail(settings: Config, { db, linkKeys, hashKey }: InboundNeeds): InboundMail | null {
  const {
    INBOUND_ADDRESS: address,
    INBOUND_POSTMARK_LOGIN: login,
    INBOUND_MAILGUN_KEY: signingKey,
    INBOUND_IMAP_URL: mailbox,
  } = settings;
  if (!address) return null;
  const addresses = replyAddresses(address, linkKeys);
  return {
    addresses,
    replyToMessage: ({ shopId, messageId }) => addresses.of({ kind: 'message', shopId, id: messageId }),
    readPost(provider, posted) {
      if (provider === 'postmark' && login) return Promise.resolve(readPostmark(login, posted));
      if (provider === 'mailgun/mime' && signingKey) return readMailgun(signingKey, posted);
      return null;
    },
    readMail,
    receive: (mail, now) => receiveMail({ db, addresses, hashKey, read: readMail, cutDown }, mail, now),
    mailbox: mailbox ? imapMailbox(mailbox) : null,
  };
}

/** The worker's loops over what comes in: mentions, and mails where an address is set for them. */
export function inboundLoops({ db, inbound, files, key, social }: App) {
  const mentions = makeSocialLoop({ ...social, hear });
  if (!inbound) return { mentions };
  const { addresses, mailbox, readMail: read, receive } = inbound;
  const mails = makeMailLoop({
    db,
    addresses,
    read,
    hear,
    keep: (shopId, parts, at) => keepParts(files, shopId, parts, at),
    tie: (tx, shopId, ids, usedBy) => keepFiles(tx, { shopId, ...OF_MAILS }, ids, usedBy),
    suppressionKey: key('suppression'),
  });
  return {
    mentions,
    mails,
    ...(mailbox ? { mailbox: makeMailboxLoop({ db, mailbox, receive, realNow }) } : {}),
  };
}

const OF_MAILS = { purpose: 'mail', customerId: null } as const;

/** A picture that nobody can see counts who opens a mail. */
const LEAST_PIXELS = 3;

/** Pictures are kept, made anew, videos without their places, papers as they are; what is not kept is named. */
async function keepParts(
  files: FilesDeps,
  shopId: bigint,
  parts: readonly MailPart[],
  at: Date,
): Promise<Kept> {
  const attached: Kept['attached'][number][] = [];
  for (const part of parts) {
    const { name, type, bytes, cid } = part;
    const kept = await keepPart(files, shopId, part, at);
    if (kept === 'beacon') continue;
    attached.push({ name: shownName(name, type), type, bytes: bytes.length, cid, ...kept });
  }
  return { attached };
}

async function keepPart(files: FilesDeps, shopId: bigint, { bytes }: MailPart, at: Date) {
  const who = { shopId, ...OF_MAILS };
  if (isNoPicture(sniff(bytes.subarray(0, SNIFF_BYTES)))) {
    const paper = await receiveDocument(files, who, bytes, at);
    return paper.outcome === 'stored' ? { fileId: paper.file.id } : { fileId: null, why: paper.refusal };
  }
  const settled = await receiveFile(files, who, whole(bytes), at);
  if (settled.outcome === 'refused') return { fileId: null, why: settled.refusal };
  const { id, width, height } = settled.file;
  const isBeacon = Math.min(width ?? LEAST_PIXELS, height ?? LEAST_PIXELS) < LEAST_PIXELS;
  return isBeacon ? 'beacon' : { fileId: id };
}

async function* whole(bytes: Buffer) {
  yield bytes;
}
