/** The Admin GraphQL endpoint of a shop. */

import type { Inside } from '../inside.ts';
import type { Route } from '../types.ts';

export function adminApiRoutes(_inside: Inside): Route[] {
  return [];
}
