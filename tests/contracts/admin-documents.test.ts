/** Every document that the app sends is valid against the Admin API's real schema and uses nothing deprecated. */
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, parse, validate, type IntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { API_VERSION } from '../../app/adapters/shopify/admin-client.server.ts';
import type { AdminDocument } from '../../app/adapters/shopify/admin-client.ts';
import { bulkOrders } from '../../app/adapters/shopify/documents/orders.ts';

const FOLDER = 'app/adapters/shopify/documents';
const packed = readFileSync(`sandbox/admin-api/admin-${API_VERSION}.json.gz`);
const introspection = JSON.parse(gunzipSync(packed).toString()) as
  IntrospectionQuery | { data: IntrospectionQuery };
const schema = buildClientSchema('data' in introspection ? introspection.data : introspection);

/** [name, text] of everything in the folder that is a document. */
async function documents(): Promise<[string, string][]> {
  const found: [string, string][] = [['orders.ts bulkOrders', bulkOrders('2026-09-23T00:00:00Z')]];
  for (const file of readdirSync(FOLDER)) {
    const exported = (await import(`../../${FOLDER}/${file}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const text = typeof value === 'string' ? value : (value as AdminDocument<unknown, unknown>).text;
      if (typeof text === 'string' && /^\s*(query|mutation)\b/.test(text))
        found.push([`${file} ${name}`, text]);
    }
  }
  return found;
}

describe('documents for the Admin API', async () => {
  const all = await documents();

  test.each(all)('%s is valid', (_name, text) => {
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });

  test('there are as many as the folder has', () => {
    expect(all.length).toBeGreaterThan(15);
  });

  test('a wrong field is found', () => {
    expect(validate(schema, parse('{ shop { nmae } }'))).toHaveLength(1);
  });
});
