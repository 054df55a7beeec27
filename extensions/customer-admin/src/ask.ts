/** Calls to the app, as the member of the staff who looks at the page. */
import type { CustomerBlock, GiveFromBlock, GivenFromBlock } from '../../../app/customer-block.ts';
import type { OrderBlock } from '../../../app/order-block.ts';

// Replaced when the extension is built: by `shopify app dev` with the tunnel's address, by `shopify app build` from .env.
declare const process: { env: { APP_URL: string } };

const PATIENCE_MS = 10_000;

/** Null: the app did not answer. `unknown`: it does not know this customer yet. */
export type Asked<Value> = { kind: 'answered'; value: Value } | { kind: 'unknown' } | null;

async function call<Value>(of: 'customer' | 'order', id: string, body?: unknown): Promise<Asked<Value>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const token = await shopify.auth.idToken();
    const url = `${process.env.APP_URL}/api/${of}?${new URLSearchParams({ id, locale: shopify.i18n.translate('locale') })}`;
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: abort.signal,
    });
    if (response.status === 404) return { kind: 'unknown' };
    return response.ok ? { kind: 'answered', value: (await response.json()) as Value } : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** @param customer Shopify's gid */
export const askAbout = (customer: string) => call<CustomerBlock>('customer', customer);

export const give = (customer: string, wanted: GiveFromBlock) =>
  call<GivenFromBlock>('customer', customer, wanted);

/** @param order Shopify's gid */
export const askAboutOrder = (order: string) => call<OrderBlock>('order', order);
