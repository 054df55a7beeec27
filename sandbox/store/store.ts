/** The verbs of a store, bound to one sandbox. */

import type { Kernel } from '../kernel.ts';
import type { Store } from '../types.ts';
import { cancel } from './cancel.ts';
import { createCustomer, customerByEmail, deleteCustomer, setConsent, updateCustomer } from './customers.ts';
import { edit } from './edits.ts';
import { mergeCustomers } from './merge.ts';
import { deleteOrder, markPaid, placeOrder } from './orders.ts';
import { assess, dispute } from './payments.ts';
import { priceCart } from './pricing.ts';
import { deleteProduct, updateProduct } from './products.ts';
import { refund } from './refunds.ts';
import { closeReturn, startReturn } from './returns.ts';
import { deliver, fulfil } from './shipments.ts';

export function createStore(kernel: Kernel): Store {
  return {
    createCustomer: (...args) => createCustomer(kernel, ...args),
    updateCustomer: (...args) => updateCustomer(kernel, ...args),
    setConsent: (...args) => setConsent(kernel, ...args),
    mergeCustomers: (...args) => mergeCustomers(kernel, ...args),
    deleteCustomer: (...args) => deleteCustomer(kernel, ...args),
    price(shop, cart) {
      const byId = cart.customer?.id ? shop.customers.find((c) => c.id === cart.customer?.id) : undefined;
      return priceCart(shop, cart, byId ?? customerByEmail(shop, cart.customer?.email) ?? null, kernel.now());
    },
    placeOrder: (...args) => placeOrder(kernel, ...args),
    fulfil: (...args) => fulfil(kernel, ...args),
    deliver: (...args) => deliver(kernel, ...args),
    cancel: (...args) => cancel(kernel, ...args),
    refund: (...args) => refund(kernel, ...args),
    edit: (...args) => edit(kernel, ...args),
    markPaid: (...args) => markPaid(kernel, ...args),
    startReturn: (...args) => startReturn(kernel, ...args),
    closeReturn: (...args) => closeReturn(kernel, ...args),
    assess: (...args) => assess(kernel, ...args),
    dispute: (...args) => dispute(kernel, ...args),
    deleteOrder: (...args) => deleteOrder(kernel, ...args),
    deleteProduct: (...args) => deleteProduct(kernel, ...args),
    updateProduct: (...args) => updateProduct(kernel, ...args),
  };
}
