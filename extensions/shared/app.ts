/** Calls to the app's server. */
import type { Buyer } from './buyer.ts';

// Replaced when the extension is built: by `shopify app dev` with the tunnel's address, by `shopify app build` from .env.
declare const process: { env: { APP_URL: string } };

/** `unavailable` is worth another try; `refused` never is. */
export type Outcome<Value> =
  { kind: 'answered'; value: Value } | { kind: 'refused' } | { kind: 'unavailable'; retryAfterMs: number };

const PATIENCE_MS = 10_000;

/**
 * One call with a session token of its own (Shopify caches and renews it): GET without a body, POST with one.
 * Never throws: no token, no network and a sleepy server are `unavailable`.
 */
export async function callApp<Value>(buyer: Buyer, path: string, body?: unknown): Promise<Outcome<Value>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const token = await buyer.sessionToken.get();
    const response = await fetch(`${process.env.APP_URL}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: abort.signal,
    });
    if (response.status === 422) return { kind: 'refused' };
    if (response.ok) return { kind: 'answered', value: (await readBody(response)) as Value };
    return { kind: 'unavailable', retryAfterMs: 1000 * (Number(response.headers.get('Retry-After')) || 0) };
  } catch {
    return { kind: 'unavailable', retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

const readBody = (response: Response): Promise<unknown> =>
  response.status === 204 ? Promise.resolve(null) : response.json();
