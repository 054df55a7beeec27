/** By which pages buyers came, as Shopify sums it up. Implements what referrals ask for. */
import { codeInLink } from '../../orders/code-in-link.ts';
import type { JourneySource } from '../../referrals/journey.ts';
import type { Admin } from './admin-client.server.ts';
import { askedOf } from './asked.ts';
import { JOURNEYS, type JourneyNode } from './documents/journeys.ts';
import { gidOf, idOf } from './node-values.ts';

const PATIENCE = { patience: 10_000 };

export function journeySource(admin: Admin): JourneySource {
  return {
    async journeys({ domain }, orderIds) {
      const ids = orderIds.map((id) => gidOf('Order', id));
      const asked = askedOf(await admin(domain).query(JOURNEYS, { ids }, PATIENCE));
      if (asked.outcome !== 'ok') throw new Error(`journeys of the Admin API: ${asked.outcome}`);
      return asked.value.nodes.flatMap((node) => (node ? [journeyOf(node)] : []));
    },
  };
}

/** An order that was not made in the online store has no journey, and never will. */
function journeyOf({ id, customerJourneySummary: summary }: JourneyNode) {
  const { ready, firstVisit, lastVisit, moments } = summary ?? { ready: true };
  const visits = [firstVisit, lastVisit, ...(moments?.nodes ?? [])].flatMap((visit) => {
    const code = codeInLink(visit?.landingPage ?? null);
    return visit && code ? [{ code, at: new Date(visit.occurredAt) }] : [];
  });
  return { orderId: idOf(id), isReady: ready, links: visits };
}
