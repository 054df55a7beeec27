/** Shapes of what the control calls take. Unknown fields are wrong input: a misspelt one would do nothing. */

import { z } from 'zod';
import { isCountry } from '../state/countries.ts';
import { isCurrency } from '../state/money.ts';

const country = z.string().refine(isCountry, 'a country of two capital letters, such as DE');
export const currency = z.string().refine(isCurrency, 'a currency of three capital letters, such as EUR');
export const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'a language such as de or pt-BR');
export const gid = z
  .string()
  .regex(/^(gid:\/\/shopify\/\w+\/)?\d+$/, 'an id such as gid://shopify/Customer/1');
const email = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address');
const phone = z.string().regex(/^\+\d{6,15}$/, 'a phone number such as +353871234567');

const text = z.string().max(500);
const strings = z.array(text).max(250);
const pairs = z.array(z.strictObject({ name: text, value: z.string().max(5000) })).max(100);

const address = z.strictObject({
  country,
  province: text.nullable().optional(),
  city: text.nullable().optional(),
  zip: text.nullable().optional(),
  line1: text.nullable().optional(),
  line2: text.nullable().optional(),
  firstName: text.nullable().optional(),
  lastName: text.nullable().optional(),
  company: text.nullable().optional(),
  phone: text.nullable().optional(),
});

export const customer = z.strictObject({
  email: email.nullable().optional(),
  phone: phone.nullable().optional(),
  firstName: text.nullable().optional(),
  lastName: text.nullable().optional(),
  locale: locale.optional(),
  acceptsMarketing: z.boolean().optional(),
  acceptsSms: z.boolean().optional(),
  tags: strings.optional(),
  address: address.nullable().optional(),
});

export const customerChange = customer.extend({ note: text.optional() });

/** A whole number; each verb says itself which ones it takes. */
const quantity = z.number().int('a whole number').min(0).max(100_000);

const line = z.strictObject({
  handle: text.optional(),
  variant: gid.optional(),
  id: gid.optional(),
  quantity: quantity.optional(),
  properties: pairs.optional(),
});
const lines = z.array(line).max(500);

/** One who is known by id, or who they are. */
const buyer = customer
  .extend({ id: gid.optional() })
  .refine((who) => who.id === undefined || Object.keys(who).length === 1, 'an id, or who they are, not both')
  .refine((who) => who.id ?? who.email ?? who.phone, 'an id, an email or a phone is needed');

export const order = z.strictObject({
  customer: buyer.nullable().optional(),
  lines: lines.min(1, 'at least one line'),
  discountCodes: strings.optional(),
  source: z.enum(['web', 'pos', 'shopify_draft_order']).optional(),
  test: z.boolean().optional(),
  paid: z.boolean().optional(),
  shipTo: address.nullable().optional(),
  billTo: address.nullable().optional(),
  locale: z.string().max(20).optional(),
  acceptsMarketing: z.boolean().optional(),
  note: text.nullable().optional(),
  attributes: pairs.optional(),
  tags: strings.optional(),
  landingSite: text.nullable().optional(),
  visits: z.array(z.strictObject({ landingPage: text, at: z.iso.datetime() })).optional(),
  referringSite: text.nullable().optional(),
  clientIp: text.nullable().optional(),
  userAgent: text.nullable().optional(),
  checkoutToken: z.string().min(8).max(64).optional(),
});

const amount = z.string().regex(/^\d+(\.\d+)?$/, 'a decimal amount as text, such as "10.00"');

export const verbs = {
  fulfil: z.strictObject({
    lines: lines.optional(),
    carrier: text.optional(),
    trackingNumber: text.optional(),
  }),
  deliver: z.strictObject({
    lines: lines.optional(),
    fulfillment: text.optional(),
    carrier: text.min(1).optional(),
    status: z
      .enum([
        'label_printed',
        'label_purchased',
        'attempted_delivery',
        'ready_for_pickup',
        'confirmed',
        'in_transit',
        'out_for_delivery',
        'delivered',
        'failure',
      ])
      .optional(),
  }),
  cancel: z.strictObject({
    reason: z.enum(['customer', 'inventory', 'fraud', 'declined', 'staff', 'other']).optional(),
    refund: z.boolean().optional(),
  }),
  refund: z.strictObject({
    lines: lines.optional(),
    amount: amount.optional(),
    note: text.optional(),
    restock: z.boolean().optional(),
  }),
  edit: z.strictObject({ lines: lines.min(1, 'at least one line') }),
  pay: z.strictObject({}),
  return: z.strictObject({ lines: lines.optional(), reason: text.optional(), note: text.optional() }),
  'close-return': z.strictObject({}),
  assess: z.strictObject({ risk: z.enum(['none', 'low', 'medium', 'high']) }),
  dispute: z.strictObject({
    type: z.enum(['inquiry', 'chargeback']).optional(),
    status: z
      .enum(['needs_response', 'under_review', 'charge_refunded', 'accepted', 'won', 'lost'])
      .optional(),
  }),
  delete: z.strictObject({}),
};

export const nothing = z.strictObject({});
