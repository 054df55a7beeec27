/** What rewards need of Shopify; app/adapters/shopify/discounts.server.ts follows it. */
import type { DiscountValue } from '../shops/discount-value.ts';

/** A discount code for one customer's one order. */
export interface WantedDiscount {
  code: string;
  title: string;
  value: DiscountValue;
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
