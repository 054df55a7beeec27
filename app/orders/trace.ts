/**
 * Where an order came from, as what can be compared: words that stand for a mailbox, a phone, a door, a line. They are
 * hashed before anything is kept (traces.server.ts). Pure.
 */
import { addressKeys } from '../customers/address-key.ts';
import { normalPhone } from '../customers/identity.ts';
import { mailboxKey, nameInMailbox } from '../customers/mailbox.ts';
import type { Address } from '../customers/person.ts';

/** What is compared of two orders. */
export const TRACES = [
  'mailbox',
  'likeness',
  'phone',
  'door',
  'building',
  'browser',
  'network',
  'area',
] as const;
export type TraceKind = (typeof TRACES)[number];

export interface Origin {
  email: string | null;
  phone: string | null;
  address: Address | null;
  browser: { address: string | null; agent: string | null } | null;
}

/** Each as a text that is the same for the same thing, before hashing; null: not told. */
export function traceOf({ email, phone, address, browser }: Origin): Record<TraceKind, string | null> {
  const place = address && addressKeys(address);
  const line = lineOf(browser?.address ?? null);
  const agent = browser?.agent?.trim() || null;
  return {
    mailbox: mailboxKey(email),
    likeness: nameInMailbox(email),
    phone: normalPhone(phone, address?.country),
    door: place?.door ?? null,
    building: place?.building ?? null,
    browser: line && agent ? `${line.line} ${agent}` : null,
    network: line?.line ?? null,
    area: line?.area ?? null,
  };
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** A line is one address of the old kind, or /64 of the new; an area /24, or /48. */
function lineOf(address: string | null): { line: string; area: string } | null {
  const plain = (address ?? '').trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (IPV4.test(plain)) return { line: plain, area: plain.split('.').slice(0, 3).join('.') };
  if (!plain.includes(':') || !URL.canParse(`http://[${plain.split('%', 1)[0]!}]/`)) return null;
  const [head = '', tail = ''] = plain.split('%', 1)[0]!.toLowerCase().split('::', 2);
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = plain.includes('::') ? Array.from({ length: 8 - first.length - last.length }, () => '0') : [];
  const groups = [...first, ...zeros, ...last].map((group) => group.replace(/^0+(?=.)/, ''));
  return { line: groups.slice(0, 4).join(':'), area: groups.slice(0, 3).join(':') };
}

/** The host of a page, without its www; null where that says nothing. */
export function hostOf(page: string | null | undefined): string | null {
  if (!page) return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(page) ? page : `https://${page}`);
  const host = url?.hostname.replace(/^www\./, '') ?? '';
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && host.length <= 253 ? host : null;
}
