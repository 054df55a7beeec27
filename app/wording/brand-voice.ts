/** How the shop speaks: what the merchant writes down for whoever answers. */
import { z } from 'zod';

const line = (max: number) => z.string().trim().max(max);

export const brandVoiceSchema = z.object({
  /** "We say you. We thank first." For people to read; a language model is told as well. */
  dos: line(2000).default(''),
  donts: line(2000).default(''),
  /** Words that are never used, in any language. */
  banned: z.array(line(60).min(1)).max(100).default([]),
  /** Answers to common questions: offered beside what was answered before. */
  answers: z
    .array(z.object({ question: line(300).min(1), answer: line(4000).min(1) }))
    .max(100)
    .default([]),
  /** Refunds may be promised without a second look. */
  mayPromiseRefunds: z.boolean().default(false),
  /** A service of the merchant's that writes drafts; none while empty. */
  model: z
    .object({
      url: z.union([z.url({ protocol: /^https$/ }), z.literal('')]).default(''),
      /** What of the customer it may be told. The words of the conversation it always is. */
      tellsName: z.boolean().default(false),
      tellsOrder: z.boolean().default(false),
    })
    .prefault({}),
});

export type BrandVoice = z.infer<typeof brandVoiceSchema>;

/** As stored, completed; what no longer fits is as if nothing had been written down. */
export function readBrandVoice(stored: unknown): BrandVoice {
  const parsed = brandVoiceSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : brandVoiceSchema.parse({});
}

/** What a form has sent, or what is wrong with it by field. */
export function brandVoiceIn(sent: unknown): { voice: BrandVoice } | { errors: Record<string, string> } {
  const parsed = brandVoiceSchema.safeParse(sent);
  if (parsed.success) return { voice: { ...parsed.data, banned: [...new Set(parsed.data.banned)] } };
  const errors = parsed.error.issues.map((issue) => [issue.path.join('.') || 'form', said(issue)]);
  return { errors: Object.fromEntries(errors) as Record<string, string> };
}

const said = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'too_big') return `At most ${String(issue.maximum)}`;
  if (issue.code === 'too_small') return 'Write something, or take it away';
  return issue.path.join('.') === 'model.url' ? 'An address that begins with https://' : 'This does not fit';
};
