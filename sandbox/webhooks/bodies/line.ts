/** A line as it stands in orders, shipments and refunds. */

import { number } from '../../state/ids.ts';
import { decimal, NOTHING } from '../../state/money.ts';
import type { Order, OrderLine } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { Amount } from '../../state/values.ts';
import { left } from '../../store/standing.ts';
import { bag } from './values.ts';

export function lineBody(shop: Shop, order: Order, line: OrderLine, quantity = line.quantity) {
  const exists = shop.products.some((p) => p.id === line.product);
  const fulfilled = line.fulfilledQuantity === 0 ? null : left(line) === 0 ? 'fulfilled' : 'partial';
  return {
    id: number(line.id),
    admin_graphql_api_id: line.id,
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    fulfillable_quantity: left(line),
    fulfillment_service: 'manual',
    fulfillment_status: fulfilled,
    gift_card: line.giftCard,
    grams: line.grams,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: decimal(line.price.shop, order.currency),
    price_set: bag(line.price, order),
    product_exists: exists,
    product_id: exists ? number(line.product) : null,
    properties: line.properties,
    quantity,
    requires_shipping: line.requiresShipping,
    sales_line_item_group_id: null,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: decimal(0, order.currency),
    total_discount_set: bag(NOTHING, order),
    variant_id: exists ? number(line.variant) : null,
    variant_inventory_management: 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxLines(order, line.tax),
    duties: [],
    discount_allocations: line.allocations.map(({ discount, amount }) => ({
      amount: decimal(amount.shop, order.currency),
      amount_set: bag(amount, order),
      discount_application_index: discount,
    })),
  };
}

export function taxLines(order: Order, tax: Amount) {
  if (order.taxRate === 0) return [];
  return [
    {
      channel_liable: false,
      price: decimal(tax.shop, order.currency),
      price_set: bag(tax, order),
      rate: order.taxRate,
      title: order.taxTitle,
    },
  ];
}
