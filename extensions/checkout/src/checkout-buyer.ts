/** What the checkout adds to the `shopify` global. */
import type { Buyer } from '../../shared/buyer.ts';

export interface CheckoutBuyer extends Buyer {
  discountCodes?: { value: { code: string }[] };
  instructions?: { value?: { discounts?: { canUpdateDiscountCodes?: boolean } } };
  applyDiscountCodeChange?: (change: {
    type: 'addDiscountCode';
    code: string;
  }) => Promise<{ type: 'success' } | { type: 'error'; message: string }>;
}

/** Codes applied now, in a form that can be compared. */
export const codesOf = (buyer: CheckoutBuyer): string[] =>
  (buyer.discountCodes?.value ?? []).map(({ code }) => code);

/** Some checkouts (accelerated ones) do not let extensions change discounts. */
export const mayApplyCodes = ({ instructions, applyDiscountCodeChange }: CheckoutBuyer): boolean =>
  Boolean(applyDiscountCodeChange) && instructions?.value?.discounts?.canUpdateDiscountCodes !== false;
