/** What staff know a text by. */
const NAMES: Record<string, string> = {
  'thank-you': 'Thank you',
  'getting-started': 'Getting started',
  'how-is-it-going': 'How is it going?',
  review: 'Your story in a review',
  invite: 'Invite a friend',
  'win-back': 'We miss you',
  'reward-issued': 'Your reward',
  'reward-given': 'Something for you',
  'reward-credit': 'Credit for you',
  'reward-reminder': 'Your reward runs out',
  'reward-credit-reminder': 'Your credit runs out',
  'points-reminder': 'Your points run out',
  'your-code': 'Your code for friends',
  'friend-ordered': 'A friend has ordered',
  'friend-counts': 'A friend’s order counts',
  'friend-held': 'A friend’s order is being checked',
  'friend-less': 'A friend’s order earns less',
  'friend-lost': 'A friend’s order does not count',
  'story-rights': 'May we show your story?',
  'event-pictures': 'You are in the pictures',
};
export const messageName = (key: string): string => NAMES[key] ?? key;
