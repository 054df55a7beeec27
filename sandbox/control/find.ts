/** Things named in a path: by whole id, by its digits, or by name. */

import { BadInput } from '../bad-input.ts';
import { digits } from '../state/ids.ts';
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { Sandbox, PageRequest } from '../types.ts';

export function shopOf(sandbox: Sandbox, request: PageRequest): Shop {
  return sandbox.shop(request.query.get('shop'));
}

export function orderOf(shop: Shop, name: string): Order {
  const order = shop.orders.find(
    (o) => digits(o.id) === digits(name) || o.name === name || o.name === `#${name}`,
  );
  if (!order) throw new BadInput(`order: ${shop.domain} has no order ${name}`);
  return order;
}

export function customerOf(shop: Shop, name: string): Customer {
  const customer = shop.customers.find(
    (c) => digits(c.id) === digits(name) || c.email === name.toLowerCase(),
  );
  if (!customer) throw new BadInput(`customer: ${shop.domain} has no customer ${name}`);
  return customer;
}
