/** What a merchant sets about answering. Every field has a default, so that `{}` is a whole set. */
import { z } from 'zod';
import { minutesOf } from './hours.ts';
import { CLOCKS, type Clock } from './matters.ts';

const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const stretch = z
  .object({ from: time, to: time })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), 'ends before it begins');
/** One that there is: no 30 February. */
const day = z.iso.date();
const email = z.email().max(254);

const DAY = [{ from: '09:00', to: '18:00' }];
const WEEK = [DAY, DAY, DAY, DAY, DAY, [], []];

/** Working minutes; `resolution` null: no promise. Ten years of minutes are more than anybody means. */
const minutes = z.number().int().min(1).max(60_000);
const targetSchema = z.object({ reply: minutes, resolution: minutes.nullable() });
export type Target = z.infer<typeof targetSchema>;

const TARGETS: Record<Clock, Target> = {
  complaint: { reply: 30, resolution: 2 * 540 },
  review: { reply: 12 * 60, resolution: null },
  question: { reply: 4 * 60, resolution: 3 * 540 },
  message: { reply: 4 * 60, resolution: 3 * 540 },
  praise: { reply: 12 * 60, resolution: null },
};

const CUE_KINDS = ['words', 'score', 'value', 'stage', 'contacts'] as const;
/** What makes a conversation somebody's at once: `value` holds words with commas, a score, an amount, a stage, a count. */
const cue = z.object({ kind: z.enum(CUE_KINDS), value: z.string().trim().min(1).max(300), to: email });
export type Cue = z.infer<typeof cue>;

export const inboxSettingsSchema = z.object({
  targets: z
    .object(
      Object.fromEntries(CLOCKS.map((clock) => [clock, targetSchema.default(TARGETS[clock])])) as Record<
        Clock,
        z.ZodDefault<typeof targetSchema>
      >,
    )
    .prefault({}),
  /** Monday first */
  week: z
    .array(z.array(stretch).max(6))
    .length(7)
    .refine((days) => days.some((stretches) => stretches.length > 0), 'somebody has to be there on some day')
    .default(WEEK),
  /** Public holidays of the shop's country are days off. */
  publicHolidays: z.boolean().default(true),
  /** Other days off. */
  closedDays: z.array(day).max(366).default([]),
  /** Warned when so many minutes are left, or a quarter of the time, whichever is shorter. */
  warnMinutes: z.number().int().min(1).max(1440).default(120),
  people: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(80),
        email,
        userId: z.string().max(30).nullable().default(null),
      }),
    )
    .max(50)
    .default([]),
  /** Who is told next, so many working minutes after it has become late. */
  chain: z
    .array(z.object({ lateBy: z.number().int().min(0).max(60_000), to: email }))
    .max(10)
    .default([]),
  cues: z.array(cue).max(30).default([]),
  thanks: z
    .object({
      on: z.boolean().default(false),
      /** By language; the house's own where a language has none. */
      texts: z.record(z.string().max(10), z.array(z.string().trim().min(1).max(2000)).max(20)).default({}),
    })
    .prefault({}),
  help: z
    .object({ on: z.boolean().default(true), afterHours: z.number().int().min(0).max(720).default(24) })
    .prefault({}),
  /** Days after which asks and offers go on again when a problem has been solved. */
  holdDays: z.number().int().min(0).max(90).default(3),
  /** The same complaint so often about one product within so many days pauses asks about it. */
  alarm: z
    .object({
      on: z.boolean().default(true),
      count: z.number().int().min(2).max(100).default(3),
      days: z.number().int().min(1).max(90).default(7),
    })
    .prefault({}),
  /** Show everybody how fast answers are. */
  badge: z.boolean().default(false),
});

export type InboxSettings = z.infer<typeof inboxSettingsSchema>;

/** As stored, completed with defaults; what no longer fits falls back as a whole. */
export function readInboxSettings(stored: unknown): InboxSettings {
  const parsed = inboxSettingsSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : inboxSettingsSchema.parse({});
}
