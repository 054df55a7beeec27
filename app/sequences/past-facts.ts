/** What was known at a moment of the past, in the two forms in which rules ask for it. */
import { BUDGET_DAYS, type Handed } from '../messages/budget.ts';
import type { MessageChannel, MessageClass } from '../messages/message.ts';
import type { PermissionFacts } from '../messages/permission.ts';
import { daysBetween, type Facts, type PersonFacts } from './facts.ts';
import type { FactGroup } from './needs.ts';
import { isBy, type Past, type PastOrder, type PastShipment, type World } from './past.ts';

/** What an enrollment is about. */
export interface About {
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  anchorAt: Date;
}

/** What `decide` would have seen at `at`. @param codeAt since when the customer has a code in this telling of the past */
export function factsAt(
  { shop, restDaysOf }: World,
  past: Past,
  about: About,
  needs: ReadonlySet<FactGroup>,
  at: Date,
  codeAt: Date | null,
): Facts {
  const order = orderOf(past, about.orderId, at);
  const shipment = order?.shipments.find(({ id, shippedAt }) => id === about.shipmentId && shippedAt <= at);
  const products = needs.has('products') && order ? productsOf(order, shipment, at) : [];
  const answer = needs.has('answers') ? answerAt(past, about.orderId, at) : null;
  return {
    shop: {
      timeZone: shop.timeZone,
      locale: shop.locale,
      quietFrom: shop.rhythm.quietFrom,
      quietTo: shop.rhythm.quietTo,
      days: shop.rhythm.days,
    },
    customer: customerAt(past, about, needs, at),
    order: order
      ? { ...orderAt(order, at), deliveredAt: needs.has('delivered') ? arrived(order, at) : null }
      : null,
    shipment: shipment
      ? {
          shippedAt: shipment.shippedAt,
          deliveredAt: arrivedBy(shipment, at),
          failed: isBy(shipment.failedAt, at),
          missingAt: shipment.missed.findLast(({ from }) => from <= at)?.from ?? null,
          isRestDay: shipment.assumedIn === null ? null : restDaysOf(shipment.assumedIn || order!.country),
        }
      : null,
    product: products.find(({ id }) => id === about.productId) ?? null,
    products,
    answer,
    reviewed:
      needs.has('reviews') &&
      past.reviews.some((review) => review.productId === about.productId && review.at <= at),
    referralCode: needs.has('code') && isBy(codeAt, at) ? 'CODE' : null,
    codeMailed: needs.has('code-mailed') && withinHalfAYear(past.codeMailed, about.anchorAt, at),
    storySent: needs.has('stories') && withinHalfAYear(past.stories, about.anchorAt, at),
    mails: { opened: 0, clicked: 0 },
    triggerScore: null,
  };
}

const DAY = 86_400_000;
const HALF_A_YEAR = 180 * DAY;
/** A parcel that failed so long ago without anything following is nobody's open problem any more. */
const FAILED_DELIVERY = 60 * DAY;

/** Whether one of the moments had come by then, at most half a year before the anchor. */
const withinHalfAYear = (moments: readonly Date[], anchorAt: Date, at: Date) =>
  moments.some((each) => each <= at && each.getTime() > anchorAt.getTime() - HALF_A_YEAR);

/** When it was known then to have arrived: what was believed counts until the buyer said otherwise. */
function arrivedBy({ deliveredAt, missed }: PastShipment, at: Date): Date | null {
  const believed = missed.findLast(({ believedAt }) => believedAt <= at);
  if (believed && (!believed.until || at < believed.until))
    return at < believed.from ? believed.believedAt : null;
  return isBy(deliveredAt, at) ? deliveredAt : null;
}

/** The order as far as it was known then. */
export const orderOf = (past: Past, id: bigint | null, at: Date): PastOrder | undefined =>
  id === null ? undefined : past.orders.find((order) => order.id === id && order.placedAt <= at);

/** Products of a parcel, or of the whole order, that were the customer's then; dearest first. */
export const productsAt = (order: PastOrder, shipmentId: bigint | null, at: Date): bigint[] =>
  productsOf(
    order,
    order.shipments.find(({ id }) => id === shipmentId),
    at,
  )
    .filter(({ gone }) => !gone)
    .map(({ id }) => id);

const productsOf = (order: PastOrder, shipment: PastShipment | undefined, at: Date) =>
  order.products
    .filter(({ id }) => !shipment || shipment.productIds.includes(id))
    .map(({ goneAt, ...product }) => ({ ...product, gone: isBy(goneAt, at) }));

function customerAt(past: Past, about: About, needs: ReadonlySet<FactGroup>, at: Date): Facts['customer'] {
  const { customer, orders } = past;
  let { ordersCount, spent } = customer;
  for (const order of orders) {
    if (order.placedAt <= at || order.test) continue;
    ordersCount--;
    spent -= order.total;
  }
  return {
    erased: isBy(customer.erasedAt, at),
    timeZone: customer.timeZone,
    locale: customer.locale,
    country: customer.country,
    stage: customer.stage,
    ordersCount: Math.max(0, ordersCount),
    spent: Math.max(0, spent),
    lastScore:
      lastOf(past.answers.filter((answer) => answer.score !== null && answer.at <= at))?.score ?? null,
    unsubscribed: isUnsubscribed(past, at),
    ...(needs.has('person') || needs.has('segments') || needs.has('history') || needs.has('said')
      ? { person: personAt(past, at) }
      : {}),
    ordersSince: needs.has('ordered-since') ? orders.filter((order) => isNewer(order, about, at)).length : 0,
  };
}

/** Tags as they are today; what they went through before is not kept for the past. */
function personAt({ customer, consent, segments, orders }: Past, at: Date): PersonFacts {
  const last = orders.findLast(({ placedAt }) => placedAt <= at);
  return {
    tags: customer.tags,
    segments: segments.filter((each) => each.at <= at).map(({ segment }) => segment),
    emailConsent: consentAt(consent.email, at),
    smsConsent: consentAt(consent.sms, at),
    daysSinceOrder: last ? daysBetween(last.placedAt, at) : null,
    sequences: [],
    // What was chosen is not kept beside its moment.
    said: [],
  };
}

const isUnsubscribed = ({ consent, wishes }: Past, at: Date) =>
  (consent.email?.state === 'unsubscribed' && consent.email.at <= at) ||
  (wishes?.frequency === 'order-news' && wishes.since <= at);

const isNewer = (order: PastOrder, { orderId, anchorAt }: About, at: Date) =>
  order.placedAt > anchorAt &&
  order.placedAt <= at &&
  order.id !== orderId &&
  !order.test &&
  !isBy(order.cancelledAt, at) &&
  !isBy(order.deletedAt, at);

const orderAt = (order: PastOrder, at: Date) => ({
  channel: order.channel,
  test: order.test,
  total: order.total,
  ordinal: order.ordinal,
  country: order.country,
  timeZone: order.timeZone,
  paidAt: isBy(order.paidAt, at) ? order.paidAt : null,
  cancelled: isBy(order.cancelledAt, at),
  refunded: isBy(order.refundedAt, at)
    ? ('fully' as const)
    : isBy(order.partlyRefundedAt, at)
      ? ('partly' as const)
      : ('no' as const),
  returned: isBy(order.returnedAt, at),
  deleted: isBy(order.deletedAt, at),
});

/** When the last of its parcels had come, once all had. */
function arrived(order: PastOrder, at: Date): Date | null {
  if (!isBy(order.fulfilledAt, at)) return null;
  const parcels = order.shipments.filter(({ shippedAt, failedAt }) => shippedAt <= at && !isBy(failedAt, at));
  const arrivals = parcels.map((parcel) => arrivedBy(parcel, at));
  if (parcels.length === 0 || arrivals.includes(null)) return null;
  return arrivals.reduce<Date>((last, arrival) => (arrival! > last ? arrival! : last), new Date(0));
}

function answerAt({ answers }: Past, orderId: bigint | null, at: Date): Facts['answer'] {
  if (orderId === null) return null;
  const last = lastOf(answers.filter((answer) => answer.orderId === orderId && answer.at <= at));
  return last ? { score: last.score } : null;
}

const lastOf = <Thing extends { at: Date }>(things: readonly Thing[]): Thing | undefined =>
  things.reduce<Thing | undefined>((last, thing) => (last && last.at > thing.at ? last : thing), undefined);

/** A message that waits to be let through. */
export interface Asked {
  class: MessageClass;
  channel: MessageChannel;
  orderId: bigint | null;
  /** The sequence is about the end of the order. */
  orderIsOver: boolean;
  uselessAfter: Date | null;
}

/** What `permission` would have seen at `at`. @param handed asks and offers so far, the simulated ones among them */
export function permissionFactsAt(
  world: World,
  past: Past,
  asked: Asked,
  handed: readonly Handed[],
  at: Date,
): PermissionFacts {
  const { shop, texts } = world;
  const { customer, consent } = past;
  const wishes = past.wishes && past.wishes.since <= at ? past.wishes : null;
  const order = orderOf(past, asked.orderId, at);
  const canText = texts && customer.reachable.sms && consentAt(consent.sms, at) === 'subscribed';
  const channel = wishes?.channel === 'sms' && canText ? 'sms' : asked.channel;
  const over = order ? overBy(order, at) : null;
  const since = at.getTime() - BUDGET_DAYS * DAY;
  const suppressed = past.suppressed.find((each) => each.channel === channel && each.class === asked.class);
  return {
    class: asked.class,
    channel,
    installed: true,
    customer: {
      erased: isBy(customer.erasedAt, at),
      reachable: customer.reachable[channel],
      timeZone: zoneFor(world, past, asked.orderId),
      country: customer.country,
      lastOrderAt: past.orders.findLast(({ placedAt }) => placedAt <= at)?.placedAt ?? null,
    },
    consent: consentAt(consent[channel], at),
    suppressed: suppressed?.because ?? null,
    preferences: {
      frequency: wishes?.frequency ?? 'all',
      hour: wishes?.hour ?? null,
      pausedUntil: wishes?.pausedUntil ?? null,
    },
    orderOver: asked.orderIsOver && over !== 'deleted' ? null : over,
    problem: problemAt(past, at),
    handed: handed.filter((one) => one.at.getTime() > since && one.at <= at),
    rhythm: shop.rhythm,
    uselessAfter: asked.uselessAfter,
  };
}

/** Whose night counts for a message about this order. */
export const zoneFor = ({ shop }: World, { customer, orders }: Past, orderId: bigint | null): string =>
  customer.timeZone ?? orders.find(({ id }) => id === orderId)?.timeZone ?? shop.timeZone;

/** How it was before is not kept: nothing had been said. */
const consentAt = (consent: Past['consent'][MessageChannel], at: Date) =>
  consent && consent.at <= at ? consent.state : null;

function overBy(order: PastOrder, at: Date): string | null {
  if (isBy(order.deletedAt, at)) return 'deleted';
  if (isBy(order.cancelledAt, at)) return 'cancelled';
  if (isBy(order.refundedAt, at)) return 'refunded';
  return isBy(order.returnedAt, at) ? 'returned' : null;
}

function problemAt({ orders }: Past, at: Date): string | null {
  if (orders.some((order) => isBy(order.returnOpenSince, at))) return 'return';
  const since = at.getTime() - FAILED_DELIVERY;
  const isLost = ({ failedAt, lost }: PastShipment) =>
    lost && isBy(failedAt, at) && failedAt.getTime() > since;
  const isMissed = ({ missed }: PastShipment) =>
    missed.some(({ from, until }) => from <= at && !isBy(until, at));
  if (orders.some((order) => order.shipments.some(isMissed))) return 'not-arrived';
  const stands = (order: PastOrder) => !isBy(order.cancelledAt, at) && !isBy(order.refundedAt, at);
  return orders.some((order) => stands(order) && order.shipments.some(isLost)) ? 'delivery' : null;
}
