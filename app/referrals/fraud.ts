/**
 * What speaks against a friend's order: the advocate in disguise, a customer who was one already, a ring, a crowd, a
 * payment that is not safe. Pure; evidence.server.ts gathers what it looks at.
 */
import type { Customer } from '../customers/customer.ts';
import { normalPhone } from '../customers/identity.ts';
import { isRelay, mailboxKey, nameInMailbox } from '../customers/mailbox.ts';
import { plainLetters } from '../customers/transliterate.ts';
import type { Dispute, Risk } from '../orders/check.ts';
import type { Order } from '../orders/order.ts';
import type { TraceKind } from '../orders/trace.ts';
import { isCouponSite } from './coupon-sites.ts';
import { isEmployee, type Staff } from './employees.ts';
import type { Terms } from './terms.ts';
import type { Signal } from './signals.ts';
import { isThrowaway } from './throwaway.ts';

/** What is compared of a person. */
export type KnownPerson = Pick<
  Customer,
  'id' | 'email' | 'phone' | 'firstName' | 'lastName' | 'addressHash' | 'country'
> & { tags: readonly string[] };
/** What is compared of the friend's order. */
export type KnownOrder = Pick<
  Order,
  'email' | 'phone' | 'addressHash' | 'country' | 'ordinal' | 'total' | 'source'
>;

/** What the traces of orders say about this one. */
export interface Likeness {
  /** What it has in common with orders of the advocate. */
  withAdvocate: ReadonlySet<TraceKind>;
  /** How many people the ring has that it closes; null: it closes none. */
  ring: number | null;
  /** Somebody like this friend, but another customer, has come by the same advocate. */
  again: boolean;
  /** How many other advocates somebody like this friend has come by. */
  others: number;
  /** Friends' orders from the same part of the net within a day, this one not counted. */
  nearby: number;
  /** Of a web order: whether anybody said where it was placed from. */
  isPlaced: boolean;
  /** Host of the page that led to the shop. */
  referrer: string | null;
}

/** Everything that is looked at. What is null could not be looked up, which holds the order and never lets it through. */
export interface Evidence {
  /** null: gone */
  advocate: KnownPerson | null;
  /** null: an order of nobody that we know */
  friend: KnownPerson | null;
  order: KnownOrder;
  likeness: Likeness | null;
  /** `unheard`: nobody has said yet, and there is time. null: Shopify was asked and did not say. */
  risk: Risk | 'unheard' | null;
  dispute: Dispute | null;
  staff: Staff;
  terms: Pick<Terms, 'newCustomersOnly'>;
  /** The advocate's or the programme's limit is reached. */
  tooMany: boolean;
  /** More friends of one advocate in a day than anybody has. */
  tooFast: boolean;
}

/** From so many friends' orders from one part of the net in a day on, somebody looks. */
const CROWD = 8;

/** In the order in which a person would look at them, the gravest first; each once. */
export function signalsOf(evidence: Evidence): Signal[] {
  const { advocate, friend, order } = evidence;
  const emails = emailsOf(friend, order);
  const found = [
    ...(advocate ? sameness(advocate, friend, order, evidence.likeness) : []),
    ...(isStaff(evidence) ? ['employee' as const] : []),
    ...(order.total <= 0n ? ['nothing-paid' as const] : []),
    ...(isKnown(evidence) ? ['not-new' as const] : []),
    ...(advocate && canTell(friend, order) ? [] : ['cannot-tell' as const]),
    ...ofGraph(evidence),
    ...ofPayment(evidence),
    ...(emails.some(isThrowaway) ? ['throwaway-email' as const] : []),
    ...(emails.some(isRelay) ? ['hidden-email' as const] : []),
    ...(evidence.tooMany ? ['too-many' as const] : []),
    ...(evidence.tooFast ? ['too-fast' as const] : []),
  ];
  return withoutWeaker([...new Set<Signal>(found)]);
}

function sameness(
  advocate: KnownPerson,
  friend: KnownPerson | null,
  order: KnownOrder,
  likeness: Likeness | null,
): Signal[] {
  const shared = likeness?.withAdvocate ?? new Set<TraceKind>();
  const theirs = [advocate.email];
  const mailbox = shared.has('mailbox') || meets(mailboxes(theirs), mailboxes(emailsOf(friend, order)));
  const phones = phonesOf([friend?.phone, order.phone], order.country ?? friend?.country);
  const phone = shared.has('phone') || meets(phonesOf([advocate.phone], advocate.country), phones);
  const doors = [friend?.addressHash, order.addressHash];
  const door = shared.has('door') || (advocate.addressHash !== null && doors.includes(advocate.addressHash));
  const alike = shared.has('likeness') || meets(likenesses(theirs), likenesses(emailsOf(friend, order)));
  const name = namesOf(advocate, friend);
  const near = [door, phone, alike, shared.has('browser')].filter(Boolean).length;
  const found: [boolean, Signal][] = [
    [friend?.id === advocate.id, 'same-customer'],
    [mailbox, 'same-email'],
    // A father and a son may have one name and one door.
    [name === 'whole' && near > 1, 'same-person'],
    [phone, 'same-phone'],
    [door, 'same-address'],
    [shared.has('browser'), 'same-browser'],
    [alike, 'similar-email'],
    [shared.has('building'), 'same-building'],
    [shared.has('network'), 'same-network'],
    [name !== null, 'same-name'],
  ];
  return found.flatMap(([is, signal]) => (is ? [signal] : []));
}

/** What a stronger sign says already is not counted again. */
const WEAKER: Partial<Record<Signal, readonly Signal[]>> = {
  'same-customer': [
    'not-new',
    'same-email',
    'same-person',
    'same-phone',
    'same-address',
    'same-browser',
    'similar-email',
    'same-building',
    'same-network',
    'same-name',
  ],
  'same-email': ['similar-email'],
  'same-person': ['same-name'],
  'same-address': ['same-building'],
  'same-browser': ['same-network'],
};

const withoutWeaker = (signals: Signal[]): Signal[] => {
  const weaker = new Set(signals.flatMap((signal) => WEAKER[signal] ?? []));
  return signals.filter((signal) => !weaker.has(signal));
};

/** What is known of many orders together. */
function ofGraph({ likeness, order }: Evidence): Signal[] {
  if (likeness === null || (order.source === 'web' && !likeness.isPlaced)) {
    return ['no-traces', ...(likeness ? graphSigns(likeness) : [])];
  }
  return graphSigns(likeness);
}

function graphSigns({ ring, again, others, nearby, referrer }: Likeness): Signal[] {
  const found: [boolean, Signal][] = [
    [ring !== null, 'ring'],
    [again, 'friend-again'],
    [others > 0, 'many-advocates'],
    [nearby + 1 >= CROWD, 'network-fast'],
    [isCouponSite(referrer), 'coupon-site'],
  ];
  return found.flatMap(([is, signal]) => (is ? [signal] : []));
}

function ofPayment({ risk, dispute }: Evidence): Signal[] {
  const found: [boolean, Signal][] = [
    [risk === null, 'no-risk'],
    [risk === 'high', 'risk-high'],
    [risk === 'medium', 'risk-medium'],
    [dispute === 'inquiry', 'disputed'],
  ];
  return found.flatMap(([is, signal]) => (is ? [signal] : []));
}

function isStaff({ advocate, friend, order, staff }: Evidence): boolean {
  const people = [
    { emails: [advocate?.email ?? null], tags: advocate?.tags ?? [] },
    { emails: emailsOf(friend, order), tags: friend?.tags ?? [] },
  ];
  return people.some((person) => isEmployee(person, staff));
}

/** An ordinal that is missing can't be told; the order is then somebody's whom we do not know. */
const isKnown = ({ terms, order }: Evidence) =>
  terms.newCustomersOnly && order.ordinal !== null && order.ordinal > 1;

/** Somebody without an e-mail and a phone number could be anybody, the advocate included. */
const canTell = (friend: KnownPerson | null, order: KnownOrder) =>
  emailsOf(friend, order).length > 0 || phonesOf([friend?.phone, order.phone], order.country).length > 0;

/** `whole`: first and last name are the same, in whatever order and script; `family`: the last one is. */
function namesOf(advocate: KnownPerson, friend: KnownPerson | null): 'whole' | 'family' | null {
  const words = (name: string | null | undefined) =>
    plainLetters(name ?? '')
      .split(/[^\p{L}]+/u)
      .filter(Boolean);
  const [last, other] = [words(advocate.lastName).join(' '), words(friend?.lastName).join(' ')];
  const whole = (person: KnownPerson | null) =>
    [...words(person?.firstName), ...words(person?.lastName)].sort().join(' ');
  const isComplete = words(advocate.firstName).length > 0 && last !== '';
  if (isComplete && whole(advocate) === whole(friend)) return 'whole';
  return last !== '' && last === other ? 'family' : null;
}

const emailsOf = (friend: KnownPerson | null, order: KnownOrder) =>
  [friend?.email, order.email].filter((email): email is string => Boolean(email));

const mailboxes = (emails: (string | null)[]) => emails.flatMap((email) => mailboxKey(email) ?? []);
const likenesses = (emails: (string | null)[]) => emails.flatMap((email) => nameInMailbox(email) ?? []);

const phonesOf = (phones: (string | null | undefined)[], country: string | null | undefined) =>
  phones.flatMap((phone) => normalPhone(phone, country) ?? []);

const meets = (some: string[], others: string[]) => some.some((each) => others.includes(each));
