/** What the pixel says when somebody has ordered who came by a friend's link: extensions/pixel. */
import { z } from 'zod';

/** Larger bodies are no claims. */
export const CLAIM_BYTES = 2048;

/** Nothing of it is about a person. */
export const claimSchema = z.strictObject({
  /** What the friend's link left in the shop's address: links.ts */
  visit: z.string().min(20).max(600),
  /** Shopify's id of the order, as a number or as a gid. */
  order: z
    .string()
    .regex(/^(?:gid:\/\/shopify\/Order(?:Identity)?\/)?[1-9]\d{0,18}$/)
    .transform((id) => BigInt(id.split('/').at(-1)!))
    .refine((id) => id < 2n ** 63n),
  /** Of the checkout: only its buyer's browser and Shopify's own order have it. */
  checkout: z.string().regex(/^[\w-]{8,128}$/),
});
export type Claim = z.infer<typeof claimSchema>;
