import { ask } from './wire.ts';

let token = '';
let expires = 0;

/** A session token, fetched anew five seconds before the last one ends. */
export async function idToken(): Promise<string> {
  if (expires - 5 < Date.now() / 1000) {
    token = await ask<string>({ type: 'id-token' });
    expires = expiryOf(token);
  }
  return token;
}

/** The next {@link idToken} is a new one. */
function forgetToken(): void {
  expires = 0;
}

/** `fetch` as App Bridge leaves it: the app's own origin gets the bearer, a refused token is renewed once. */
export function patchFetch(appOrigins: string[]): void {
  const original = window.fetch;
  const own = new Set([location.origin, ...appOrigins]);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, hostname } = new URL(request.url);
    if (!own.has(origin) && !hostname.endsWith(`.${location.hostname}`)) return original(input, init);
    let response = await original(await signed(request.clone()));
    if (response.status === 401 && response.headers.has('x-shopify-retry-invalid-session-request')) {
      forgetToken();
      response = await original(await signed(request.clone()));
    }
    const elsewhere = response.headers.get('x-shopify-api-request-failure-reauthorize-url');
    if (!elsewhere) return response;
    open(elsewhere, '_top');
    return new Promise<Response>(() => {});
  };
}

async function signed(request: Request): Promise<Request> {
  if (!request.headers.has('authorization'))
    request.headers.set('authorization', `Bearer ${await idToken()}`);
  if (!request.headers.has('x-requested-with')) request.headers.set('x-requested-with', 'XMLHttpRequest');
  return request;
}

function expiryOf(jwt: string): number {
  const payload = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
  return (JSON.parse(atob(payload)) as { exp: number }).exp;
}
