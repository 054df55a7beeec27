/** How a field is read: by its resolver, or as the property of the same name; what is neither is an error that says so. */

import {
  getNamedType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  OperationTypeNode,
} from 'graphql';
import { kindOf } from '../state/ids.ts';
import type { Context, Typed } from './context.ts';
import { resolvers } from './resolvers/all.ts';
import { demandMutation, demandRead } from './scopes.ts';

export const ROOT = {};

export const readField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const { fieldName, parentType } = info;
  const isMutation = source === ROOT && info.operation.operation === OperationTypeNode.MUTATION;
  if (isMutation) demandMutation(context.scopes, fieldName);
  demandRead(context.scopes, getNamedType(info.returnType).name, fieldName);
  const resolver = resolvers[parentType.name]?.[fieldName];
  if (resolver) return resolver(source as never, args as never, context);
  if (typeof source === 'object' && source !== null && Object.hasOwn(source, fieldName)) {
    return (source as Record<string, unknown>)[fieldName];
  }
  throw new GraphQLError(`sandbox: ${parentType.name}.${fieldName} is not implemented`, {
    extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
  });
};

/** Things of an abstract type say what they are, or their ids do. */
export const typeOf: GraphQLTypeResolver<unknown, Context> = (value) => {
  const { __typename, id } = value as Partial<Typed> & { id?: string };
  return __typename ?? (id ? kindOf(id) : undefined);
};
