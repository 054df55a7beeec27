/** What rewards need of Shopify; app/adapters/shopify/discounts.server.ts follows it. */
import type { DiscountValue } from '../shops/discount-value.ts';

/** What a code is good for. `price`: of the product, as Shopify writes it; it comes off once. */
export type CodeGives =
  | { kind: 'discount'; value: DiscountValue }
  | { kind: 'free-shipping' }
  | { kind: 'gift'; variantId: string; price: string };

/** A discount code for one customer's one order. */
export interface WantedDiscount {
  code: string;
  title: string;
  gives: CodeGives;
  /** Shopify's id of the only customer who may use it; null for anybody who has it. */
  customerShopifyId: bigint | null;
  startsAt: Date;
  endsAt: Date | null;
}

export interface FoundDiscount {
  discountId: string;
  title: string;
  usageLimit: number | null;
  /** May lag behind. */
  used: number;
}

/** Asked again later, it may work. After a request that changes something nobody knows whether it was done. */
export interface Unavailable {
  outcome: 'unavailable';
  retryAfterSeconds: number;
  /** Surely nothing was done. */
  undone?: true;
}
/** Asked again, it fails again. */
export interface Refused {
  outcome: 'refused';
  reason: string;
}

/** What Shopify said, sorted at the border. Usable once, and once per customer. */
export interface Discounts {
  create(
    domain: string,
    wanted: WantedDiscount,
  ): Promise<{ outcome: 'created'; discountId: string } | { outcome: 'taken' } | Refused | Unavailable>;
  find(
    domain: string,
    code: string,
  ): Promise<{ outcome: 'found'; discount: FoundDiscount } | { outcome: 'none' } | Refused | Unavailable>;
  deactivate(domain: string, discountId: string): Promise<{ outcome: 'done' } | Refused | Unavailable>;
}
