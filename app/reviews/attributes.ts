/** What may be said of a product beside stars: how it fits, how well it is made. The merchant names them by product type. */
import { z } from 'zod';
import type { Texts } from '../shops/translations.ts';

export interface Attribute {
  /** Of which products; empty: all. */
  productType: string;
  key: string;
  label: Texts;
  /** What 1 and 5 mean. */
  low: Texts;
  high: Texts;
}

const texts = z
  .record(z.string().regex(/^[a-z]{2}(-[A-Za-z0-9]{2,8})?$/), z.string().trim().max(60))
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, text]) => text !== '')))
  .refine((given) => Object.keys(given).length > 0, 'say it in one language at least');

/** Attributes as a merchant sends them; at most so many a product type, because a form is filled in on a phone. */
const ATTRIBUTES_MAX = 5;
export const attributesSchema = z
  .array(
    z.object({
      productType: z.string().trim().max(80),
      key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens'),
      label: texts,
      low: texts,
      high: texts,
    }),
  )
  .max(60)
  .superRefine((all, context) => {
    const counts = new Map<string, number>();
    const seen = new Set<string>();
    for (const [i, { productType, key }] of all.entries()) {
      const type = productType.toLowerCase();
      counts.set(type, (counts.get(type) ?? 0) + 1);
      if (counts.get(type)! > ATTRIBUTES_MAX)
        context.addIssue({
          code: 'custom',
          path: [i],
          message: `at most ${ATTRIBUTES_MAX} for one product type`,
        });
      if (seen.has(`${type}\n${key}`))
        context.addIssue({ code: 'custom', path: [i, 'key'], message: `"${key}" is there twice` });
      seen.add(`${type}\n${key}`);
    }
  });

/** Those of a product type and those of all, each key once: the narrower one wins. */
export function attributesOf(all: readonly Attribute[], productType: string): Attribute[] {
  const type = productType.toLowerCase();
  const own = all.filter((each) => each.productType !== '' && each.productType.toLowerCase() === type);
  const common = all.filter((each) => each.productType === '' && !own.some(({ key }) => key === each.key));
  return [...own, ...common].slice(0, ATTRIBUTES_MAX);
}

/** { fit: 3 }, with only what was asked and in range. @returns the name of the first wrong one, instead */
export function readAttributes(
  asked: readonly Attribute[],
  given: Readonly<Record<string, number>>,
): Record<string, number> | { wrong: string } {
  for (const [key, value] of Object.entries(given)) {
    if (!asked.some((each) => each.key === key)) return { wrong: key };
    if (!Number.isInteger(value) || value < 1 || value > 5) return { wrong: key };
  }
  return { ...given };
}
