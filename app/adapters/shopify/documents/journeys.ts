import { adminDocument } from '../admin-client.ts';

interface Visit {
  occurredAt: string;
  landingPage: string | null;
}

export interface JourneyNode {
  id: string;
  customerJourneySummary: {
    /** Until then the rest says nothing. */
    ready: boolean;
    firstVisit: Visit | null;
    lastVisit: Visit | null;
    moments: { nodes: (Partial<Visit> & { occurredAt: string })[] } | null;
  } | null;
}

/** Scope: read_orders. Of the thirty days before an order the latest visits. */
export const JOURNEYS = adminDocument<{ nodes: (JourneyNode | null)[] }, { ids: readonly string[] }>(`
  query Journeys($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id
        customerJourneySummary {
          ready
          firstVisit { occurredAt landingPage }
          lastVisit { occurredAt landingPage }
          moments(last: 10) { nodes { occurredAt ... on CustomerVisit { landingPage } } }
        }
      }
    }
  }`);
