import { adminDocument } from '../admin-client.ts';

export interface PaymentNode {
  id: string;
  risk: { assessments: { riskLevel: 'HIGH' | 'MEDIUM' | 'LOW' | 'NONE' | 'PENDING' }[] };
  disputes: { initiatedAs: 'CHARGEBACK' | 'INQUIRY'; status: string }[];
}

/** Scope: read_orders. What is no order, or is not seen any more, is null. */
export const PAYMENTS = adminDocument<{ nodes: (PaymentNode | null)[] }, { ids: readonly string[] }>(`
  query Payments($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id
        risk { assessments { riskLevel } }
        disputes { initiatedAs status }
      }
    }
  }`);
