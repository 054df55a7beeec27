/** How a customer came to an order: the visits of their browser in the thirty days before it, and what the last one tells. */

import { gid, digits } from '../../state/ids.ts';
import type { Order } from '../../state/order.ts';
import { connection, type PageArgs } from '../connection.ts';
import type { Context } from '../context.ts';

/** Shopify sums a journey up a while after the order. */
const READY_AFTER = 60_000;
const WINDOW = 30 * 86_400_000;

export function journey(order: Order, _: object, { shop, inside }: Context) {
  if (order.source !== 'web') return null;
  const mine = shop.orders.filter((o) => o.customer !== null && o.customer === order.customer);
  const store = inside.kernel.urls.store(shop);
  const placed = Date.parse(order.createdAt);
  const isReady = Date.parse(inside.kernel.now()) - placed >= READY_AFTER;
  const told = order.visits?.length
    ? order.visits
    : [{ landingPage: order.landingSite ?? '/', at: order.createdAt }];
  const visits = told
    .filter(({ at }) => placed - Date.parse(at) <= WINDOW)
    .map((visit, index) => visitOf(order, visit, index, store));
  return {
    ready: isReady,
    customerOrderIndex: isReady && order.customer ? mine.indexOf(order) : null,
    daysToConversion: isReady ? 0 : null,
    firstVisit: isReady ? (visits[0] ?? null) : null,
    lastVisit: isReady ? (visits.at(-1) ?? null) : null,
    visits: isReady ? visits : null,
  };
}

/** Of `CustomerJourneySummary`. */
export const journeyFields = {
  moments: (
    summary: { visits: { id: string; occurredAt: string }[] | null },
    args: PageArgs,
    context: Context,
  ) => summary.visits && connection(summary.visits, args, context, ({ occurredAt }) => occurredAt),
};

function visitOf(order: Order, visit: { landingPage: string; at: string }, index: number, store: string) {
  const url = URL.canParse(visit.landingPage, store) ? new URL(visit.landingPage, store) : new URL(store);
  const utm = (name: string) => url.searchParams.get(`utm_${name}`);
  const parameters = {
    source: utm('source'),
    medium: utm('medium'),
    campaign: utm('campaign'),
    content: utm('content'),
    term: utm('term'),
  };
  return {
    __typename: 'CustomerVisit',
    id: gid('CustomerVisit', `${digits(order.id)}${index}`),
    landingPage: url.href,
    occurredAt: visit.at,
    referrerUrl: order.referringSite,
    referralCode: url.searchParams.get('ref'),
    source: utm('source') ?? (order.referringSite ? new URL(order.referringSite).hostname : 'direct'),
    utmParameters: Object.values(parameters).some(Boolean) ? parameters : null,
  };
}
