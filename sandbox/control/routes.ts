/** The control API: JSON for programs. CONTRACT.md has the calls; wrong input is answered by 400 with what and where. */

import type { Inside } from '../inside.ts';
import type { PageRequest, Route } from '../types.ts';
import { clockRoutes } from './clock.ts';
import { customerRoutes } from './customers.ts';
import { faultRoutes } from './faults.ts';
import { shopOf } from './find.ts';
import { mailRoutes } from './mail.ts';
import { orderRoutes, productRoutes } from './orders.ts';
import { shopRoutes } from './shops.ts';
import { valueRoutes } from './value.ts';
import { webhookRoutes } from './webhooks.ts';

export function controlRoutes(inside: Inside): Route[] {
  const routes = [
    ...clockRoutes(inside),
    ...customerRoutes(inside),
    ...productRoutes(inside),
    ...orderRoutes(inside),
    ...webhookRoutes(inside),
    ...mailRoutes(inside),
    ...valueRoutes(inside),
    ...faultRoutes(inside),
    ...shopRoutes(inside),
  ];
  return routes.map((route) => ({
    ...route,
    handle(request: PageRequest) {
      // Whatever a call does with its shop: one that names none that exists has meant another.
      if (request.query.has('shop')) shopOf(inside.sandbox, request);
      return route.handle(request);
    },
  }));
}
