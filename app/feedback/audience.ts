/**
 * Who is asked, where a survey stands on a page. A vocabulary of its own, small enough to be a row of fields: what is in
 * it can be known while the page loads. What is unknown never fits.
 */
import { z } from 'zod';
import { STAGES, type Stage } from '../customers/customer.ts';

export const audienceSchema = z
  .object({
    orders: z.enum(['any', 'first', 'later']).default('any'),
    /** Ids at Shopify, as text: an order of at least one of them. */
    products: z
      .array(z.string().regex(/^[1-9]\d{0,18}$/, 'an id of Shopify’s'))
      .max(50)
      .default([]),
    /** ISO 3166, where the order goes. */
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'two capital letters'))
      .max(60)
      .default([]),
    stages: z.array(z.enum(STAGES)).max(STAGES.length).default([]),
    /** Of the reader: en, de */
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/, 'two or three small letters'))
      .max(20)
      .default([]),
  })
  .prefault({});
export type Audience = z.infer<typeof audienceSchema>;

/** What is known of the one who looks; null is not known. */
export interface Onlooker {
  /** 1 for the first order of this customer. */
  ordinal: number | null;
  products: readonly string[] | null;
  country: string | null;
  stage: Stage | null;
  locale: string | null;
}

export function fits(audience: Audience, one: Onlooker): boolean {
  const { orders, products, countries, stages, languages } = audience;
  if (orders !== 'any' && (one.ordinal === null || (one.ordinal === 1) !== (orders === 'first')))
    return false;
  const language = one.locale?.split('-')[0]?.toLowerCase() ?? null;
  return (
    (products.length === 0 || (one.products?.some((id) => products.includes(id)) ?? false)) &&
    isIn(countries, one.country) &&
    isIn(stages, one.stage) &&
    isIn(languages, language)
  );
}

/** An empty list asks for nothing. */
const isIn = <Word extends string>(wanted: readonly Word[], known: string | null): boolean =>
  wanted.length === 0 || (known !== null && (wanted as readonly string[]).includes(known));

export const isForAll = (audience: Audience): boolean =>
  audience.orders === 'any' &&
  [audience.products, audience.countries, audience.stages, audience.languages].every(
    (list) => list.length === 0,
  );
