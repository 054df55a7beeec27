/** Customers found, and their addresses: what other parts ask of people. */

import type { Address, Customer } from '../../state/customer.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { addressFields } from './shop.ts';

export function customerOf(shop: Shop, id: string | null | undefined): Customer | null {
  return (id && shop.customers.find((c) => c.id === id)) || null;
}

export function ordersOf(shop: Shop, customer: Customer): Order[] {
  return shop.orders.filter((order) => order.customer === customer.id);
}

export function mailing(address: Address) {
  return addressFields(address, address.id ?? 'gid://shopify/MailingAddress/0');
}
