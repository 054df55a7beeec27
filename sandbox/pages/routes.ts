/** The pages for people: five doors, and what is behind them. */

import { BadInput } from '../bad-input.ts';
import type { PageRequest, Route, Sandbox } from '../types.ts';
import { customerRoutes } from './admin/customers.ts';
import { dataRoutes } from './admin/data.ts';
import { discountRoutes } from './admin/discounts.ts';
import { frameRoutes } from './admin/frame.ts';
import { orderRoutes as adminOrderRoutes } from './admin/order.ts';
import { orderListRoutes } from './admin/orders.ts';
import { productRoutes } from './admin/products.ts';
import { settingsRoutes } from './admin/settings.ts';
import { assetRoutes } from './assets.ts';
import { barRoutes } from './bar.ts';
import { homeRoutes, imageRoutes } from './home.ts';
import { notFound } from './page.ts';
import { accountRoutes } from './store/account.ts';
import { basketRoutes } from './store/basket.ts';
import { checkoutRoutes } from './store/checkout.ts';
import { orderRoutes } from './store/orders.ts';
import { consentRoutes } from './store/pixels.ts';
import { shelfRoutes } from './store/shelves.ts';
import { clockRoutes } from './tools/clock.ts';
import { faultRoutes } from './tools/faults.ts';
import { mailboxRoutes } from './tools/mailbox.ts';

/** All pages, first match wins; they come after the control API, the Admin API and the app proxy. */
export function pageRoutes(sandbox: Sandbox): Route[] {
  const doors = [
    shelfRoutes,
    basketRoutes,
    checkoutRoutes,
    orderRoutes,
    accountRoutes,
    consentRoutes,
    dataRoutes,
    orderListRoutes,
    adminOrderRoutes,
    productRoutes,
    customerRoutes,
    discountRoutes,
    settingsRoutes,
    frameRoutes,
    mailboxRoutes,
    clockRoutes,
    faultRoutes,
    barRoutes,
    homeRoutes,
  ];
  return [...assetRoutes(sandbox), ...imageRoutes(), ...doors.flatMap((routes) => routes(sandbox))].map(
    (route) => ({
      ...route,
      handle: (request: PageRequest) => readably(sandbox, route, request),
    }),
  );
}

/** What makes no sense is told to a person as a page; a program gets the error itself. */
async function readably(sandbox: Sandbox, route: Route, request: PageRequest) {
  try {
    return await route.handle(request);
  } catch (error) {
    if (!(error instanceof BadInput) || !request.headers.accept?.includes('text/html')) throw error;
    return { ...notFound(sandbox, request, sandbox.shop(), 'store', error.message), status: 400 };
  }
}
