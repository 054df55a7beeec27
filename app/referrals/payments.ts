/** What is asked of Shopify about the payments of friends' orders; adapters implement it. */
import type { OrderCheck } from '../orders/check.ts';

export interface PaymentSource {
  /**
   * What Shopify thinks of these payments, and whether a bank has taken one back. Orders of which it says nothing (yet) are
   * left out. @throws when Shopify gives no answer
   */
  checks(
    shop: { domain: string },
    orderIds: readonly bigint[],
    now: Date,
  ): Promise<{ orderId: bigint; check: OrderCheck }[]>;
}
