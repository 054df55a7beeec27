/**
 * The door of feedback: surveys, answers, reviews, scores. See README.md for words and invariants.
 * The code for friends, the stage, preferences and care guides come from elsewhere and are handed in as {@link BlockNeeds}.
 */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { AnswerInput, BlockPage, BlockReferral, BlockView } from './block.ts';

/** Who asks for the block, after the session token was checked. */
export interface BlockAsk {
  shop: Shop;
  page: BlockPage;
  /** The buyer's word: `gid://shopify/Order/N` or `…/OrderIdentity/N`. */
  order: string | null;
  checkoutToken: string | null;
  /** Shopify's customer id from the token's `sub`; null for guests. */
  signedIn: bigint | null;
  locale: string;
  country: string | null;
}

/** What the block shows that other modules know; wiring joins them. */
export interface BlockNeeds {
  /** The customer's code with its offer; with `issue` one is given from the pool if they have none yet. */
  referral(
    tx: SqlTx,
    ask: { shop: Shop; customerId: string; locale: string; issue: boolean },
    now: Date,
  ): Promise<BlockReferral | null>;
  stageSentence(
    tx: SqlTx,
    ask: { shop: Shop; customerId: string; locale: string },
    now: Date,
  ): Promise<string | null>;
  preferencesUrl(ask: { shop: Shop; customerId: string; locale: string }, now: Date): string | null;
  /** Only of what has been delivered. */
  careGuides(
    tx: SqlTx,
    ask: { shop: Shop; orderId: bigint; locale: string },
    now: Date,
  ): Promise<{ title: string; text: string; url: string | null }[]>;
}

export type AnswerResult =
  | { outcome: 'saved'; view: BlockView }
  /** Can never be accepted: what is wrong, and where. */
  | { outcome: 'refused'; problem: string };

/** An order that has just become known. */
export interface ArrivedOrder {
  shopId: bigint;
  orderId: bigint;
}

/** Gives a new shop its surveys; what it has stays as it is. */
export declare function installDefaults(tx: ShopTx, shop: Shop, now: Date): Promise<void>;

/** What the block shows. */
export declare function blockView(
  tx: ShopTx,
  ask: BlockAsk,
  needs: BlockNeeds,
  now: Date,
): Promise<BlockView>;

/** Saves an answer, once by operation and once by order, and says what the block shows next. */
export declare function answer(
  tx: ShopTx,
  ask: BlockAsk,
  input: AnswerInput,
  needs: BlockNeeds,
  now: Date,
): Promise<AnswerResult>;

/** Ties answers that came before their order to it; on `order.created` and `order.paid`. */
export declare function verifyAnswers(tx: SqlTx, orders: readonly ArrivedOrder[], now: Date): Promise<number>;

/** Follows a merge: what `from` said, `into` has said. On `customer.merged`. */
export declare function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void>;
