/** Texts to answer with, in the Liquid of the house. Pure. */
import { z } from 'zod';
import { fill, parse, read } from '../messages/liquid.ts';

export const macroSchema = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  locale: z.string().min(2).max(10),
  name: z.string().trim().min(1).max(60),
  body: z.string().trim().min(1).max(10_000),
});
export type Macro = z.infer<typeof macroSchema>;

/** What a macro may name. */
export interface MacroFields {
  customer: { first_name: string | null; last_name: string | null };
  shop: { name: string; url: string; email: string | null; signature: string };
  order: { name: string; status_url: string | null } | null;
  shipment: { carrier: string | null; tracking_url: string | null } | null;
  product: { title: string } | null;
}

export const MACRO_FIELDS = [
  'customer.first_name',
  'customer.last_name',
  'shop.name',
  'shop.url',
  'shop.email',
  'shop.signature',
  'order.name',
  'order.status_url',
  'shipment.carrier',
  'shipment.tracking_url',
  'product.title',
] as const;

/** What is wrong with a macro; null when it can be used. */
export function macroProblem(body: string): string | null {
  const { error, fields } = read(body);
  if (error) return error;
  const unknown = fields.find((field) => !MACRO_FIELDS.some((name) => name === field));
  return unknown ? `unknown field ${unknown}` : null;
}

/**
 * A macro filled in. What is not known and has no fallback stands there in brackets, for the writer to fill: a text in a
 * box is not a mail yet.
 */
export function filledMacro(body: string, fields: MacroFields): string {
  let text = body;
  for (let round = 0; round < MACRO_FIELDS.length; round++) {
    const filled = fill(parse('text', text), fields);
    if ('text' in filled) return filled.text;
    const name = filled.missing.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const without = text.replace(new RegExp(`\\{\\{[^}]*${name}[^}]*\\}\\}`, 'g'), `[${filled.missing}]`);
    if (without === text) break;
    text = without;
  }
  return text;
}
