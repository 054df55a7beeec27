/** Things named in a path: by whole id, by its digits, or by name. */

import { BadInput } from '../bad-input.ts';
import { digits, kindOf } from '../state/ids.ts';
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { Gid } from '../state/values.ts';
import type { Sandbox, PageRequest } from '../types.ts';

export function shopOf(sandbox: Sandbox, request: PageRequest): Shop {
  return sandbox.shop(request.query.get('shop'));
}

/** Whether a name in a path is this id: whole, or its digits. */
export function isNamed(id: Gid, name: string): boolean {
  return name.startsWith('gid:')
    ? kindOf(name) === kindOf(id) && digits(name) === digits(id)
    : name === digits(id);
}

export function orderOf(shop: Shop, name: string): Order {
  const order = shop.orders.find((o) => isNamed(o.id, name) || o.name === name || o.name === `#${name}`);
  if (!order) throw new BadInput(`order: ${shop.domain} has no order ${name}`);
  return order;
}

export function customerOf(shop: Shop, name: string): Customer {
  const customer = shop.customers.find((c) => isNamed(c.id, name) || c.email === name.toLowerCase());
  if (!customer) throw new BadInput(`customer: ${shop.domain} has no customer ${name}`);
  return customer;
}
