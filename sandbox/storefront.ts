/** Paths of the storefront that are no pages: a shared discount link. */

import { arrive } from './visits.ts';
import type { Route, Sandbox } from './types.ts';

export function storefrontRoutes(sandbox: Sandbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/store/:shop/discount/:code',
      handle(request) {
        const shop = sandbox.shop(request.params.shop);
        const visit = sandbox.visit(request);
        const code = request.params.code ?? '';
        visit.shop = shop.domain;
        // The last link wins, as in a real store; whether the code is any good is found out at the checkout.
        visit.discountCodes = [code];
        arrive(visit, `/discount/${code}${request.url.search}`, sandbox.clock.now());
        visit.referringSite ??= request.headers.referer ?? null;
        const redirect = request.query.get('redirect') ?? '/';
        const inside = redirect.startsWith('/') && !redirect.startsWith('//') ? redirect : '/';
        return {
          status: 302,
          // The store's front has no slash behind it here.
          headers: { location: sandbox.urls.store(shop) + inside.replace(/^\/(?=\?|$)/, '') },
        };
      },
    },
  ];
}
