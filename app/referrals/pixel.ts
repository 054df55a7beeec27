/** The web pixel that remembers friends' links, as the merchant switches it on and off. */

/** Why it could not be switched. no-leave: the merchant has not allowed it. no-extension: it is not deployed. */
const PIXEL_PROBLEMS = ['no-leave', 'no-extension', 'refused'] as const;
export type PixelProblem = (typeof PIXEL_PROBLEMS)[number];

export type PixelTold =
  | { outcome: 'done'; id: string | null }
  | { outcome: 'failed'; problem: PixelProblem }
  | { outcome: 'later'; seconds: number };

/** What this needs of Shopify; app/adapters/shopify/pixels.server.ts has it. May be repeated. */
export interface PixelAtShopify {
  /** On, telling of orders at this address (an origin); whichever of the app's was there becomes it. */
  put(domain: string, address: string): Promise<PixelTold>;
  /** Off; one that is gone is off. */
  remove(domain: string, id: string): Promise<PixelTold>;
}

/** on, off, or on the way there. */
export interface PixelStanding {
  state: 'off' | 'going-on' | 'on' | 'going-off';
  problem: PixelProblem | null;
}

/** How it stands, by what is wanted and what Shopify has. */
export function standingOfPixel(
  row: { wanted: boolean; pixelId: string | null; problem: string | null } | null,
): PixelStanding {
  const problem = PIXEL_PROBLEMS.find((each) => each === row?.problem) ?? null;
  if (!row?.wanted) return { state: row?.pixelId ? 'going-off' : 'off', problem };
  return { state: row.pixelId ? 'on' : 'going-on', problem };
}
