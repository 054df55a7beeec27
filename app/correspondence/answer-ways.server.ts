/**
 * Ways out for answers: by mail and by text. An answer is service, so it goes to whoever has had enough of asks and
 * offers; never to an address that does not exist, nor to somebody who has been erased meanwhile.
 */
import type { Db } from '../db.server.ts';
import { mailboxOf, phoneOf } from '../messages/address.ts';
import type { MessageChannel } from '../messages/message.ts';
import { suppressedClasses } from '../messages/messages.server.ts';
import type { MailProvider, SendResult, TextProvider } from '../messages/provider.ts';
import type { Shop } from '../shops/shop.ts';
import { shopById } from '../shops/shops.server.ts';
import { mailOfAnswer } from './answer-mail.ts';
import type { AnswerSent, OutgoingAnswer, Way } from './answers.ts';
import type { ReplyAddresses } from './reply-address.ts';

export interface WayDeps {
  db: Db;
  email: MailProvider;
  /** Null while no provider of texts is set up. */
  texts: TextProvider | null;
  /** Address that mails come from where a shop has none of its own. */
  from: string;
  /** Null while mails are not taken in. */
  addresses: ReplyAddresses | null;
  suppressionKey: Uint8Array;
}

const NO_ADDRESS: AnswerSent = { outcome: 'refused', reason: 'no-address' };

export function mailWay(deps: WayDeps): Way {
  const { db, email, from, addresses } = deps;
  return async (answer) => {
    const address = mailboxOf(answer.address);
    if (!address) return NO_ADDRESS;
    const shop = await mayGo(deps, answer, 'email', address);
    if ('outcome' in shop) return shop;
    const { shopId, conversationId } = answer;
    const replyTo = addresses?.of({ kind: 'conversation', shopId, id: conversationId }) ?? null;
    const mail = mailOfAnswer({ ...answer, address }, { shop, from, replyTo, at: answer.at });
    const result = await email.send(mail, () => isStillThere(db, answer));
    const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
    return sentOf(result, answer, email.memoryMs, [`mail:<${mail.id}@${domain}>`]);
  };
}

export function textWay(deps: WayDeps): Way {
  return async (answer) => {
    const { texts } = deps;
    if (!texts) return { outcome: 'by-hand' };
    const address = phoneOf(answer.address);
    if (!address) return NO_ADDRESS;
    const shop = await mayGo(deps, answer, 'sms', address);
    if ('outcome' in shop) return shop;
    const text = { id: answer.id, to: address, body: answer.text };
    const result = await texts.send(text, () => isStillThere(deps.db, answer));
    return sentOf(result, answer, texts.memoryMs, []);
  };
}

/** The shop it goes out for, or why it does not go. */
async function mayGo(
  { db, suppressionKey }: WayDeps,
  { shopId, kind }: OutgoingAnswer,
  channel: MessageChannel,
  address: string,
): Promise<Shop | AnswerSent> {
  return db.inShop(shopId, async (tx) => {
    const shop = await shopById(tx, shopId);
    if (shop?.status !== 'installed') return { outcome: 'refused', reason: 'shop-gone' };
    const isText = channel === 'sms';
    const person = { shop_id: shopId, email: isText ? null : address, phone: isText ? address : null };
    // A colleague's address is nobody's to suppress.
    const suppressed = kind === 'notice' ? null : await suppressedClasses(tx, suppressionKey, [person]);
    const reason = suppressed?.(shopId, channel, address, 'service') ?? null;
    return reason ? { outcome: 'refused', reason: 'suppressed' } : shop;
  });
}

const ERASED = `select 1 from customer where shop_id = $1 and id = $2::uuid and erased_at is not null`;

/** Asked at the last moment: an erasure that commits before it wins. */
async function isStillThere(db: Db, { shopId, customerId, kind }: OutgoingAnswer): Promise<boolean> {
  if (!customerId || kind === 'notice') return true;
  return (await db.inShop(shopId, (tx) => tx.sql(ERASED, [shopId, customerId]))).length === 0;
}

/** Tries after which an answer that nobody has heard of is left to a person. */
const MOST_UNHEARD = 2;

function sentOf(
  result: SendResult | { kind: 'withdrawn' },
  { attempts }: OutgoingAnswer,
  memoryMs: number,
  names: readonly string[],
): AnswerSent {
  switch (result.kind) {
    case 'accepted':
      return { outcome: 'sent', ref: result.providerId, names };
    case 'withdrawn':
      return { outcome: 'refused', reason: 'erased' };
    case 'refused':
      return { outcome: 'refused', reason: result.address ? 'address-unknown' : 'provider-refused' };
    case 'unavailable':
      return { outcome: 'later', reason: 'provider-unavailable' };
    case 'uncertain':
      // The same id is sent once by whoever remembers it; by others twice rather than never, but no third time.
      return memoryMs > 0 || attempts < MOST_UNHEARD
        ? { outcome: 'later', reason: 'no-answer' }
        : { outcome: 'refused', reason: 'no-answer' };
  }
}
