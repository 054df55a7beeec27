/** What speaks against a friend's order: the advocate in disguise, a customer who was one already, nobody to tell by. */
import type { Customer } from '../customers/customer.ts';
import { emailKey, normalPhone } from '../customers/identity.ts';
import type { Order } from '../orders/order.ts';
import type { Terms } from './program.ts';
import type { Signal } from './referral.ts';

/** What is compared of a person. */
export type KnownPerson = Pick<Customer, 'id' | 'email' | 'emailKey' | 'phone' | 'addressHash' | 'country'>;
/** What is compared of the friend's order. */
export type KnownOrder = Pick<Order, 'email' | 'phone' | 'addressHash' | 'country' | 'ordinal' | 'total'>;

/** Mailboxes that anybody makes in a second and nobody reads tomorrow. */
const THROWAWAY = new Set(
  `0-mail.com 10minutemail.com 33mail.com anonbox.net burnermail.io dispostable.com emailondeck.com fakeinbox.com
  getairmail.com getnada.com grr.la guerrillamail.com guerrillamail.info guerrillamail.net harakirimail.com inboxkitten.com
  mail.tm mailcatch.com maildrop.cc mailinator.com mailnesia.com mailpoof.com mintemail.com moakt.com mohmal.com
  mytemp.email mytrashmail.com nada.email sharklasers.com spam4.me spamgourmet.com temp-mail.io temp-mail.org
  tempail.com tempinbox.com tempmail.dev tempmail.plus tempmailo.com tempr.email throwawaymail.com tmpmail.org
  trash-mail.com trashmail.com trashmail.de trbvm.com wegwerfmail.de yopmail.com yopmail.fr`.split(/\s+/),
);

/**
 * Reasons to keep a reward back. What can't be told is a reason too: it never goes through because nobody could look.
 * @param advocate null when they are gone
 */
export function signalsOf(
  advocate: KnownPerson | null,
  friend: KnownPerson | null,
  order: KnownOrder,
  terms: Pick<Terms, 'newCustomersOnly'>,
): Signal[] {
  const signals: Signal[] = [];
  if (order.total <= 0n) signals.push('nothing-paid');
  if (!advocate || !canTell(friend, order)) signals.push('cannot-tell');
  if (advocate) signals.push(...sameness(advocate, friend, order));
  if (emailsOf(friend, order).some(isThrowaway)) signals.push('throwaway-email');
  // An ordinal that is missing can't be told; the order is then somebody's whom we do not know.
  if (
    terms.newCustomersOnly &&
    order.ordinal !== null &&
    order.ordinal > 1 &&
    !signals.includes('same-customer')
  )
    signals.push('not-new');
  return signals;
}

function sameness(advocate: KnownPerson, friend: KnownPerson | null, order: KnownOrder): Signal[] {
  const signals: Signal[] = [];
  if (friend?.id === advocate.id) signals.push('same-customer');
  if (meets(keysOf([advocate.email, advocate.emailKey]), keysOf(emailsOf(friend, order))))
    signals.push('same-email');
  const theirs = phonesOf([advocate.phone], advocate.country);
  if (meets(theirs, phonesOf([friend?.phone, order.phone], order.country ?? friend?.country)))
    signals.push('same-phone');
  const address = advocate.addressHash;
  if (address && (address === friend?.addressHash || address === order.addressHash))
    signals.push('same-address');
  return signals;
}

/** Somebody without an e-mail and a phone number could be anybody, the advocate included. */
const canTell = (friend: KnownPerson | null, order: KnownOrder) =>
  emailsOf(friend, order).length > 0 || phonesOf([friend?.phone, order.phone], order.country).length > 0;

const emailsOf = (friend: KnownPerson | null, order: KnownOrder) =>
  [friend?.email, order.email].filter((email): email is string => Boolean(email));

const keysOf = (emails: (string | null)[]) => emails.flatMap((email) => emailKey(email) ?? []);

const phonesOf = (phones: (string | null | undefined)[], country: string | null | undefined) =>
  phones.flatMap((phone) => normalPhone(phone, country) ?? []);

const meets = (some: string[], others: string[]) => some.some((each) => others.includes(each));

function isThrowaway(email: string): boolean {
  const domain = emailKey(email)?.split('@')[1] ?? '';
  const parent = domain.split('.').slice(-2).join('.');
  return THROWAWAY.has(domain) || THROWAWAY.has(parent);
}
