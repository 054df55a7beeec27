/** Filters and include_fields of a subscription: both name fields of a body by dotted paths that pass through lists. */

import { matches } from '../search/match.ts';
import { parseQuery } from '../search/parse.ts';

/** Whether a body is delivered under this filter. */
export function passes(body: object, filter: string | null): boolean {
  if (!filter?.trim()) return true;
  return matches(parseQuery(filter), (field) => (field === null ? [] : valuesAt(body, field.split('.'))));
}

function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return [];
  return key in value ? valuesAt((value as Record<string, unknown>)[key], rest) : [];
}

/** The body with nothing but these fields; the whole body when none are named. */
export function withFields(body: object, fields: string[]): object {
  return fields.length === 0
    ? body
    : (trim(
        body,
        fields.map((field) => field.split('.')),
      ) as object);
}

function trim(value: unknown, paths: string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => trim(item, paths));
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1));
    if (below.length > 0) kept[key] = trim(inner, below);
  }
  return kept;
}
