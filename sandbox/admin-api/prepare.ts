/** Documents parsed and checked against the schema, remembered by their text. */

import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Fragments } from './cost.ts';
import { shopifyError } from './errors.ts';
import { adminSchema } from './schema.ts';

const REMEMBERED = 1000;

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

export interface Prepared {
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  fragments: Fragments;
  errors: GraphQLFormattedError[];
}

const remembered = new Map<string, Prepared>();

export function prepare({ query, operationName }: GraphqlRequest): Prepared {
  const key = `${operationName ?? ''}\n${query}`;
  const known = remembered.get(key);
  if (known) return known;
  const made = prepareAnew(query, operationName);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, made);
  return made;
}

function prepareAnew(query: string, operationName: string | null | undefined): Prepared {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document: null, operation: null, fragments: {}, errors: [syntaxError(error)] };
  }
  const operation = getOperationAST(document, operationName) ?? null;
  const name = operation
    ? `${operation.operation}${operation.name ? ` ${operation.name.value}` : ''}`
    : 'query';
  const errors = validate(adminSchema(), document).map((error) => shopifyError(error, name));
  if (!operation) errors.push({ message: 'An operation name is required' });
  const isFragment = (d: { kind: Kind }): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION;
  const fragments = document.definitions.filter(isFragment).map((d) => [d.name.value, d]);
  return { document, operation, fragments: Object.fromEntries(fragments) as Fragments, errors };
}

function syntaxError(error: GraphQLError): GraphQLFormattedError {
  const message = error.message.replace('Syntax Error: ', 'syntax error, ');
  return {
    message,
    ...(error.locations && { locations: error.locations }),
    extensions: { code: 'PARSE_ERROR' },
  };
}
