/** What advocates are told of by mail while friends come: which news there are, and which of them a programme sends. */
import { z } from 'zod';

/** When somebody hears that a friend has come: as soon as they have ordered, once it counts, never. */
const JOINED = ['ordered', 'counts', 'never'] as const;

export const newsSchema = z
  .object({
    joined: z.enum(JOINED).default('counts'),
    /** An order is held: why, and what comes next. */
    held: z.boolean().default(true),
    /** An order does not count, or was undone, or earns less: why, and how to ask for another look. */
    lost: z.boolean().default(true),
  })
  .default({ joined: 'counts', held: true, lost: true });
export type NewsSettings = z.infer<typeof newsSchema>;

export const NEWS = ['ordered', 'counts', 'held', 'less', 'lost'] as const;
export type News = (typeof NEWS)[number];

/** Whether a programme tells it. @param comesAlone what was given brings a mail of its own, which says it */
export function isTold(news: News, settings: NewsSettings, comesAlone: boolean): boolean {
  switch (news) {
    case 'ordered':
      return settings.joined === 'ordered';
    case 'counts':
      return settings.joined !== 'never' && !comesAlone;
    // What they were told of has become less, or is gone.
    case 'less':
    case 'lost':
      return settings.lost;
    case 'held':
      return settings.held;
  }
}

/** Names the mail: each news of a friend's order goes once; what ended a second time, after a person let it pass, again. */
export const newsKey = (news: News, referralId: string, round = 0): string =>
  `referral:${referralId}:${news}${round === 0 || news !== 'lost' ? '' : `:${round + 1}`}`;

const HOUR = 3_600_000;
/** What is settled within a day by itself, or by the staff, worries nobody. */
export const HELD_AFTER_MS = 24 * HOUR;
/** Later than that it is no news. */
export const STALE_AFTER_MS = 21 * 24 * HOUR;
