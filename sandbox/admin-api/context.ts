/** What resolvers are given, and how they are written down. */

import type { GraphQLFieldResolver, GraphQLTypeResolver } from 'graphql';
import type { Inside } from '../inside.ts';
import type { Shop } from '../state/shop.ts';

export interface Context {
  inside: Inside;
  shop: Shop;
  scopes: string[];
  /** Inside a bulk operation lists are whole, and need no `first`. */
  bulk: boolean;
  /** How fields are read: a bulk operation reads in the same way what stands in its own query. */
  reading: Reading;
}

export interface Reading {
  rootValue: object;
  fieldResolver: GraphQLFieldResolver<unknown, Context>;
  typeResolver: GraphQLTypeResolver<unknown, Context>;
}

/**
 * Reads one field. Each is written with the types of its own source and arguments; whether they fit the schema is
 * shown by the contract test that runs every document.
 */
export type Resolver = (source: never, args: never, context: Context) => unknown;
export type Resolvers = Record<string, Record<string, Resolver>>;

/** Something of an abstract type that says itself what it is. */
export interface Typed {
  __typename: string;
}

export interface UserError {
  field: string[] | null;
  message: string;
  code?: string;
}

export function now(context: Context): string {
  return context.inside.sandbox.clock.iso();
}
