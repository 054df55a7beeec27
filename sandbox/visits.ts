/** What a storefront remembers of its visitors, by a cookie; gone when the sandbox ends. */

import { randomUUID } from 'node:crypto';
import type { PageRequest, Visit } from './types.ts';

const COOKIE = 'sandbox_visit';

export function createVisits(): (request: PageRequest) => Visit {
  const visits = new Map<string, Visit>();
  return (request) => {
    const id = request.cookies[COOKIE];
    const known = id === undefined ? undefined : visits.get(id);
    if (known) return known;
    const visit = newVisit();
    const fresh = randomUUID();
    visits.set(fresh, visit);
    request.cookies[COOKIE] = fresh;
    request.res.appendHeader('set-cookie', `${COOKIE}=${fresh}; Path=/; HttpOnly; SameSite=Lax`);
    return visit;
  };
}

function newVisit(): Visit {
  return {
    shop: null,
    cart: [],
    discountCodes: [],
    customer: null,
    landingSite: null,
    referringSite: null,
    checkoutToken: randomUUID().replaceAll('-', ''),
    locale: null,
    notes: {},
  };
}
