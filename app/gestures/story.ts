/** A customer's story with the shop, as it stands on a card: what they did and what they said. */
import type { Stage } from '../customers/customer.ts';

export interface CustomerStory {
  customerId: string;
  name: string | null;
  stage: Stage;
  /** First order; null: none. */
  since: Date | null;
  orders: number;
  /** Minor units of the shop's currency. */
  spent: bigint;
  lastOrder: { name: string; at: Date; products: string[] } | null;
  friends: number;
  pictures: number;
  reviews: number;
  kindWords: number;
  /** Complaints that were put right, the last of them, and how often they ordered after it. */
  healed: { count: number; lastAt: Date; ordersSince: number } | null;
  /** Their own words, newest first, two at most. */
  words: { text: string; at: Date }[];
}

/** What makes a story worth a big surprise: a code with its number, strongest first. */
export interface StoryReason {
  code: 'came-back' | 'healed' | 'friends' | 'years' | 'words' | 'pictures' | 'orders';
  number: number;
  points: number;
}

const YEAR_MS = 365.25 * 86_400_000;

/**
 * What speaks for somebody. Not spending: who had trouble and stayed, brought others, and took the trouble to say
 * something kind comes before who bought much. Each sign counts for less the more there is of it.
 */
function reasonsOf(story: CustomerStory, now: Date): StoryReason[] {
  const years = story.since ? Math.floor((now.getTime() - story.since.getTime()) / YEAR_MS) : 0;
  const cameBack = story.healed?.ordersSince ?? 0;
  const all: StoryReason[] = [
    { code: 'came-back', number: cameBack, points: cameBack > 0 ? 30 + 5 * Math.sqrt(cameBack) : 0 },
    { code: 'healed', number: story.healed?.count ?? 0, points: story.healed && cameBack === 0 ? 12 : 0 },
    { code: 'friends', number: story.friends, points: 22 * Math.sqrt(story.friends) },
    { code: 'years', number: years, points: 8 * Math.sqrt(years) },
    {
      code: 'words',
      number: story.words.length,
      points: story.words.length > 0 && story.kindWords > 0 ? 14 : 0,
    },
    { code: 'pictures', number: story.pictures, points: 6 * Math.sqrt(story.pictures) },
    { code: 'orders', number: story.orders, points: 3 * Math.sqrt(Math.max(0, story.orders - 1)) },
  ];
  return all.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
}

export interface Candidate {
  story: CustomerStory;
  reasons: StoryReason[];
  points: number;
}

/** The strongest stories first; who has nothing to tell is none. */
export function candidatesIn(stories: readonly CustomerStory[], now: Date, most: number): Candidate[] {
  return stories
    .map((story) => {
      const reasons = reasonsOf(story, now);
      return { story, reasons, points: reasons.reduce((sum, { points }) => sum + points, 0) };
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.story.customerId.localeCompare(b.story.customerId))
    .slice(0, most);
}
