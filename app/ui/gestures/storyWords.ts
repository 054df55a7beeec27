/** A customer's story in sentences, as it stands on a card. */
import type { CustomerStory, StoryReason } from '../../gestures/story.ts';
import { date } from '../format.ts';

export interface StoryView {
  customerId: string;
  name: string;
  /** What they did, a sentence each. */
  sentences: string[];
  /** What they said, newest first. */
  words: { text: string; on: string }[];
}

const many = (count: number, one: string, more: string) => (count === 1 ? one : `${count} ${more}`);
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One reason as a sentence without a subject: "Brought 3 friends". */
function reasonInWords({ code, number }: StoryReason, story: CustomerStory, zone: string): string {
  switch (code) {
    case 'came-back':
      return `Had a trouble that you put right (${date(story.healed!.lastAt, { locale: 'en', timeZone: zone })}), and has ordered ${times(number)} since`;
    case 'healed':
      return `Had ${many(number, 'a trouble', 'troubles')} that you put right`;
    case 'friends':
      return `Brought ${many(number, 'a friend', 'friends')}`;
    case 'years':
      return `Has been with you for ${many(number, 'a year', 'years')}`;
    case 'words':
      return 'Says kind things about you';
    case 'pictures':
      return `Sent ${many(number, 'a picture', 'pictures')}`;
    case 'orders':
      return `Ordered ${times(number)}`;
  }
}

export function storyView(
  story: CustomerStory,
  { zone, reasons }: { zone: string; reasons?: readonly StoryReason[] },
): StoryView {
  const on = (at: Date) => date(at, { locale: 'en', timeZone: zone });
  const last = story.lastOrder;
  const sentences = reasons
    ? reasons.map((reason) => reasonInWords(reason, story, zone))
    : plainSentences(story, on);
  return {
    customerId: story.customerId,
    name: story.name ?? 'A customer without a name',
    sentences: [
      ...sentences,
      ...(last && last.products.length > 0
        ? [`Last ordered ${last.products.join(', ')} on ${on(last.at)}`]
        : []),
    ],
    words: story.words.map(({ text, at }) => ({ text, on: on(at) })),
  };
}

function plainSentences(story: CustomerStory, on: (at: Date) => string): string[] {
  const { since, orders, healed, friends, pictures, reviews } = story;
  return [
    since && orders > 0 ? `With you since ${on(since)}, ordered ${times(orders)}` : null,
    friends > 0 ? `Brought ${many(friends, 'a friend', 'friends')}` : null,
    healed ? `Had ${many(healed.count, 'a trouble', 'troubles')} that you put right` : null,
    pictures > 0 ? `Sent ${many(pictures, 'a picture', 'pictures')}` : null,
    reviews > 0 ? `Wrote ${many(reviews, 'a review', 'reviews')}` : null,
  ]
    .filter((sentence) => sentence !== null)
    .map(capital);
}
