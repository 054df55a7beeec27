/** Customers: made, changed, merged, deleted. */

import { z } from 'zod';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import type { CustomerInput, Route } from '../types.ts';
import { customerOf, shopOf } from './find.ts';
import { customer, customerChange, gid, nothing } from './schemas.ts';
import { customerView } from './views.ts';

const states = z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NOT_SUBSCRIBED', 'PENDING', 'INVALID', 'REDACTED']);
const consent = z.strictObject({ channel: z.enum(['email', 'sms']), state: states });
const merge = z.strictObject({ into: gid });

export function customerRoutes(inside: Inside): Route[] {
  const { sandbox } = inside;
  const { store } = sandbox;
  return [
    {
      method: 'POST',
      path: '/control/customers',
      handle(request) {
        const made = store.createCustomer(
          shopOf(sandbox, request),
          checked(customer, request.json()) as CustomerInput,
        );
        return { status: 201, body: { id: made.id } };
      },
    },
    {
      method: 'GET',
      path: '/control/customers',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return { body: shop.customers.map((c) => customerView(shop, c)) };
      },
    },
    {
      method: 'GET',
      path: '/control/customers/:id',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return { body: customerView(shop, customerOf(shop, request.params.id ?? '')) };
      },
    },
    ...changeRoutes(inside),
  ];
}

function changeRoutes({ sandbox }: Inside): Route[] {
  const { store } = sandbox;
  return [
    {
      method: 'POST',
      path: '/control/customers/:id',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const change = checked(customerChange, request.json()) as Partial<CustomerInput>;
        return {
          body: customerView(
            shop,
            store.updateCustomer(shop, customerOf(shop, request.params.id ?? ''), change),
          ),
        };
      },
    },
    {
      method: 'POST',
      path: '/control/customers/:id/consent',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const found = customerOf(shop, request.params.id ?? '');
        const { channel, state } = checked(consent, request.json());
        store.setConsent(shop, found, channel, state);
        return { body: customerView(shop, found) };
      },
    },
    {
      method: 'POST',
      path: '/control/customers/:id/merge',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const kept = customerOf(shop, checked(merge, request.json()).into);
        return {
          body: customerView(
            shop,
            store.mergeCustomers(shop, kept, customerOf(shop, request.params.id ?? '')),
          ),
        };
      },
    },
    {
      method: 'POST',
      path: '/control/customers/:id/delete',
      handle(request) {
        checked(nothing, request.json());
        const shop = shopOf(sandbox, request);
        store.deleteCustomer(shop, customerOf(shop, request.params.id ?? ''));
        return { body: { deleted: true } };
      },
    },
  ];
}
