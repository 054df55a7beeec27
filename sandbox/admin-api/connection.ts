/** Pages of a list, as GraphQL connections. */

import { GraphQLError } from 'graphql';
import { digits } from '../state/ids.ts';
import type { Context } from './context.ts';

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

const LARGEST_PAGE = 250;

/**
 * Sorted by a key and then by id, so that a cursor stays good when the list changes under it.
 * `keyOf` must give texts that sort as they should: ISO moments, padded numbers.
 */
export function connection<Item extends object>(
  items: Item[],
  args: PageArgs,
  context: Context,
  keyOf: (item: Item) => string = () => '',
) {
  const { first, last } = args;
  if (!context.bulk) {
    if (first == null && last == null) throw badRequest('you must provide one of first or last');
    if (first != null && last != null) throw badRequest('you must provide only one of first or last');
    const size = first ?? last ?? 0;
    if (size > LARGEST_PAGE)
      throw badRequest(`The ${first == null ? 'last' : 'first'} argument must be ${LARGEST_PAGE} or less`);
    if (size < 1) throw badRequest('first and last must be greater than 0');
  }
  const sorted = items
    .map((item, index) => ({ item, key: [keyOf(item), idOf(item, index)] as Key }))
    .sort((a, b) => compare(a.key, b.key));
  if (args.reverse) sorted.reverse();
  const direction = args.reverse ? -1 : 1;
  let range = sorted;
  if (args.after) {
    const from = decode(args.after);
    range = range.filter(({ key }) => compare(key, from) * direction > 0);
  }
  if (args.before) {
    const to = decode(args.before);
    range = range.filter(({ key }) => compare(key, to) * direction < 0);
  }
  const page = first != null ? range.slice(0, first) : last != null ? range.slice(-last) : range;
  const edges = page.map(({ item, key }) => ({ node: item, cursor: encode(key) }));
  return {
    edges,
    nodes: page.map(({ item }) => item),
    pageInfo: {
      hasNextPage: page.length > 0 && page.at(-1) !== (args.before ? sorted : range).at(-1),
      hasPreviousPage: page.length > 0 && page[0] !== sorted[0],
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

type Key = [value: string, id: string];

function idOf(item: object, index: number): string {
  const id = 'id' in item && typeof item.id === 'string' ? digits(item.id) : String(index);
  return id.padStart(24, '0');
}

function compare(a: Key, b: Key): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

function encode(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2) return key as Key;
  } catch {
    // Not one of ours: said below.
  }
  throw badRequest(`Invalid cursor for current pagination sort.`);
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
