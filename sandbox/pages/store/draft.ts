import type { Customer } from '../../state/customer.ts';
import type { Shop } from '../../state/shop.ts';
import type { AddressInput, CartInput, OrderInput, Visit } from '../../types.ts';
import { cartLines } from './cart.ts';

/** What a buyer has filled in so far; kept in the visit, so that nothing typed is lost. */
export interface Draft {
  email: string;
  phone: string;
  marketing: boolean;
  sms: boolean;
  firstName: string;
  lastName: string;
  line1: string;
  line2: string;
  city: string;
  zip: string;
  province: string;
  country: string;
  note: string;
}

const TEXTS = [
  'email',
  'phone',
  'firstName',
  'lastName',
  'line1',
  'line2',
  'city',
  'zip',
  'province',
  'country',
  'note',
] as const;

/** What the form shows: what was typed, else what the shop knows of the customer. */
export function draftOf(visit: Visit, shop: Shop, customer: Customer | null): Draft {
  const kept = visit.notes[keyOf(shop)] as Draft | undefined;
  if (kept) return kept;
  const [address] = customer?.addresses ?? [];
  return {
    email: customer?.email ?? '',
    phone: customer?.phone ?? '',
    marketing: customer?.emailConsent.state === 'SUBSCRIBED',
    sms: customer?.smsConsent.state === 'SUBSCRIBED',
    firstName: address?.firstName ?? customer?.firstName ?? '',
    lastName: address?.lastName ?? customer?.lastName ?? '',
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    zip: address?.zip ?? '',
    province: address?.province ?? '',
    country: address?.country ?? shop.address.country,
    note: '',
  };
}

/** Takes what the form holds now. */
export function keepDraft(visit: Visit, shop: Shop, form: URLSearchParams): Draft {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, (form.get(name) ?? '').trim()])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  const draft: Draft = { ...texts, marketing: form.has('marketing'), sms: form.has('sms') };
  visit.notes[keyOf(shop)] = draft;
  return draft;
}

export function forgetDraft(visit: Visit, shop: Shop): void {
  delete visit.notes[keyOf(shop)];
}

/** What is missing before the shop can send anything, in words; null when all is there. */
export function missing(draft: Draft): string | null {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.email))
    return 'Enter an e-mail address the receipt can go to.';
  if (!draft.lastName) return 'Enter a last name.';
  if (!draft.line1) return 'Enter a street and number.';
  if (!draft.city) return 'Enter a city.';
  return null;
}

/** The basket as the shop is asked for its price. */
export function cartOf(visit: Visit, shop: Shop, draft: Draft, customer: Customer | null): CartInput {
  return {
    lines: cartLines(shop, visit).map(({ variant, quantity }) => ({ variant: variant.id, quantity })),
    discountCodes: visit.discountCodes,
    customer: customer ? { id: customer.id } : { email: draft.email || null },
    shipTo: addressOf(draft),
    source: 'web',
  };
}

/** The basket as an order that is paid. A guest becomes a customer by the e-mail. */
export function orderOf(visit: Visit, shop: Shop, draft: Draft, customer: Customer | null): OrderInput {
  return {
    ...cartOf(visit, shop, draft, customer),
    customer: customer ? { id: customer.id } : guestOf(visit, draft),
    codes: 'lenient',
    paid: true,
    locale: visit.locale ?? customer?.locale ?? shop.locale,
    acceptsMarketing: draft.marketing,
    note: draft.note || null,
    billTo: addressOf(draft),
    landingSite: visit.landingSite,
    visits: visit.visits,
    referringSite: visit.referringSite,
    checkoutToken: visit.checkoutToken,
  };
}

function guestOf(visit: Visit, draft: Draft): NonNullable<OrderInput['customer']> {
  return {
    email: draft.email,
    phone: draft.phone || null,
    firstName: draft.firstName || null,
    lastName: draft.lastName || null,
    locale: visit.locale ?? undefined,
    acceptsMarketing: draft.marketing,
    acceptsSms: draft.sms,
    address: addressOf(draft),
  };
}

function addressOf(draft: Draft): AddressInput {
  const { firstName, lastName, line1, line2, city, zip, phone, country, province } = draft;
  const orNull = (text: string) => text || null;
  return {
    country,
    province: orNull(province),
    firstName: orNull(firstName),
    lastName: orNull(lastName),
    line1: orNull(line1),
    line2: orNull(line2),
    city: orNull(city),
    zip: orNull(zip),
    phone: orNull(phone),
  };
}

function keyOf(shop: Shop): string {
  return `checkout ${shop.domain}`;
}
