/** Stages, their signs and their rules in words for staff. */
import type { Stage } from '../customers/customer.ts';
import type { Need, Sign, Way } from '../customers/stage-rules.ts';
import type { TimelineReason } from '../customers/timeline.ts';
import { money } from './format.ts';

/** "Became …" */
export const STAGE_WORDS: Record<Stage, string> = {
  stranger: 'a stranger',
  acquaintance: 'an acquaintance',
  friend: 'a friend',
  family: 'family',
};

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
const many = (count: number, one: string, more: string) =>
  count === 1 ? one : more.replace('#', String(count));

/** What somebody has done of a sign, continuing "they …". */
function done(sign: Sign, count: number): string {
  switch (sign) {
    case 'orders':
      return `ordered ${times(count)}`;
    case 'answers':
      return `answered ${times(count)}`;
    case 'kind-words':
      return `spoke well of you ${times(count)}`;
    case 'reviews':
      return many(count, 'wrote a review', 'wrote # reviews');
    case 'photos':
      return many(count, 'shared a picture', 'shared # pictures');
    case 'replies':
      return `wrote back ${times(count)}`;
    case 'healed':
      return many(count, 'had a trouble that you put right', 'had # troubles that you put right');
    case 'friends':
      return many(count, 'brought a friend', 'brought # friends');
    case 'score':
      return `gave you ${count} of 5 last`;
    case 'spent':
      return 'spent enough';
  }
}

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Why somebody stands where they stand, continuing "they …". */
export function stageReasonInWords(reason: TimelineReason): string {
  const number = (name: string) => Number(reason[name] ?? 0);
  switch (reason.code) {
    case 'signs':
      return listed(
        (reason['signs'] as string[]).map((each) => {
          const [sign, count] = each.split('=') as [Sign, string];
          return done(sign, Number(count));
        }),
      );
    case 'no-order':
      return 'has not ordered yet';
    case 'unhappy':
      return `was not happy (${number('score')} of 5)`;
    case 'sends-back':
      return `sends ${number('share')} % of the orders back`;
    case 'kept':
      return `has come that close only lately: a stage is kept for ${number('days')} days`;
    case 'ordered-once':
      return 'has ordered, and nothing else yet';
    case 'quiet':
      return `gave no sign for ${number('days')} days`;
    default:
      return earlierReason(reason, number);
  }
}

/** Reasons of lines that were written before shops had rules of their own. */
function earlierReason(reason: TimelineReason, number: (name: string) => number): string {
  switch (reason.code) {
    case 'brought-friends':
      return done('friends', number('friends'));
    case 'loyal':
      return `ordered ${number('orders')} times and speaks well of you`;
    case 'ordered-again':
      return done('orders', number('orders'));
    case 'said-well':
      return `said ${number('score')} of 5`;
    default:
      return reason.code;
  }
}

/** What is still needed of a sign, as "two more orders". */
function needed({ sign, atLeast }: Need, currency: string): string {
  const more = (one: string, several: string) =>
    atLeast === 1 ? `one more ${one}` : `${atLeast} more ${several}`;
  switch (sign) {
    case 'orders':
      return more('order', 'orders');
    case 'answers':
      return more('answer', 'answers');
    case 'kind-words':
      return more('kind word', 'kind words');
    case 'reviews':
      return more('review', 'reviews');
    case 'photos':
      return more('picture', 'pictures');
    case 'replies':
      return more('reply', 'replies');
    case 'healed':
      return 'a trouble that you put right';
    case 'friends':
      return more('friend brought', 'friends brought');
    case 'score':
      return `a next answer of ${atLeast} or more`;
    case 'spent':
      return `${money(atLeast, currency, 'en')} more`;
  }
}

/** "Next: a friend, with one more order." */
export function nextInWords(next: { stage: Stage; needs: readonly Need[] }, currency: string): string {
  return `Next: ${STAGE_WORDS[next.stage]}, with ${listed(next.needs.map((need) => needed(need, currency)))}.`;
}

/** Signs to choose from, as "orders, at least". */
export const SIGN_NAMES: Record<Sign, string> = {
  orders: 'Orders',
  answers: 'Answers',
  'kind-words': 'Kind words (4 or 5 of 5)',
  reviews: 'Reviews',
  photos: 'Pictures and stories',
  replies: 'Replies to your messages',
  healed: 'Troubles put right',
  friends: 'Friends brought',
  score: 'Last score, 1 to 5',
  spent: 'Spent',
};

/** "ordered 5 times and gave you 4 of 5 last" */
export const wayInWords = (way: Way): string => listed(way.map(({ sign, atLeast }) => done(sign, atLeast)));
