/** What is known of one enrollment's customer, order, shipment and product at the moment of a decision. */
import type { IsRestDay } from '../orders/working-days.ts';

export interface ProductFacts {
  id: bigint;
  title: string;
  /** Days after arrival, from the product clock; null where the merchant said nothing. */
  firstUseDays: number | null;
  readyToJudgeDays: number | null;
  usefulLifeDays: number | null;
  /** Nothing of it is left in the order: sent back or taken out. */
  gone: boolean;
}

/** What is read of a person only where a plan asks for it; what is missing was not asked for. */
export interface PersonFacts {
  /** At Shopify */
  tags: readonly string[];
  /** Ids of segments of Shopify's, of those that are watched */
  segments: readonly string[];
  /** See ConsentState; null where nothing was ever said. */
  emailConsent: string | null;
  smsConsent: string | null;
  /** Whole days since the last order of all */
  daysSinceOrder: number | null;
  /** What they said last in each survey: `SURVEY.QUESTION` for what was answered, `SURVEY.QUESTION=VALUE` for what was chosen */
  said: readonly string[];
  /** Keys of the sequences they are or have been inside, but for the one at hand */
  sequences: readonly string[];
}

/** Whole days of 24 hours, never less than none. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 86_400_000));

/** Everything `decide` may look at. Null is "not known" or "there is none". */
export interface Facts {
  shop: {
    timeZone: string;
    quietFrom: number;
    quietTo: number;
    /** On which asks and offers may arrive, 1 Monday … 7 Sunday. */
    days: readonly number[];
    locale: string;
  };
  customer: {
    erased: boolean;
    timeZone: string | null;
    locale: string | null;
    country: string | null;
    stage: string;
    ordersCount: number;
    /** Minor units, shop currency */
    spent: number;
    /** Last answer to the shop's question, 1…5 */
    lastScore: number | null;
    /** Asks and offers are not wanted by e-mail. */
    unsubscribed: boolean;
    /** Orders placed after the moment that the enrollment is anchored on. */
    ordersSince: number;
    person?: Partial<PersonFacts>;
  } | null;
  order: {
    /** Kind of channel, see `channelOf` */
    channel: Channel;
    test: boolean;
    /** Minor units, shop currency */
    total: number;
    ordinal: number | null;
    country: string | null;
    timeZone: string | null;
    paidAt: Date | null;
    /** When the last of its shipments arrived, once all have. */
    deliveredAt: Date | null;
    cancelled: boolean;
    refunded: 'no' | 'partly' | 'fully';
    returned: boolean;
    deleted: boolean;
  } | null;
  shipment: {
    shippedAt: Date;
    deliveredAt: Date | null;
    failed: boolean;
    /** When the buyer said last that it had not arrived, whatever was believed. */
    missingAt: Date | null;
    /** Days on which nobody delivers where it went; null where the arrival is somebody's word and not assumed. */
    isRestDay: IsRestDay | null;
  } | null;
  /** The product that the enrollment is about; null when it is about a whole order or shipment. */
  product: ProductFacts | null;
  /** All products of the shipment, or of the order where there is no shipment. */
  products: ProductFacts[];
  /** The last answer about this order, its score 1…5 or null; null while there is none. */
  answer: { score: number | null } | null;
  /** The customer has reviewed the product at hand, in this order or another. */
  reviewed: boolean;
  /** The customer's own code; null while there is none. */
  referralCode: string | null;
  /** The code was promised and has been mailed by itself within half a year. */
  codeMailed: boolean;
  /** The customer has sent a photo or a story within half a year, whatever became of it. */
  storySent: boolean;
  /** Mails of this enrollment: how many of them were opened (where that may be noticed), and in how many a link was followed (by a person, or by a scanner of their post). */
  mails: { opened: number; clicked: number };
  /** What set the sequence off, at enrolling only: score of an answer or stars of a review. */
  triggerScore: number | null;
}

export const CHANNELS = ['web', 'pos', 'draft', 'app'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Shopify's `source_name` as one of four channels; what an app or a custom storefront names itself is `app`. */
export function channelOf(source: string): Channel {
  if (source === 'web' || source === 'pos') return source;
  return source === 'shopify_draft_order' ? 'draft' : 'app';
}

export type Value = string | number | boolean | readonly string[] | null;

/** The facts that conditions may name, with what they read. */
export const FACTS = {
  'trigger.score': (facts: Facts): Value => facts.triggerScore,
  'customer.stage': (facts: Facts): Value => facts.customer?.stage ?? null,
  'customer.orders': (facts: Facts): Value => facts.customer?.ordersCount ?? null,
  'customer.spent': (facts: Facts): Value => facts.customer?.spent ?? null,
  'customer.last-score': (facts: Facts): Value => facts.customer?.lastScore ?? null,
  'customer.country': (facts: Facts): Value => facts.customer?.country ?? facts.order?.country ?? null,
  'customer.language': (facts: Facts): Value => facts.customer?.locale?.split('-')[0] ?? null,
  'customer.unsubscribed': (facts: Facts): Value => facts.customer?.unsubscribed ?? null,
  'customer.ordered-since': (facts: Facts): Value => facts.customer?.ordersSince ?? null,
  'customer.has-code': (facts: Facts): Value => facts.referralCode !== null,
  'customer.code-mailed': (facts: Facts): Value => facts.codeMailed,
  'customer.story-sent': (facts: Facts): Value => facts.storySent,
  'customer.email-consent': (facts: Facts): Value => facts.customer?.person?.emailConsent ?? null,
  'customer.sms-consent': (facts: Facts): Value => facts.customer?.person?.smsConsent ?? null,
  'customer.tags': (facts: Facts): Value => facts.customer?.person?.tags ?? null,
  'customer.segments': (facts: Facts): Value => facts.customer?.person?.segments ?? null,
  'customer.sequences': (facts: Facts): Value => facts.customer?.person?.sequences ?? null,
  'customer.said': (facts: Facts): Value => facts.customer?.person?.said ?? null,
  'customer.days-since-order': (facts: Facts): Value => facts.customer?.person?.daysSinceOrder ?? null,
  'order.total': (facts: Facts): Value => facts.order?.total ?? null,
  'order.ordinal': (facts: Facts): Value => facts.order?.ordinal ?? null,
  'order.channel': (facts: Facts): Value => facts.order?.channel ?? null,
  'order.answered': (facts: Facts): Value => facts.answer !== null,
  'order.score': (facts: Facts): Value => facts.answer?.score ?? null,
  /** Ids at Shopify of what is still the customer's */
  'order.products': (facts: Facts): Value =>
    facts.products.filter((product) => !product.gone).map((product) => String(product.id)),
  /** Of the parcel that the enrollment is about, or of all of the order */
  'shipment.arrived': (facts: Facts): Value =>
    facts.shipment ? facts.shipment.deliveredAt !== null : facts.order && facts.order.deliveredAt !== null,
  /** Id at Shopify of the product that the enrollment is about */
  'product.at-hand': (facts: Facts): Value => (facts.product ? String(facts.product.id) : null),
  'product.reviewed': (facts: Facts): Value => facts.reviewed,
  'mails.opened': (facts: Facts): Value => facts.mails.opened,
  'mails.clicked': (facts: Facts): Value => facts.mails.clicked,
} as const satisfies Record<string, (facts: Facts) => Value>;

export type FactName = keyof typeof FACTS;

/** @returns null when it is not known */
export function valueOf(facts: Facts, name: FactName): Value {
  return FACTS[name](facts);
}
