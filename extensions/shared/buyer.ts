/**
 * What our extensions use of the `shopify` global: the same on the checkout, thank-you and order-status pages.
 * Everything that Shopify may leave out is optional here.
 */
export interface Buyer {
  i18n: { translate: (key: string, values?: Record<string, string | number>) => string };
  sessionToken: { get(): Promise<string> };
  storage: {
    read<Value = unknown>(key: string): Promise<Value | null>;
    write(key: string, value: unknown): Promise<void>;
    delete(key: string): Promise<void>;
  };
  settings: { value: Record<string, string | number | boolean | undefined> };
  shop?: { name?: string };
  checkoutToken?: { value?: string };
  extension?: { editor?: unknown };
  localization?: {
    language?: { value?: { isoCode: string } };
    country?: { value?: { isoCode: string } };
  };
}

/** The buyer's language, which the app answers in. */
export const localeOf = (buyer: Buyer): string => buyer.localization?.language?.value?.isoCode ?? 'en';

/** The merchant arranges the page in Shopify's editor: there is no buyer, no order, and often no session token. */
export const isEditor = (buyer: Buyer): boolean => Boolean(buyer.extension?.editor);

// The package's event types (2026.7.4) leave currentTarget untyped.
/** The element that an event came from. */
export const elementOf = <Tag extends keyof HTMLElementTagNameMap>(
  event: Event,
): HTMLElementTagNameMap[Tag] => event.currentTarget as HTMLElementTagNameMap[Tag];
