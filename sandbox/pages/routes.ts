/** The pages for people. Written by whoever draws them; the backend only asks for the routes. */

import type { Route, Sandbox } from '../types.ts';

/** All pages, first match wins; they come after the control API, the Admin API and the app proxy. */
export function pageRoutes(_sandbox: Sandbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      handle: () => ({ body: '<!doctype html><title>Sandbox</title><p>No pages yet.</p>' }),
    },
  ];
}
