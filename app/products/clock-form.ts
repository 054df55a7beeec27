/** What the page of a product posts, and what is wrong with it, field by field. */
import { z } from 'zod';
import { MAIL_LOCALES } from '../shops/settings.ts';
import type { CareGuide } from './product.ts';

export const MAX_DAYS = 3650;
const days = z.number().int().min(0).max(MAX_DAYS).nullable();
const guide = z.object({
  title: z.string().max(120),
  text: z.string().max(4000),
  /** Empty: there is none. */
  url: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]),
});
const clockSchema = z.object({
  firstUseDays: days,
  readyToJudgeDays: days,
  usefulLifeDays: days,
  /** On the shop's clock: "2026-05-04T18:30"; null: not an event. */
  eventEndsAt: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .refine((local) => !Number.isNaN(Date.parse(`${local}Z`)))
    .nullable(),
  careGuide: z.partialRecord(z.enum(MAIL_LOCALES), guide),
});
export type ClockForm = z.infer<typeof clockSchema>;

export type ReadClock =
  | { clock: Omit<ClockForm, 'careGuide'> & { careGuide: Record<string, CareGuide> } }
  /** By path of the field: "careGuide.de.text" */
  | { errors: Record<string, string> };

const DAYS = `A whole number of days, up to ${MAX_DAYS}.`;
const WORDS: Record<string, string> = {
  title: 'At most 120 characters.',
  text: 'At most 4,000 characters.',
  url: 'This is not a web address. It begins with https://',
  eventEndsAt: 'There is no such moment.',
};

/** A guide that is begun has a title and a text; what is empty in a language is not kept. */
export function clockIn(posted: unknown): ReadClock {
  const parsed = clockSchema.safeParse(posted);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path }) => [path.join('.'), WORDS[String(path.at(-1))] ?? DAYS]);
    return { errors: Object.fromEntries(said) as Record<string, string> };
  }
  const errors: Record<string, string> = {};
  const careGuide: Record<string, CareGuide> = {};
  for (const [locale, { title, text, url }] of Object.entries(parsed.data.careGuide)) {
    if (!title.trim() && !text.trim() && !url) continue;
    if (!title.trim()) errors[`careGuide.${locale}.title`] = 'The guide needs a title.';
    if (!text.trim()) errors[`careGuide.${locale}.text`] = 'The guide needs its text.';
    careGuide[locale] = { title, text, url: url || null };
  }
  return Object.keys(errors).length > 0 ? { errors } : { clock: { ...parsed.data, careGuide } };
}
