/** A message as a provider is given it: who from, who to, which headers. */
import type { Shop } from '../shops/shop.ts';
import { headerText, mailboxOf } from './address.ts';
import type { MessageClass } from './message.ts';
import type { OutgoingMail, OutgoingText } from './provider.ts';

export interface MailSettings {
  /** Address that mails come from where a shop has none of its own. */
  from: string;
  /** The link that stops this class for this customer by one POST. */
  unsubscribeUrl(
    owner: { shopId: bigint; customerId: string; messageId: string },
    classes: MessageClass[],
  ): string;
  /** Where answers to a message come in, so that they find their way; without it they go to an address of the shop's. */
  replyTo?: (owner: { shopId: bigint; messageId: string }) => string;
}

/** What of a claimed message its envelope needs. */
export interface Addressed {
  message: { shop_id: bigint; id: string; customer_id: string; class: MessageClass };
  shop: Shop;
  address: string;
}

interface Words {
  subject: string;
  html: string;
  text: string;
}

export function mailOf(
  { message, shop, address }: Addressed,
  words: Words,
  settings: MailSettings,
  at: Date,
): OutgoingMail {
  const { sender } = shop.settings;
  return {
    id: message.id,
    shopId: message.shop_id,
    from: {
      name: headerText(sender.name || shop.name || shop.domain),
      address: mailboxOf(sender.email) ?? settings.from,
    },
    to: address,
    replyTo:
      mailboxOf(sender.replyTo) ??
      settings.replyTo?.({ shopId: message.shop_id, messageId: message.id }) ??
      mailboxOf(sender.email) ??
      mailboxOf(shop.email),
    at,
    subject: headerText(words.subject),
    html: words.html,
    text: words.text,
    headers: headersOf(message, settings),
  };
}

/**
 * RFC 8058 on everything that somebody can have enough of; the mail client's button means: nothing but order news.
 * X-Everafter says whose it is: a mail of ours that comes back is no voice.
 */
function headersOf(message: Addressed['message'], settings: MailSettings): Record<string, string> {
  const always = { 'Auto-Submitted': 'auto-generated', 'X-Everafter': String(message.shop_id) };
  if (message.class === 'service') return always;
  const owner = { shopId: message.shop_id, customerId: message.customer_id, messageId: message.id };
  return {
    'List-Unsubscribe': `<${settings.unsubscribeUrl(owner, ['ask', 'offer'])}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    ...always,
  };
}

export function textOf({ message, address }: Addressed, words: Words): OutgoingText {
  return { id: message.id, to: address, body: words.text };
}
