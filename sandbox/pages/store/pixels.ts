/** Web pixels on the pages of a store: asked for, as in Europe, and loaded with the visitor's consent only. */
import { pixelTag, readPixel } from '../../extension-host/pixel.ts';
import type { PixelEvent } from '../../extension-host/pixel-protocol.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { digits } from '../../state/ids.ts';
import type { PageRequest, Route, Sandbox } from '../../types.ts';
import { ownPath, redirect, shopHere } from '../here.ts';
import { html, raw, type Markup } from '../html.ts';

/** The path of the shop's own pages. */
const consentPath = (shop: Shop) => `/store/${shop.handle}/consent`;

/** What the visitor has said, if anything. */
export function consentRoutes(sandbox: Sandbox): Route[] {
  return [
    {
      method: 'POST',
      path: '/store/:shop/consent',
      handle(request) {
        const shop = shopHere(sandbox, request);
        const form = request.form();
        sandbox.visit(request).notes.consent = form.get('allow') === 'yes';
        return redirect(ownPath(form.get('back'), `/store/${shop.handle}`));
      },
    },
  ];
}

/** The app's pixel where it is switched on and allowed, or the question whether it is; nothing where there is none. */
export function pixels(
  sandbox: Sandbox,
  request: PageRequest,
  shop: Shop,
  happened: readonly PixelEvent[] = [],
): Markup | null {
  const [row] = shop.extras.webPixels ?? [];
  const pixel = row ? readPixel() : null;
  if (!row || !pixel) return null;
  const { consent } = sandbox.visit(request).notes;
  if (consent === undefined) return question(request, shop);
  if (consent !== true) return null;
  const viewed = { name: 'page_viewed', timestamp: timeOf(sandbox), data: {} };
  return html`${raw(pixelTag(pixel, row.settings, [viewed, ...happened]))}`;
}

const timeOf = ({ clock }: Sandbox) => new Date(clock.now()).toISOString();

/** As Shopify tells pixels of it, with all that is known of the buyer. */
export function checkoutCompleted(sandbox: Sandbox, order: Order): PixelEvent {
  const checkout = {
    token: order.checkoutToken,
    email: order.email,
    phone: order.phone,
    currencyCode: order.presentmentCurrency,
    shippingAddress: order.shippingAddress,
    order: { id: digits(order.id), customer: { id: order.customer && digits(order.customer) } },
  };
  return { name: 'checkout_completed', timestamp: timeOf(sandbox), data: { checkout } };
}

function question(request: PageRequest, shop: Shop): Markup {
  return html`<form class="toy consent" method="post" action="${consentPath(shop)}">
    <input type="hidden" name="back" value="${request.url.pathname + request.url.search}" />
    <span>This shop remembers where you came from, to thank whoever sent you.</span>
    <button name="allow" value="yes">Accept</button>
    <button name="allow" value="no">Decline</button>
  </form>`;
}
