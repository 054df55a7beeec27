/** Shopify's own Admin schema, 2026-10: its introspection without descriptions, packed. `update-schema.ts` makes the file. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  GraphQLScalarType,
  type GraphQLSchema,
  type IntrospectionQuery,
  Kind,
} from 'graphql';

let schema: GraphQLSchema | undefined;

export function adminSchema(): GraphQLSchema {
  if (schema) return schema;
  const packed = readFileSync(new URL('./admin-2026-10.json.gz', import.meta.url));
  const introspection = JSON.parse(gunzipSync(packed).toString()) as IntrospectionQuery;
  schema = buildClientSchema(introspection, { assumeValid: true });
  checkScalar('DateTime', isMoment, 'expected ISO 8601');
  checkScalar('Decimal', isDecimal, 'expected a decimal');
  checkScalar('Money', isDecimal, 'expected a decimal');
  checkScalar('Date', (value) => /^\d{4}-\d\d-\d\d$/.test(String(value)), 'expected a date');
  checkScalar('URL', (value) => typeof value === 'string' && URL.canParse(value), 'expected a URL');
  return schema;
}

/** A schema from introspection takes anything for its scalars; Shopify does not. */
function checkScalar(name: string, good: (value: unknown) => boolean, what: string): void {
  const type = schema?.getType(name);
  if (!(type instanceof GraphQLScalarType)) return;
  type.parseValue = (value: unknown) => {
    if (!good(value)) throw new TypeError(`invalid ${name}: ${what}`);
    return value;
  };
  type.parseLiteral = (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT)
      return type.parseValue(node.value);
    throw new TypeError(`invalid ${name}: ${what}`);
  };
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value));
}

function isDecimal(value: unknown): boolean {
  return /^-?\d+(\.\d+)?$/.test(String(value));
}
