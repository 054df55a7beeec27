/** Shops and the app's standing in them; tokens as the browser would get them; a fresh start. */

import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import { isZone } from '../state/zoned.ts';
import type { PageAnswer, PageRequest, Route } from '../types.ts';
import { customerRedactBody, dataRequestBody } from '../webhooks/bodies/shop.ts';
import { customerOf, orderOf, shopOf } from './find.ts';
import { currency, locale, nothing } from './schemas.ts';

const newShop = z.strictObject({
  domain: z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'a domain such as name.myshopify.com'),
  name: z.string().min(1).optional(),
  timezone: z.string().refine(isZone, 'an IANA time zone such as Europe/Dublin').optional(),
  currency: currency.optional(),
  locale: locale.optional(),
});
const who = z.strictObject({ customer: z.string().min(1).optional() });
const scopes = z.strictObject({ scopes: z.array(z.string().regex(/^\w+$/)) });

export function shopRoutes(inside: Inside): Route[] {
  const { sandbox } = inside;
  return [
    {
      method: 'GET',
      path: '/control/shops',
      handle: () => ({
        body: sandbox.state.shops.map((shop) => ({
          domain: shop.domain,
          name: shop.name,
          installed: shop.installation !== null,
        })),
      }),
    },
    {
      method: 'POST',
      path: '/control/shops',
      async handle(request) {
        const { domain, ...rest } = checked(newShop, request.json());
        const shop = sandbox.addShop({ domain, ...defined(rest) });
        await sandbox.install(shop);
        return { status: 201, body: { domain: shop.domain, id: shop.id } };
      },
    },
    ...installationRoutes(inside),
    ...complianceRoutes(inside),
    { method: 'GET', path: '/control/token', handle: (request) => token(inside, request) },
    {
      method: 'POST',
      path: '/control/reset',
      async handle(request) {
        checked(nothing, request.json());
        await sandbox.reset();
        return { body: { reset: true, shop: sandbox.shop().domain } };
      },
    },
  ];
}

function installationRoutes({ sandbox }: Inside): Route[] {
  return [
    {
      method: 'POST',
      path: '/control/install',
      async handle(request) {
        checked(nothing, request.json());
        const shop = shopOf(sandbox, request);
        await sandbox.install(shop);
        return { body: { installed: true, shop: shop.domain } };
      },
    },
    {
      method: 'POST',
      path: '/control/uninstall',
      async handle(request) {
        checked(nothing, request.json());
        const shop = shopOf(sandbox, request);
        if (!shop.installation) throw new BadInput(`shop: the app is not installed on ${shop.domain}`);
        await sandbox.uninstall(shop);
        return { body: { installed: false, shop: shop.domain } };
      },
    },
    {
      method: 'POST',
      path: '/control/scopes',
      handle(request) {
        const shop = shopOf(sandbox, request);
        sandbox.grantScopes(shop, checked(scopes, request.json()).scopes);
        return { body: { scopes: shop.installation?.scopes ?? [] } };
      },
    },
  ];
}

function complianceRoutes({ sandbox, deliveries, kernel }: Inside): Route[] {
  return [
    {
      method: 'POST',
      path: '/control/redact',
      async handle(request) {
        const shop = shopOf(sandbox, request);
        const { customer: name } = checked(who, request.json());
        if (name === undefined) {
          sandbox.redactShop(shop);
        } else {
          const customer = customerOf(shop, name);
          const orders = shop.orders.filter((o) => o.customer === customer.id).map((o) => o.id);
          deliveries.emit(shop, [['customers/redact', customerRedactBody(shop, customer, orders)]], {
            uninstalled: true,
          });
        }
        await sandbox.clock.settle();
        return { body: { sent: name === undefined ? 'shop/redact' : 'customers/redact' } };
      },
    },
    {
      method: 'POST',
      path: '/control/data-request',
      async handle(request) {
        const shop = shopOf(sandbox, request);
        const { customer: name } = checked(who.required(), request.json());
        const customer = customerOf(shop, name);
        const orders = shop.orders.filter((o) => o.customer === customer.id).map((o) => o.id);
        const body = dataRequestBody(shop, customer, orders, kernel.ids.next('DataRequest'));
        deliveries.emit(shop, [['customers/data_request', body]], { uninstalled: true });
        await sandbox.clock.settle();
        return { body: { sent: 'customers/data_request' } };
      },
    },
  ];
}

function token({ sandbox }: Inside, { query, ...request }: PageRequest): PageAnswer {
  const shop = shopOf(sandbox, { query, ...request });
  const kind = query.get('kind');
  const ttl = query.get('ttl') === null ? undefined : Number(query.get('ttl') || NaN);
  if (ttl !== undefined && !Number.isFinite(ttl)) throw new BadInput('ttl: a number of seconds');
  const user = query.get('user');
  const order = query.get('order') ? orderOf(shop, query.get('order') ?? '') : null;
  const customer = query.get('customer') ? customerOf(shop, query.get('customer') ?? '').id : null;
  const time = ttl === undefined ? {} : { ttl };
  if (kind === 'admin')
    return { body: { token: sandbox.tokens.admin(shop, { ...time, ...(user && { user }) }) } };
  if (kind === 'checkout') return { body: { token: sandbox.tokens.buyer(shop, { ...time, customer }) } };
  if (kind === 'account') {
    return {
      body: { token: sandbox.tokens.buyer(shop, { ...time, customer: customer ?? order?.customer ?? null }) },
    };
  }
  throw new BadInput(`kind: admin, checkout or account, not ${kind ?? 'nothing'}`);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
