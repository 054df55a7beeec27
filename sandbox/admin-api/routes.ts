/** The Admin GraphQL endpoint of a shop, and the files of its bulk operations. */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { SLOW_MS } from '../faults/faults.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import { sessionOf } from '../oauth/access-token.ts';
import { shopOfHost } from '../oauth/routes.ts';
import type { PageAnswer, PageRequest, Route } from '../types.ts';
import { runGraphql, throttled } from './endpoint.ts';

const schema = z.looseObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullable().optional(),
  operationName: z.string().nullable().optional(),
});
const NO_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)';

/**
 * Seconds that a throttled app is told to stay away: longer than anybody holds a question open. With a full bucket in
 * the answer, which the fault has not emptied, it would ask again at once, a thousand times.
 */
const RETRY_AFTER = '30';

export function adminApiRoutes(inside: Inside): Route[] {
  return [
    {
      method: 'POST',
      path: '/admin/api/:version/graphql.json',
      handle: (request) => graphql(inside, request),
    },
    {
      method: 'GET',
      path: '/bulk/:secret',
      handle({ params }) {
        const operations = inside.sandbox.state.shops.flatMap((shop) => shop.bulkOperations);
        const found = operations.find(
          (operation) => operation.secret === params.secret?.replace(/\.jsonl$/, ''),
        );
        if (found?.result == null)
          return { status: 404, type: 'application/xml', body: '<Error><Code>NoSuchKey</Code></Error>' };
        return { type: 'application/jsonl', body: found.result };
      },
    },
  ];
}

async function graphql(inside: Inside, request: PageRequest): Promise<PageAnswer | void> {
  const fault = inside.faults.dice('admin-api');
  if (fault === 'down') return void request.res.destroy();
  if (fault === 'slow') await pause(SLOW_MS);
  if (fault === 'reject') return { status: 500, body: { errors: 'Internal Server Error' } };
  const shop = shopOfHost(inside, request);
  const session = sessionOf(shop, request.headers['x-shopify-access-token']);
  if (!session) return { status: 401, body: { errors: NO_TOKEN } };
  const headers = { 'x-shopify-api-version': request.params.version ?? '', 'x-request-id': randomUUID() };
  if (fault === 'throttled')
    return {
      status: 429,
      headers: { ...headers, 'retry-after': RETRY_AFTER },
      body: throttled(inside, shop),
    };
  const body = checked(schema, request.json());
  const answer = await runGraphql(inside, shop, session.scopes, body);
  // Done, but nobody will ever hear of it.
  if (fault === 'accept-then-drop') return void request.res.destroy();
  return { headers, body: answer };
}
