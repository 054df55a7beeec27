/** Pieces that webhook bodies are made of. Lenient about what is missing, strict about what is wrong. */
import { z } from 'zod';
import { minorDigits } from '../../shops/money.ts';
import type { Address } from '../../customers/person.ts';

/** What a column can hold. */
const MAX_BIGINT = 2n ** 63n - 1n;
const MAX_INT = 2 ** 31 - 1;

/** A number, a bigint, or `gid://shopify/Order/1`. */
export const id = z
  .union([
    z.number().int().positive(),
    z.bigint().positive(),
    z.string().regex(/^(gid:\/\/shopify\/\w+\/)?[1-9]\d{0,18}$/),
  ])
  .transform((value) => BigInt(typeof value === 'string' ? value.replace(/^.*\//, '') : value))
  .refine((value) => value <= MAX_BIGINT);

export const count = z.number().int().nonnegative().max(MAX_INT);

export const moment = z
  .string()
  .transform((value) => new Date(value))
  .refine((date) => date.getUTCFullYear() >= 1970 && date.getUTCFullYear() <= 9000);

export const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => /^-?\d{1,14}(\.\d{1,12})?$/.test(value));
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const text = z.string();

const money = z.object({ amount: decimal, currency_code: currency });
export const moneySet = z.object({ shop_money: money, presentment_money: money.optional() });

/** Minor units of a decimal: "10.50" EUR → 1050n, "1500" JPY → 1500n. Digits beyond the smallest unit are rounded. */
export function minorOf(value: string, inCurrency: string): bigint {
  const digits = minorDigits(inCurrency);
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const padded = fraction.padEnd(digits + 1, '0');
  const minor = BigInt(whole + padded.slice(0, digits)) + (padded[digits]! >= '5' ? 1n : 0n);
  return value.startsWith('-') ? -minor : minor;
}

export const address = z.object({
  country_code: text.nullish(),
  province_code: text.nullish(),
  city: text.nullish(),
  zip: text.nullish(),
  address1: text.nullish(),
  address2: text.nullish(),
  first_name: text.nullish(),
  last_name: text.nullish(),
  phone: text.nullish(),
});

export function addressOf(body: z.infer<typeof address>): Address {
  const street = [body.address1, body.address2].filter(Boolean).join(' ');
  return {
    country: /^[A-Z]{2}$/i.test(body.country_code ?? '') ? body.country_code!.toUpperCase() : null,
    province: body.province_code || null,
    city: body.city || null,
    zip: body.zip || null,
    street: street || null,
  };
}

/** What is known of a webhook beside its body. */
export interface Context {
  shop: {
    id: bigint;
    domain: string;
    /** Shopify's; null until the first sync has told it. */
    shopifyId: bigint | null;
    currency: string;
    url: string | null;
  };
  topic: string;
  /** When it was sent, as far as that is known. */
  at: Date;
}
