import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { PricedCart, Sandbox } from '../../types.ts';
import { money } from '../format.ts';
import { html, raw, type Markup } from '../html.ts';

/** The lines and sums at the right of a checkout, the same for a basket and for an order. */
export interface Summary {
  currency: string;
  lines: {
    handle: string;
    title: string;
    variant: string | null;
    quantity: number;
    total: number;
    before: number;
  }[];
  codes: { code: string; amount: number }[];
  subtotal: number;
  shipping: number;
  tax: number;
  taxTitle: string;
  taxesIncluded: boolean;
  total: number;
  refunded: number;
}

export function summaryOfCart(cart: PricedCart): Summary {
  return {
    currency: cart.presentmentCurrency,
    lines: cart.lines.map(({ product, variant, quantity, total, discount }) => ({
      handle: product.handle,
      title: product.title,
      variant: variant.title === 'Default Title' ? null : variant.title,
      quantity,
      total: total.presentment - discount.presentment,
      before: total.presentment,
    })),
    codes: cart.codes
      .filter(({ accepted }) => accepted)
      .map(({ code, amount }) => ({ code, amount: amount.presentment })),
    subtotal: cart.totals.lines.presentment,
    shipping: cart.totals.shipping.presentment,
    tax: cart.totals.tax.presentment,
    taxTitle: cart.taxTitle,
    taxesIncluded: cart.taxesIncluded,
    total: cart.totals.total.presentment,
    refunded: 0,
  };
}

export function summaryOfOrder(order: Order): Summary {
  return {
    currency: order.presentmentCurrency,
    lines: order.lines.map((line) => {
      const before = line.price.presentment * line.quantity;
      const off = line.allocations.reduce((sum, { amount }) => sum + amount.presentment, 0);
      const variant = line.variantTitle === 'Default Title' ? null : line.variantTitle;
      return {
        handle: line.handle,
        title: line.title,
        variant,
        quantity: line.quantity,
        total: before - off,
        before,
      };
    }),
    codes: order.discounts.map(({ code, amount }) => ({ code, amount: amount.presentment })),
    subtotal: order.totals.lines.presentment,
    shipping: order.totals.shipping.presentment,
    tax: order.totals.tax.presentment,
    taxTitle: order.taxTitle,
    taxesIncluded: order.taxesIncluded,
    total: order.totals.total.presentment,
    refunded: order.refunds.reduce((sum, { total }) => sum + total.presentment, 0),
  };
}

/** Collapsed on narrow screens, where only the total is seen. `between` stands under the lines: the field for codes. */
export function drawSummary(
  sandbox: Sandbox,
  shop: Shop,
  summary: Summary,
  between: Markup | null = null,
): Markup {
  const total = money(summary.total, summary.currency);
  return html`<aside class="summary" aria-label="Order summary">
    <details class="summary-fold">
      <summary><span>Order summary</span><strong>${total}</strong></summary>
    </details>
    <div class="summary-body">
      <ul class="summary-lines">
        ${summary.lines.map(
          (line) =>
            html`<li>
              <span class="summary-picture"
                ><img src="${sandbox.urls.image(line.handle)}" alt="" width="64" height="64" /><b
                  aria-hidden="true"
                  >${line.quantity}</b
                ></span
              >
              <span
                >${line.title}
                <small>${line.variant}<span class="hidden">Quantity ${line.quantity}</span></small></span
              >
              <span class="right"
                >${line.before > line.total ? html`<s>${money(line.before, summary.currency)}</s>` : ''}
                ${money(line.total, summary.currency)}</span
              >
            </li>`,
        )}
      </ul>
      ${between} ${sums(summary, shop)}
    </div>
  </aside>`;
}

function sums(summary: Summary, shop: Shop): Markup {
  const { currency } = summary;
  const row = (label: string | Markup, value: string, kind = '') =>
    html`<div ${kind ? raw(`class="${kind}"`) : ''}>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl class="summary-sums">
      ${row('Subtotal', money(summary.subtotal, currency))}
      ${summary.codes.map(({ code, amount }) => row(html`Discount <span class="badge">${code}</span>`, `−${money(amount, currency)}`))}
      ${row('Shipping', summary.shipping === 0 ? 'Free' : money(summary.shipping, currency))}
      ${summary.tax > 0 && !summary.taxesIncluded ? row(summary.taxTitle, money(summary.tax, currency)) : ''}
      ${row('Total', `${currency === shop.currency ? '' : `${currency} `}${money(summary.total, currency)}`, 'total')}
      ${summary.refunded > 0 ? row('Refunded', `−${money(summary.refunded, currency)}`) : ''}
    </dl>
    ${
      summary.tax > 0 && summary.taxesIncluded
        ? html`<p class="quiet">Including ${money(summary.tax, currency)} ${summary.taxTitle}</p>`
        : ''
    }`;
}
