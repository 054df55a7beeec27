/** What the engine asks of others: declared here, built by wiring. */
import type { SqlTx } from '../db.server.ts';
import type { AtOnce } from '../messages/messages.server.ts';
import type { DiscountValue } from '../shops/discount-value.ts';
import type { ShopSettings } from '../shops/settings.ts';
import type { Facts } from './facts.ts';
import type { FactGroup } from './needs.ts';

/** For whom facts are wanted, and which of those that cost a read of their own. */
export interface FactsWanted {
  shopId: bigint;
  shop: { timeZone: string; locale: string; rhythm: ShopSettings['rhythm'] };
  /** Null before anybody is enrolled. */
  enrollmentId: string | null;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  anchorAt: Date;
  needs: ReadonlySet<FactGroup>;
}

/** Facts of a whole batch at once, in the order in which they were asked for. */
export type FactsSource = (tx: SqlTx, wanted: readonly FactsWanted[], now: Date) => Promise<Facts[]>;

export interface CodeWanted {
  shopId: bigint;
  customerId: string;
}

/** A present that a step gives. */
export interface GiftWanted {
  shopId: bigint;
  customerId: string;
  /** Names it in the ledger: the same cause never counts twice. */
  cause: string;
  value: DiscountValue;
  validDays: number | null;
}

export interface EngineDeps {
  facts: FactsSource;
  /** Enters presents in the ledger of rewards. */
  give?: (tx: SqlTx, gifts: readonly GiftWanted[], now: Date) => Promise<void>;
  /** Has referral codes issued to those who are about to be sent one and have none. */
  requestCodes?: (tx: SqlTx, wanted: readonly CodeWanted[], now: Date) => Promise<void>;
  /** Lets what may go at once go; without it everything waits in the outbox for its turn. */
  atOnce?: AtOnce;
}
