/** What Shopify tells the app in the address of its first page; later pages of the same tab remember it. */
export interface BridgeConfig {
  apiKey: string;
  appOrigins: string[];
  disabledFeatures: string[];
  host: string | undefined;
  locale: string;
  shop: string | undefined;
}

/** Parameters that Shopify adds and that no app wants to see in the admin's address bar. */
export const SHOPIFY_PARAMETERS = new Set([
  'embedded',
  'shop',
  'host',
  'hmac',
  'id_token',
  'locale',
  'protocol',
  'session',
  'timestamp',
  'link_source',
]);

/** Reads the script tag's attributes, the meta tags and the address. Call it while the script itself runs. */
export function readConfig(): BridgeConfig {
  const script = document.currentScript as HTMLScriptElement | null;
  const setting = (name: string, attribute: string) =>
    document.querySelector<HTMLMetaElement>(`meta[name="shopify-${name}"]`)?.content ??
    script?.getAttribute(`data-${attribute}`) ??
    '';
  const list = (text: string) => text.split(/[\s,]+/).filter(Boolean);
  return {
    apiKey: setting('api-key', 'api-key'),
    appOrigins: list(setting('app-origins', 'app-origins')),
    disabledFeatures: list(setting('disabled-features', 'disabled-features')),
    host: remembered('host'),
    locale: remembered('locale') ?? 'en-US',
    shop: remembered('shop'),
  };
}

function remembered(name: string): string | undefined {
  const key = `app-bridge:${name}`;
  const given = new URLSearchParams(location.search).get(name);
  if (given) sessionStorage.setItem(key, given);
  return given ?? sessionStorage.getItem(key) ?? undefined;
}
