/** What the engine asks of others: declared here, built by wiring. */
import type { SqlTx } from '../db.server.ts';
import type { Facts } from './facts.ts';

/** For whom facts are wanted. */
export interface FactsWanted {
  shopId: bigint;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  anchorAt: Date;
}

/** Facts of a whole batch at once, in the order they were asked for. */
export type FactsSource = (tx: SqlTx, wanted: readonly FactsWanted[], now: Date) => Promise<Facts[]>;

export interface CodeWanted {
  shopId: bigint;
  customerId: string;
}

export interface EngineDeps {
  facts: FactsSource;
  /** Has referral codes issued to those who are about to be sent one and have none. */
  requestCodes?: (tx: SqlTx, wanted: readonly CodeWanted[], now: Date) => Promise<void>;
}
