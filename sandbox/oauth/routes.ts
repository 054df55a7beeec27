/** Shopify's OAuth endpoints of a shop; the shop is the host that the app believes it is talking to. */

import { BadInput } from '../bad-input.ts';
import type { Inside } from '../inside.ts';
import type { Shop } from '../state/shop.ts';
import type { PageRequest, Route } from '../types.ts';
import { accessToken, sessionOf } from './access-token.ts';

/** attach.mjs tells the host that was asked for in a header. */
export function shopOfHost({ sandbox }: Inside, request: PageRequest): Shop {
  const host = request.headers['x-sandbox-host'];
  return sandbox.shop(typeof host === 'string' ? host : request.query.get('shop'));
}

export function oauthRoutes(inside: Inside): Route[] {
  return [
    {
      method: 'POST',
      path: '/admin/oauth/access_token',
      handle(request) {
        const shop = shopOfHost(inside, request);
        const { status, body } = accessToken(inside.sandbox, shop, bodyOf(request));
        inside.kernel.changed(shop);
        return { status, body };
      },
    },
    {
      method: 'GET',
      path: '/admin/oauth/access_scopes.json',
      handle(request) {
        const session = sessionOf(shopOfHost(inside, request), request.headers['x-shopify-access-token']);
        if (!session)
          return {
            status: 401,
            body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
          };
        return { body: { access_scopes: session.scopes.map((handle) => ({ handle })) } };
      },
    },
  ];
}

function bodyOf(request: PageRequest): Record<string, unknown> {
  if (!request.headers['content-type']?.includes('json')) return Object.fromEntries(request.form());
  const body = request.json();
  if (typeof body !== 'object' || body === null) throw new BadInput('the body must be an object');
  return body as Record<string, unknown>;
}
