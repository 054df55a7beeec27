/** Bulk operations: a query run over the whole store in the background, its lines fetched as a file. */

import { digits } from '../../state/ids.ts';
import type { BulkOperation } from '../../state/shop.ts';
import { bulkBody } from '../../webhooks/bodies/discount.ts';
import { inZone } from '../../state/zoned.ts';
import { bulkProblem, runBulk } from '../bulk-run.ts';
import { connection } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { search, type Searchable } from '../search.ts';
import type { ListArgs } from './products.ts';

const AT_ONCE = 5;
const KEPT = 50;

const FIELDS: Searchable<BulkOperation> = {
  id: (b) => [digits(b.id)],
  status: (b) => [b.status],
  operation_type: (b) => [b.type],
  created_at: (b) => [b.createdAt],
};

const isOver = (operation: BulkOperation) =>
  ['COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED'].includes(operation.status);

function start(context: Context, query: string) {
  const { shop, inside } = context;
  const refuse = (code: string, message: string) => ({
    bulkOperation: null,
    userErrors: [{ field: ['query'], code, message }],
  });
  const problem = bulkProblem(query);
  if (problem) return refuse('INVALID', problem);
  if (shop.bulkOperations.filter((b) => !isOver(b)).length >= AT_ONCE) {
    return refuse('LIMIT_REACHED', 'The limit of bulk operations that run at once has been reached.');
  }
  const operation: BulkOperation = {
    id: inside.kernel.ids.next('BulkOperation'),
    type: 'QUERY',
    status: 'CREATED',
    query,
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    result: null,
    secret: inside.kernel.ids.token('bulk', shop.id, shop.bulkOperations.length, now(context)),
    createdAt: now(context),
    completedAt: null,
  };
  shop.bulkOperations.push(operation);
  shop.bulkOperations.splice(0, Math.max(0, shop.bulkOperations.length - KEPT));
  inside.kernel.changed(shop, operation);
  inside.work.start('bulk operation', () => run(context, operation));
  return { bulkOperation: { ...operation }, userErrors: [] };
}

async function run(context: Context, operation: BulkOperation): Promise<void> {
  if (operation.status !== 'CREATED') return;
  operation.status = 'RUNNING';
  const outcome = await runBulk(context, operation.query);
  if (outcome.errorCode) {
    operation.status = 'FAILED';
    operation.errorCode = outcome.errorCode;
  } else {
    operation.status = 'COMPLETED';
    operation.objectCount = outcome.lines.length;
    operation.rootObjectCount = outcome.roots;
    operation.result = outcome.lines.length > 0 ? `${outcome.lines.join('\n')}\n` : null;
  }
  finish(context, operation);
}

function finish(context: Context, operation: BulkOperation): void {
  const { shop, inside } = context;
  operation.completedAt = now(context);
  inside.kernel.changed(shop, operation);
  const body = bulkBody({
    ...operation,
    createdAt: inZone(operation.createdAt, shop.timezone),
    completedAt: inZone(operation.completedAt, shop.timezone),
  });
  inside.kernel.emit(shop, [['bulk_operations/finish', body]]);
}

function cancel(context: Context, id: string) {
  const operation = context.shop.bulkOperations.find((b) => b.id === id);
  if (!operation)
    return { bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] };
  if (isOver(operation)) {
    const message = `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`;
    return { bulkOperation: operation, userErrors: [{ field: ['id'], message }] };
  }
  operation.status = 'CANCELED';
  finish(context, operation);
  return { bulkOperation: operation, userErrors: [] };
}

const fileUrl = (operation: BulkOperation, _: object, { inside }: Context) =>
  operation.result === null ? null : `${inside.sandbox.origin}/bulk/${operation.secret}.jsonl`;

export const bulkResolvers: Resolvers = {
  QueryRoot: {
    bulkOperation: (_: object, { id }: { id: string }, { shop }: Context) =>
      shop.bulkOperations.find((b) => b.id === id) ?? null,
    bulkOperations: (_: object, args: ListArgs, context: Context) =>
      connection(
        search(context.shop.bulkOperations, args.query, FIELDS, 'bulk operations'),
        args,
        context,
        (b) => b.createdAt,
      ),
    currentBulkOperation: (_: object, _args: object, { shop }: Context) => shop.bulkOperations.at(-1) ?? null,
  },
  Mutation: {
    bulkOperationRunQuery: (_: object, { query }: { query: string }, context: Context) =>
      start(context, query),
    bulkOperationCancel: (_: object, { id }: { id: string }, context: Context) => cancel(context, id),
  },
  BulkOperation: {
    objectCount: (b: BulkOperation) => String(b.objectCount),
    rootObjectCount: (b: BulkOperation) => String(b.rootObjectCount),
    fileSize: (b: BulkOperation) => (b.result === null ? null : String(Buffer.byteLength(b.result))),
    url: fileUrl,
    partialDataUrl: () => null,
  },
};
