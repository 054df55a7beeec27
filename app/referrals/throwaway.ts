/** Mailboxes that anybody makes in a second and nobody reads tomorrow (docs/decisions/0034). */
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { domainOf } from '../customers/mailbox.ts';

/** Names that the list does not have yet. */
const OTHERS = [
  'mail.tm',
  'mailpoof.com',
  'mytemp.email',
  'nada.email',
  'tempmail.dev',
  'tmpmail.org',
  'inboxkitten.com',
];

let known: Set<string> | null = null;

/** Whether the domain, or one it is under, gives mailboxes for a day. */
export function isThrowaway(email: string | null | undefined): boolean {
  const domain = domainOf(email);
  if (domain === null) return false;
  known ??= new Set([...disposableEmailBlocklistSet(), ...OTHERS]);
  const labels = domain.split('.');
  return labels.slice(0, -1).some((_, from) => known!.has(labels.slice(from).join('.')));
}
