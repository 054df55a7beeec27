/**
 * Packs a new version of Shopify's Admin schema: `node sandbox/admin-api/update-schema.ts introspection.json 2026-10`.
 * The introspection is what `{ __schema { … } }` answers, or the file of the same content in @shopify/dev-mcp.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LEFT_OUT = new Set(['description', 'deprecationReason', 'isDeprecated']);

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !LEFT_OUT.has(key) && inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner)]));
}

const [file, version] = process.argv.slice(2);
if (!file || !version) throw new Error('usage: update-schema.ts <introspection.json> <version>');
const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: unknown };
const target = new URL(`./admin-${version}.json.gz`, import.meta.url);
writeFileSync(target, gzipSync(JSON.stringify(strip(data)), { level: 9 }));
