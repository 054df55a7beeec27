/** The merchant of the demo shop uses the app's admin as a real one would: through its pages, with a real id token. */

import type { RunningSandbox } from '../sandbox.ts';
import { digits } from '../state/ids.ts';
import type { Shop } from '../state/shop.ts';
import { LIVES } from './guides.ts';

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

/** Writes down how some products are cared for and how long they last. */
export async function describeProducts(
  { appUrl, tokens }: RunningSandbox,
  shop: Shop,
  log: (line: string) => void,
): Promise<void> {
  for (const product of shop.products) {
    const life = LIVES[product.handle];
    if (!life) continue;
    const path = `/app/products/${digits(product.id)}`;
    const answer = await fetch(`${appUrl}${path}.data`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.admin(shop)}`, 'user-agent': BROWSER },
      body: new URLSearchParams({ clock: JSON.stringify(life) }),
    });
    if (!answer.ok) log(`POST ${path}: ${answer.status}`);
  }
}
