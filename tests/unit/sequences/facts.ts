/** Facts for tests: a customer in Berlin with a paid order, unless the test says otherwise. */
import type { Facts, ProductFacts } from '../../../app/sequences/facts.ts';

type Changes = {
  [Key in keyof Facts]?: Facts[Key] extends object | null ? Partial<Facts[Key]> | null : Facts[Key];
};

const CUSTOMER: NonNullable<Facts['customer']> = {
  erased: false,
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  country: 'DE',
  stage: 'stranger',
  ordersCount: 1,
  spent: 4900,
  lastScore: null,
  unsubscribed: false,
  ordersSince: 0,
};

const ORDER: NonNullable<Facts['order']> = {
  channel: 'web',
  test: false,
  total: 4900,
  ordinal: 1,
  country: 'DE',
  timeZone: 'Europe/Berlin',
  paidAt: new Date('2026-05-04T10:00:00Z'),
  deliveredAt: null,
  cancelled: false,
  refunded: 'no',
  returned: false,
  deleted: false,
};

const SHIPMENT: NonNullable<Facts['shipment']> = {
  shippedAt: new Date('2026-05-05T10:00:00Z'),
  deliveredAt: new Date('2026-05-07T10:00:00Z'),
  failed: false,
  missingAt: null,
  isRestDay: null,
};

export function someFacts(changes: Changes = {}): Facts {
  const over = <Value extends object>(base: Value, change: Partial<Value> | null | undefined) =>
    change === null ? null : { ...base, ...change };
  return {
    shop: {
      timeZone: 'Europe/Berlin',
      quietFrom: 21,
      quietTo: 9,
      days: [1, 2, 3, 4, 5, 6, 7],
      locale: 'en',
      ...changes.shop,
    },
    customer: over(CUSTOMER, changes.customer),
    order: over(ORDER, changes.order),
    shipment: changes.shipment === undefined ? null : over(SHIPMENT, changes.shipment),
    product: (changes.product as ProductFacts | null | undefined) ?? null,
    products: (changes.products as ProductFacts[] | undefined) ?? [],
    answer: (changes.answer as Facts['answer']) ?? null,
    reviewed: changes.reviewed ?? false,
    referralCode: changes.referralCode ?? null,
    codeMailed: changes.codeMailed ?? false,
    storySent: changes.storySent ?? false,
    mails: { opened: 0, clicked: 0, ...changes.mails },
    triggerScore: changes.triggerScore ?? null,
  };
}

export function aProductWith(changes: Partial<ProductFacts> = {}): ProductFacts {
  return {
    id: 1n,
    title: 'A pan',
    firstUseDays: null,
    readyToJudgeDays: null,
    usefulLifeDays: null,
    gone: false,
    ...changes,
  };
}
