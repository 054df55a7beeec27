/** What the block may send, checked; what fits here may still not fit the survey. */
import { z } from 'zod';
import type { AnswerInput, BlockSubject, ParcelInput, RedeemInput, SharedInput } from './block.ts';

const value = z.union([
  z.number(),
  z.string().max(8000),
  z.array(z.string().max(100)).max(20),
  z.record(z.string().max(40), z.union([z.number(), z.string().max(40)])),
]);

const subjectSchema = z.object({
  page: z.enum(['thank-you', 'order-status']),
  order: z.string().max(100).nullable(),
  checkoutToken: z
    .string()
    .regex(/^[\w-]{8,128}$/)
    .nullable(),
  locale: z.string().max(35),
  country: z.string().max(8).nullable(),
  isFirst: z.boolean().optional(),
  products: z.array(z.string().max(24)).max(50).optional(),
}) satisfies z.ZodType<BlockSubject>;

const operationId = z.string().regex(/^[\w:.-]{8,100}$/, '8 to 100 letters, digits, _ - : .');

/** The body of an answer. */
export const answerInputSchema = subjectSchema.extend({
  survey: z.object({
    id: z.uuid(),
    version: z.number().int().min(1),
    variant: z.enum(['a', 'b']).optional(),
  }),
  operationId,
  answers: z
    .array(z.object({ question: z.string().max(40), value }))
    .min(1)
    .max(20),
  more: z.literal(true).optional(),
  amends: z.literal(true).optional(),
  part: z.number().int().min(0).max(1000).optional(),
}) satisfies z.ZodType<AnswerInput>;

/** The body of what is said of a parcel. */
export const parcelInputSchema = subjectSchema.extend({
  parcel: z.enum(['missing', 'arrived']),
}) satisfies z.ZodType<ParcelInput>;

/** The body of a redemption of points. */
export const redeemInputSchema = subjectSchema.extend({
  redeem: operationId,
}) satisfies z.ZodType<RedeemInput>;

/** The body of what is told when a code is copied or shared. */
export const sharedInputSchema = subjectSchema.extend({
  shared: z.enum(['copy', 'share']),
}) satisfies z.ZodType<SharedInput>;
