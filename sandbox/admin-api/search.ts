/** The `query` argument of lists. */

import { GraphQLError } from 'graphql';
import { matches } from '../search/match.ts';
import { parseQuery, type Query } from '../search/parse.ts';

/** Fields that can be searched; `null` (as '') stands for free words. */
export type Searchable<Item> = Record<string, (item: Item) => unknown[]>;

/** The items that a query finds. A field that Shopify may know and the sandbox does not is an error, never "nothing found". */
export function search<Item>(
  items: Item[],
  query: string | null | undefined,
  fields: Searchable<Item>,
  list: string,
): Item[] {
  if (!query?.trim()) return items;
  const parsed = parseQuery(query);
  for (const field of fieldsIn(parsed)) {
    if (field !== null && !fields[field]) {
      throw new GraphQLError(`sandbox: searching ${list} by "${field}" is not implemented`, {
        extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
      });
    }
  }
  return items.filter((item) => matches(parsed, (field) => fields[field ?? '']?.(item) ?? []));
}

function fieldsIn(query: Query): (string | null)[] {
  switch (query.kind) {
    case 'all':
    case 'any':
      return query.of.flatMap(fieldsIn);
    case 'not':
      return fieldsIn(query.of);
    case 'term':
      return [query.field];
  }
}
