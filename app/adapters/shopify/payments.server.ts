/** What Shopify and the bank think of payments, out of the Admin API. Implements what referrals ask for. */
import { RISKS, type Dispute, type OrderCheck, type Risk } from '../../orders/check.ts';
import type { PaymentSource } from '../../referrals/payments.ts';
import type { Admin } from './admin-client.server.ts';
import { askedOf } from './asked.ts';
import { PAYMENTS, type PaymentNode } from './documents/payments.ts';
import { gidOf, idOf } from './node-values.ts';

/** Milliseconds that a worker waits for a shop's budget. */
const PATIENCE = 10_000;

export function paymentSource(admin: Admin): PaymentSource {
  return {
    async checks({ domain }, orderIds, now) {
      const ids = orderIds.map((id) => gidOf('Order', id));
      const asked = askedOf(await admin(domain).query(PAYMENTS, { ids }, { patience: PATIENCE }));
      if (asked.outcome !== 'ok') throw new Error(`payments of the Admin API: ${asked.outcome}`);
      return asked.value.nodes.flatMap((node) =>
        node ? checksOf(node, now).map((check) => ({ orderId: idOf(node.id), check })) : [],
      );
    },
  };
}

function checksOf({ risk, disputes }: PaymentNode, at: Date): OrderCheck[] {
  const level = riskOf(risk.assessments);
  const last = disputes.at(-1);
  return [
    ...(level ? [{ kind: 'risk', risk: level, at } as const] : []),
    ...(last ? [{ kind: 'dispute', dispute: disputeOf(last), at } as const] : []),
  ];
}

/** The gravest of them; null while the only one is still being made. */
function riskOf(assessments: PaymentNode['risk']['assessments']): Risk | null {
  const made = assessments.flatMap(({ riskLevel }) =>
    riskLevel === 'PENDING' ? [] : [riskLevel.toLowerCase()],
  );
  if (made.length === 0) return null;
  return RISKS.findLast((risk) => made.includes(risk)) ?? null;
}

function disputeOf({ status, initiatedAs }: PaymentNode['disputes'][number]): Dispute {
  if (status === 'WON' || status === 'PREVENTED') return 'won';
  if (['LOST', 'ACCEPTED', 'CHARGE_REFUNDED'].includes(status)) return 'lost';
  return initiatedAs === 'INQUIRY' ? 'inquiry' : 'open';
}
