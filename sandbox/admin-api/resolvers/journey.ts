/** How a customer came to an order: what the landing page and the referrer tell. */

import { gid, digits } from '../../state/ids.ts';
import type { Order } from '../../state/order.ts';
import type { Context } from '../context.ts';

export function journey(order: Order, _: object, { shop, inside }: Context) {
  if (order.source !== 'web') return null;
  const mine = shop.orders.filter((o) => o.customer !== null && o.customer === order.customer);
  const visit = visitOf(order, inside.kernel.urls.store(shop));
  return {
    ready: true,
    customerOrderIndex: order.customer ? mine.indexOf(order) : null,
    daysToConversion: 0,
    firstVisit: visit,
    lastVisit: visit,
  };
}

function visitOf(order: Order, store: string) {
  const url = URL.canParse(order.landingSite ?? '/', store)
    ? new URL(order.landingSite ?? '/', store)
    : new URL(store);
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
    id: gid('CustomerVisit', digits(order.id)),
    landingPage: url.href,
    occurredAt: order.createdAt,
    referrerUrl: order.referringSite,
    referralCode: url.searchParams.get('ref'),
    source: utm('source') ?? (order.referringSite ? new URL(order.referringSite).hostname : 'direct'),
    utmParameters: Object.values(parameters).some(Boolean) ? parameters : null,
  };
}
