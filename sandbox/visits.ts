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
    visits: [],
    checkoutToken: randomUUID().replaceAll('-', ''),
    locale: null,
    notes: {},
  };
}

/** After so long without a page it is another visit. */
const IDLE = 30 * 60_000;

/** A page of the store is opened: the first of a visit is where it landed. @param now sandbox time, epoch milliseconds */
export function arrive(visit: Visit, landingPage: string, now: number): void {
  visit.landingSite ??= landingPage;
  const last = typeof visit.notes.seenAt === 'number' ? visit.notes.seenAt : null;
  visit.notes.seenAt = now;
  if (last === null || now - last > IDLE) visit.visits.push({ landingPage, at: new Date(now).toISOString() });
}
