/** Bodies of the discounts/* topics. */

import { digits, number } from '../../state/ids.ts';
import type { Discount, RedeemCode } from '../../state/discount.ts';
import { statusOf } from '../../store/discount-rules.ts';

/** discounts/create, discounts/update */
export function discountBody(discount: Discount, now: string) {
  return {
    admin_graphql_api_id: discount.id,
    title: discount.title,
    status: statusOf(discount, now),
    created_at: discount.createdAt,
    updated_at: discount.updatedAt,
  };
}

/** discounts/delete */
export function discountGone(discount: Discount, now: string) {
  return { admin_graphql_api_id: discount.id, deleted_at: now };
}

/** discounts/redeemcode_added, discounts/redeemcode_removed */
export function redeemCodeBody(discount: Discount, code: RedeemCode, now: string) {
  return {
    admin_graphql_api_id: discount.id,
    redeem_code: {
      id: number(code.id),
      admin_graphql_api_id: `gid://shopify/DiscountRedeemCode/${digits(code.id)}`,
      code: code.code,
    },
    updated_at: now,
  };
}

/** bulk_operations/finish */
export function bulkBody(operation: {
  id: string;
  completedAt: string | null;
  createdAt: string;
  errorCode: string | null;
  status: string;
}) {
  return {
    admin_graphql_api_id: operation.id,
    completed_at: operation.completedAt,
    created_at: operation.createdAt,
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: 'query',
  };
}
