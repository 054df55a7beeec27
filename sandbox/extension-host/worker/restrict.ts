/** What Shopify does not give to the worker. */
import type { RunOptions } from '../protocol.ts';

const MISSING = [
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'localStorage',
  'sessionStorage',
];

/**
 * No storage of its own, no network without the capability, and (seen since API 2026-04) no request to the origin
 * that serves the extension's script.
 */
export function restrict({
  scriptUrl,
  capabilities,
  surface,
}: Pick<RunOptions, 'scriptUrl' | 'capabilities' | 'surface'>): void {
  const realFetch = globalThis.fetch.bind(globalThis);
  const own = new URL(scriptUrl).origin;
  globalThis.fetch = async (input, init) => {
    // In the admin no capability is needed.
    if (surface !== 'admin' && !capabilities.includes('network_access')) {
      throw new TypeError(
        'fetch() is not available: set network_access = true in [extensions.capabilities].',
      );
    }
    const url = new URL(input instanceof Request ? input.url : String(input), scriptUrl);
    if (url.origin === own) throw new TypeError("Fetches to the iframe's origin are not allowed.");
    return realFetch(input, init);
  };
  for (const name of MISSING) {
    if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
  }
}
