/**
 * What of Shopify's Web Pixels API is used, as its documents have it: https://shopify.dev/docs/api/web-pixels-api.
 * `@shopify/web-pixels-extension` comes down to this one call and types of every event.
 */

interface Event<Data> {
  id: string;
  name: string;
  /** ISO 8601 */
  timestamp: string;
  /** Of the page in the top frame. */
  context: { document: { location: { href: string; search: string } } };
  data: Data;
}

/** What happens on a page of the storefront or the checkout. */
export interface Events {
  page_viewed: Event<unknown>;
  /** Once for each checkout, most often on the thank-you page; what is used of it. */
  checkout_completed: Event<{ checkout: { token?: string | null; order?: { id?: string | null } | null } }>;
}

/** The storage of the top frame; each call crosses over to it. */
interface Storage {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
}

export interface PixelApi {
  analytics: {
    subscribe<Name extends keyof Events>(
      name: Name,
      hear: (event: Events[Name]) => unknown,
    ): Promise<() => void>;
  };
  browser: { localStorage: Storage };
  /** As `shopify.extension.toml` declares and `webPixelCreate` fills them. */
  settings: { address?: string };
}

declare const shopify: { extend(point: 'WebPixel::Render', run: (api: PixelApi) => void): void };

export const register = (run: (api: PixelApi) => void): void => shopify.extend('WebPixel::Render', run);
