import { BadInput } from '../../bad-input.ts';
import type { Route, Sandbox } from '../../types.ts';
import { shopHere } from '../here.ts';
import { activeExtensions } from '../store/blocks.ts';
import { resources } from './resources.ts';

/** What the admin's half of App Bridge asks the server for. */
export function dataRoutes(sandbox: Sandbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/admin/data/extensions',
      handle: (request) => ({ body: activeExtensions(shopHere(sandbox, request)) }),
    },
    {
      method: 'GET',
      path: '/admin/data/resources',
      handle: (request) => ({ body: resources(sandbox, shopHere(sandbox, request), request.query) }),
    },
    {
      method: 'GET',
      path: '/admin/data/scopes',
      handle: (request) => ({
        body: scopesOf(sandbox, shopHere(sandbox, request).installation?.scopes ?? []),
      }),
    },
    {
      method: 'POST',
      path: '/admin/data/scopes',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const { installation } = shop;
        if (!installation) throw new BadInput(`scopes: the app is not installed in ${shop.domain}`);
        const { grant = [], revoke = [] } = request.json() as { grant?: string[]; revoke?: string[] };
        const { optional } = declared(sandbox);
        const foreign = [...grant, ...revoke].find((scope) => !optional.includes(scope));
        if (foreign)
          throw new BadInput(`scopes: ${foreign} is not among optional_scopes of shopify.app.toml`);
        if (grant.length) sandbox.grantScopes(shop, grant);
        if (revoke.length) sandbox.revokeScopes(shop, revoke);
        return { body: scopesOf(sandbox, installation.scopes) };
      },
    },
  ];
}

function scopesOf(
  sandbox: Sandbox,
  granted: string[],
): { granted: string[]; required: string[]; optional: string[] } {
  return { granted, ...declared(sandbox) };
}

function declared({ app }: Sandbox): { required: string[]; optional: string[] } {
  return { required: app.scopes, optional: app.optionalScopes };
}
