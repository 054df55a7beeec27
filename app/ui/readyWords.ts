/** The thirteen ready sequences as they are offered, before anybody changes them; a test holds the list against app/sequences/ready. */
export const READY_WORDS = [
  {
    key: 'thank-you',
    name: 'Thank you',
    promise: 'An hour after payment, a personal note and nothing to sell.',
  },
  {
    key: 'getting-started',
    name: 'Getting started',
    promise: 'A day after delivery, care for what they bought.',
  },
  {
    key: 'how-is-it-going',
    name: 'How is it going?',
    promise: 'A week after delivery, one question answered by one click.',
  },
  {
    key: 'review',
    name: 'Your story in a review',
    promise: 'When each product is ready to judge, their story.',
  },
  { key: 'invite', name: 'Invite a friend', promise: 'After a good sign only, a code for friends.' },
  { key: 'win-back', name: 'We miss you', promise: 'When the product is used up, or after 90 days.' },
  {
    key: 'second-order',
    name: 'Thank you for coming back',
    promise: 'Two hours after their second order, thanks for coming back.',
  },
  {
    key: 'late-parcel',
    name: 'Your parcel takes its time',
    promise: 'After eight days without an arrival, before they have to ask.',
  },
  {
    key: 'put-right',
    name: 'Put it right',
    promise: 'After an unhappy answer a person writes; five days later, is it right now?',
  },
  {
    key: 'sorry-refund',
    name: 'Sorry that it was not right',
    promise: 'The morning after a refund, an open ear.',
  },
  { key: 'regulars', name: 'A card for a regular', promise: 'With the fifth order, a card by hand.' },
  { key: 'buy-again', name: 'Running low?', promise: 'When a product runs low, a hand to find it again.' },
  {
    key: 'show-us',
    name: 'Show us',
    promise: 'Ten days after delivery, whoever was happy is asked for a photo or a before-and-after.',
  },
];
