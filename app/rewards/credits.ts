/** Store credit, gift cards and goods, as rewards ask for them; app/adapters/shopify/value.server.ts follows it. */
import type { Refused, Unavailable } from './discounts.ts';

export interface CreditLine {
  id: string;
  /** Minor units that were given. */
  amount: bigint;
  /** Minor units that have not been used yet. */
  remaining: bigint;
  /** Minor units that ran out. */
  lapsed: bigint;
  expiresAt: Date | null;
}

/** A customer's account in one currency; its newest hundred lines. */
export interface CreditAccount {
  /** Minor units. */
  balance: bigint;
  credits: CreditLine[];
  /** Taken back by hand or by an app, not by an order. */
  debits: { id: string; amount: bigint }[];
}

export interface CreditAsk {
  customerShopifyId: bigint;
  /** Minor units. */
  amount: bigint;
  currency: string;
}

/** Neither giving nor taking is idempotent at Shopify: credit.server.ts makes both happen once. */
export interface StoreCredits {
  accountOf(
    domain: string,
    customerShopifyId: bigint,
    currency: string,
  ): Promise<{ outcome: 'ok'; account: CreditAccount } | { outcome: 'no-customer' } | Refused | Unavailable>;
  give(
    domain: string,
    ask: CreditAsk & { expiresAt: Date | null },
  ): Promise<{ outcome: 'done'; id: string } | Refused | Unavailable>;
  /** `too-little`: there is not as much in the account. */
  take(
    domain: string,
    ask: CreditAsk,
  ): Promise<{ outcome: 'done'; id: string } | { outcome: 'too-little' } | Refused | Unavailable>;
}

export interface WantedCard {
  /** 8 to 20 letters and digits. */
  code: string;
  amount: bigint;
  currency: string;
  customerShopifyId: bigint | null;
  /** YYYY-MM-DD, the last day. */
  expiresOn: string | null;
  /** Staff see it at Shopify; it tells our card from a stranger's. */
  note: string;
}

export interface FoundCard {
  id: string;
  note: string | null;
  enabled: boolean;
  /** Minor units. */
  initial: bigint;
  balance: bigint;
}

export interface GiftCards {
  create(
    domain: string,
    wanted: WantedCard,
  ): Promise<{ outcome: 'created'; id: string } | { outcome: 'taken' } | Refused | Unavailable>;
  /** By its whole code, which Shopify searches and never shows. */
  find(
    domain: string,
    code: string,
  ): Promise<{ outcome: 'found'; card: FoundCard } | { outcome: 'none' } | Refused | Unavailable>;
  deactivate(domain: string, id: string): Promise<{ outcome: 'done' } | Refused | Unavailable>;
}

/** What can be given away. */
export interface Goods {
  /** Of a product the first that is there. `price` as Shopify writes it. */
  find(
    domain: string,
    what: { variantId: string } | { productId: string },
  ): Promise<
    | { outcome: 'found'; variantId: string; price: string; isAvailable: boolean }
    | { outcome: 'none' }
    | Refused
    | Unavailable
  >;
}
