/** The door of products: what is sold, and the clock of each product. See README.md. */
import type { SqlTx } from '../db.server.ts';
import type { ClockRule, ProductClock, ProductSnapshot } from './product.ts';

/** Only moves forward. */
export declare function upsertProducts(
  tx: SqlTx,
  products: readonly ProductSnapshot[],
  now: Date,
): Promise<void>;

/** Marks products as gone; orders keep their lines. */
export declare function deleteProducts(
  tx: SqlTx,
  products: readonly { shopId: bigint; id: bigint }[],
  at: Date,
): Promise<void>;

/** The clock of each product, the narrowest rule of each field winning; unknown and deleted products have one too. */
export declare function clockOf(
  tx: SqlTx,
  products: readonly { shopId: bigint; id: bigint }[],
): Promise<Map<bigint, ProductClock>>;

export declare function clockRules(tx: SqlTx, shopId: bigint): Promise<ClockRule[]>;
export declare function saveClockRule(tx: SqlTx, shopId: bigint, rule: ClockRule, now: Date): Promise<void>;
