/** The twelve ready sequences as they are offered; a test holds the list against app/sequences/ready. */
import { promiseOf } from './planSentences.ts';

const NAMES: [string, string][] = [
  ['thank-you', 'Thank you'],
  ['getting-started', 'Getting started'],
  ['how-is-it-going', 'How is it going?'],
  ['review', 'Your story in a review'],
  ['invite', 'Invite a friend'],
  ['win-back', 'We miss you'],
  ['second-order', 'Thank you for coming back'],
  ['late-parcel', 'Your parcel takes its time'],
  ['put-right', 'Put it right'],
  ['sorry-refund', 'Sorry that it was not right'],
  ['regulars', 'A card for a regular'],
  ['buy-again', 'Running low?'],
];

export const READY_WORDS = NAMES.map(([key, name]) => ({ key, name, promise: promiseOf(key) }));
