/** What a shop knows of one customer, each thing with the moment since when it is known: facts as functions of time. */
import type { ConsentState } from '../messages/consent-rules.ts';
import type { MessageChannel, MessageClass } from '../messages/message.ts';
import type { IsRestDay } from '../orders/working-days.ts';
import type { ShopSettings } from '../shops/settings.ts';
import type { Moment } from './calendar.ts';
import type { Listening } from './candidates.ts';
import type { Channel, ProductFacts } from './facts.ts';

/** The shop in which the past is lived through once more. */
export interface World {
  shop: { id: bigint; timeZone: string; locale: string; rhythm: ShopSettings['rhythm'] };
  /** The sequences that are tried; what others sent is part of each customer's past. */
  sequences: readonly Listening[];
  /** The stretch that is lived through: what happened before enrolls nobody, what is due after it still waits. */
  from: Date;
  until: Date;
  /** Days on which nobody delivers, by country. */
  restDaysOf: (country: string | null) => IsRestDay;
  /** Whether texts can be sent at all. */
  texts: boolean;
  /** There is a programme for friends: whoever is about to be sent a code of their own gets one. */
  codes: boolean;
}

export interface Past {
  customer: {
    id: string;
    timeZone: string | null;
    locale: string | null;
    country: string | null;
    /** As it is today: how it was is not kept. */
    stage: string;
    stageAt: Date | null;
    /** As they are today. */
    tags: readonly string[];
    erasedAt: Date | null;
    /** There is an address for the channel. */
    reachable: Readonly<Record<MessageChannel, boolean>>;
    /** As they are today, with all orders; later ones are taken off again. */
    ordersCount: number;
    spent: number;
  };
  consent: Readonly<Record<MessageChannel, { state: ConsentState; at: Date } | null>>;
  wishes: {
    channel: MessageChannel | null;
    frequency: 'all' | 'fewer' | 'order-news';
    hour: number | null;
    pausedUntil: Date | null;
    since: Date;
  } | null;
  /** Why their address is not written to in a class, today; an unsubscribe is dated, and stands in `consent`. */
  suppressed: readonly { channel: MessageChannel; class: MessageClass; because: string }[];
  /** Oldest first. */
  orders: readonly PastOrder[];
  answers: readonly {
    id: string;
    orderId: bigint | null;
    score: number | null;
    at: Date;
    verifiedAt: Date | null;
  }[];
  reviews: readonly { id: string; orderId: bigint; productId: bigint; stars: number; at: Date }[];
  /** Moments of the calendar that the tried sequences want to hear of. */
  moments: readonly Moment[];
  /** Segments of Shopify's that they are in today, and since when that is known. */
  segments: readonly { segment: string; at: Date }[];
  /** When friends whom they sent were settled. */
  friends: readonly { referralId: string; at: Date }[];
  /** Since when they have a code of their own. */
  codeAt: Date | null;
  /** When that code was mailed by itself. */
  codeMailed: readonly Date[];
  /** When they sent photos and stories. */
  stories: readonly Date[];
  /** What others than the sequences that are tried have really sent them. */
  sent: readonly { at: Date; class: MessageClass; channel: MessageChannel }[];
  /** Real enrollments of before: whoever comes in once only does not come in again. */
  before: readonly { sequenceId: string; startedAt: Date }[];
}

export interface PastOrder {
  id: bigint;
  channel: Channel;
  test: boolean;
  /** Minor units, shop currency */
  total: number;
  ordinal: number | null;
  country: string | null;
  timeZone: string | null;
  placedAt: Date;
  paidAt: Date | null;
  /** All of it was sent. */
  fulfilledAt: Date | null;
  cancelledAt: Date | null;
  /** The first money that went back. */
  partlyRefundedAt: Date | null;
  refundedAt: Date | null;
  /** A return that is open to this day. */
  returnOpenSince: Date | null;
  returnedAt: Date | null;
  deletedAt: Date | null;
  /** Dearest first. */
  products: readonly PastProduct[];
  shipments: readonly PastShipment[];
}

export interface PastProduct extends Omit<ProductFacts, 'gone'> {
  /** When nothing of it was left in the order. */
  goneAt: Date | null;
}

export interface PastShipment {
  id: bigint;
  shippedAt: Date;
  deliveredAt: Date | null;
  /** The arrival was assumed, in that country. */
  assumedIn: string | null;
  /** Stretches in which the buyer missed it, after it was believed to have arrived; `until` null: to this day. */
  missed: readonly { believedAt: Date; from: Date; until: Date | null }[];
  /** Lost by the carrier, or called back by the shop. */
  failedAt: Date | null;
  lost: boolean;
  productIds: readonly bigint[];
}

/** Whether something had happened by then. */
export const isBy = (happened: Date | null, at: Date): happened is Date =>
  happened !== null && happened <= at;
