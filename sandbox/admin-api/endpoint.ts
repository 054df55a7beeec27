/** One GraphQL request: the document checked against the schema, its cost paid, executed. */

import { execute, type GraphQLFormattedError } from 'graphql';
import type { Inside } from '../inside.ts';
import type { Shop } from '../state/shop.ts';
import { actualCost, Bucket, queryCost, SINGLE } from './cost.ts';
import { shopifyError } from './errors.ts';
import { type GraphqlRequest, prepare } from './prepare.ts';
import { ROOT, readField, typeOf } from './read-field.ts';
import { adminSchema } from './schema.ts';

const DOCS = 'https://shopify.dev/api/usage/rate-limits';

const buckets = new WeakMap<Shop, Bucket>();

/** The JSON of the answer; the status is 200 whatever is wrong with the document. */
export async function runGraphql(
  inside: Inside,
  shop: Shop,
  scopes: string[],
  request: GraphqlRequest,
): Promise<object> {
  const { document, operation, fragments, errors } = prepare(request);
  if (!document || !operation || errors.length > 0) return { errors };
  const variables = request.variables ?? {};
  const cost = queryCost(adminSchema(), operation, fragments, variables);
  if (cost > SINGLE) return { errors: [tooExpensive(cost)] };
  const bucket = bucketOf(inside, shop);
  if (!bucket.take(cost)) return throttled(inside, shop, cost);
  const reading = { rootValue: ROOT, fieldResolver: readField, typeResolver: typeOf };
  const result = await execute({
    schema: adminSchema(),
    document,
    operationName: request.operationName ?? null,
    variableValues: variables,
    ...reading,
    contextValue: { inside, shop, scopes, bulk: false, reading },
  });
  const actual = actualCost(result.data, cost);
  bucket.giveBack(cost - actual);
  return {
    ...(result.data !== undefined && { data: result.data }),
    ...(result.errors && { errors: result.errors.map((error) => shopifyError(error)) }),
    extensions: costs(bucket, cost, actual),
  };
}

/** What Shopify says when the bucket is empty. */
export function throttled(inside: Inside, shop: Shop, cost = 10): object {
  const error = { message: 'Throttled', extensions: { code: 'THROTTLED', documentation: DOCS } };
  return { errors: [error], extensions: costs(bucketOf(inside, shop), cost, null) };
}

function costs(bucket: Bucket, requestedQueryCost: number, actualQueryCost: number | null) {
  return { cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() } };
}

function tooExpensive(cost: number): GraphQLFormattedError {
  return {
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${SINGLE}).`,
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: SINGLE, documentation: DOCS },
  };
}

function bucketOf(inside: Inside, shop: Shop): Bucket {
  let bucket = buckets.get(shop);
  if (!bucket) buckets.set(shop, (bucket = new Bucket(inside.limits)));
  return bucket;
}
