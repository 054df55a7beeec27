/** Bodies as Shopify sends them, with what a test wants to be different. */

const FIRST_ID = 7_097_239_000_000;
let lastId = FIRST_ID;
/** Shopify's ids are unique over all shops. */
export const anId = (): number => ++lastId;

export const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Tester',
  address1: '1 Testing Street',
  address2: 'Unit 7',
  city: 'Ottawa',
  zip: 'K1A 0B1',
  province: 'Ontario',
  province_code: 'ON',
  country: 'Canada',
  country_code: 'CA',
  phone: '+16135550143',
};

const amounts = (amount: string, currency = 'EUR') => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

export interface Body {
  [field: string]: unknown;
}

export function aCustomerBody(fields: Body = {}): Body {
  const id = anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Customer/${fields['id'] ?? id}`,
    created_at: '2026-02-01T10:00:00+01:00',
    updated_at: '2026-05-01T10:00:00+02:00',
    first_name: 'Ada',
    last_name: 'Tester',
    email: `ada.${id}@example.com`,
    phone: null,
    ...fields,
  };
}

export function aLineBody(fields: Body = {}): Body {
  const id = anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    product_id: 8_889_746_849_963,
    variant_id: 47_461_171_626_155,
    title: 'Ski Wax',
    quantity: 2,
    current_quantity: 2,
    price: '24.95',
    price_set: amounts('24.95'),
    requires_shipping: true,
    ...fields,
  };
}

/** A paid order of the web shop. */
export function anOrderBody(fields: Body = {}): Body {
  const id = fields['id'] ?? anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: '#1005',
    created_at: '2026-05-01T12:00:00+02:00',
    processed_at: '2026-05-01T12:00:00+02:00',
    updated_at: '2026-05-01T12:00:03+02:00',
    cancelled_at: null,
    currency: 'EUR',
    presentment_currency: 'EUR',
    total_price: '49.90',
    current_total_price: '49.90',
    total_price_set: amounts('49.90'),
    financial_status: 'paid',
    fulfillment_status: null,
    source_name: 'web',
    test: false,
    email: 'ada.tester@example.com',
    phone: null,
    customer_locale: 'en-CA',
    buyer_accepts_marketing: false,
    checkout_token: `token-${String(id)}`,
    confirmation_number: 'UHA6U9EWQ',
    discount_codes: [],
    discount_applications: [],
    order_status_url: 'https://shop.example.com/77192495446/orders/b1841ce24591/authenticate?key=5340fd',
    customer: aCustomerBody({ id: 9_641_389_523_115, email: 'ada.tester@example.com' }),
    shipping_address: ADDRESS,
    billing_address: ADDRESS,
    line_items: [aLineBody()],
    fulfillments: [],
    refunds: [],
    returns: [],
    ...fields,
  };
}

/** A parcel that has left. */
export function aFulfillmentBody(orderId: unknown, fields: Body = {}): Body {
  const id = fields['id'] ?? anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Fulfillment/${id}`,
    order_id: orderId,
    status: 'success',
    created_at: '2026-05-02T08:00:00+02:00',
    updated_at: '2026-05-02T08:00:00+02:00',
    tracking_company: 'UPS',
    tracking_number: '1Z2345',
    tracking_url: 'https://www.ups.com/track?n=1Z2345',
    shipment_status: null,
    destination: ADDRESS,
    line_items: [aLineBody({ quantity: 1 })],
    ...fields,
  };
}

/** A carrier's scan. */
export function aScanBody(orderId: unknown, shipmentId: unknown, fields: Body = {}): Body {
  const id = anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/FulfillmentEvent/${id}`,
    order_id: orderId,
    fulfillment_id: shipmentId,
    status: 'delivered',
    happened_at: '2026-05-05T14:00:00+02:00',
    created_at: '2026-05-05T14:01:00+02:00',
    updated_at: '2026-05-05T14:01:00+02:00',
    estimated_delivery_at: null,
    ...fields,
  };
}

export function aRefundBody(orderId: unknown, amount: string, fields: Body = {}): Body {
  const id = fields['id'] ?? anId();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Refund/${id}`,
    order_id: orderId,
    created_at: '2026-05-08T10:00:00+02:00',
    processed_at: '2026-05-08T10:00:00+02:00',
    refund_line_items: [],
    transactions: [{ id: anId(), kind: 'refund', status: 'success', amount, currency: 'EUR' }],
    ...fields,
  };
}
