/** What addresses behind the app proxy say: which product, and in which language it is read. */

/** Shopify's id of the product; null where there is none. */
export function productIn(query: URLSearchParams): bigint | null {
  const product = query.get('product') ?? '';
  return /^[1-9]\d{0,17}$/.test(product) ? BigInt(product) : null;
}

/** The theme's language where the link says so, else the browser's first wish. */
export function localeOf(request: Request): string | null {
  const asked = new URL(request.url).searchParams.get('locale');
  const wished = request.headers.get('accept-language')?.split(',', 1)[0]?.split(';', 1)[0]?.trim();
  const tag = asked ?? wished ?? '';
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : null;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
