/** Two customers turn out to be one person. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import type { Customer } from '../state/customer.ts';
import type { Shop } from '../state/shop.ts';
import { customerBody, customerGone, mergeBody } from '../webhooks/bodies/customer.ts';

/** Orders, tags, addresses and value of `gone` become those of `kept`. */
export function mergeCustomers(kernel: Kernel, shop: Shop, kept: Customer, gone: Customer): Customer {
  if (kept === gone) throw new BadInput('a customer cannot be merged with themselves');
  const now = kernel.now();
  for (const order of shop.orders) {
    if (order.customer !== gone.id) continue;
    order.customer = kept.id;
    order.updatedAt = now;
  }
  for (const discount of shop.discounts) {
    for (const code of discount.codes) {
      for (const use of code.uses) if (use.customer === gone.id) use.customer = kept.id;
    }
  }
  for (const account of shop.storeCredits) if (account.customer === gone.id) account.customer = kept.id;
  for (const card of shop.giftCards) if (card.customer === gone.id) card.customer = kept.id;
  kept.tags = [...new Set([...kept.tags, ...gone.tags])].sort();
  kept.addresses.push(...gone.addresses);
  kept.phone ??= gone.phone;
  kept.firstName ??= gone.firstName;
  kept.lastName ??= gone.lastName;
  kept.updatedAt = now;
  gone.mergedInto = kept.id;
  shop.customers.splice(shop.customers.indexOf(gone), 1);
  // Orders, codes and accounts of one person may be anywhere.
  kernel.replaced();
  kernel.emit(shop, [
    ['customers/merge', mergeBody(kept.id, gone.id, kernel.ids.next('Job'))],
    ['customers/update', customerBody(shop, kept)],
    ['customers/delete', customerGone(gone)],
  ]);
  return kept;
}
