import type { DefaultSequence } from '../defaults/defaults.ts';

/** With the fifth order a card by hand, once in a lifetime. */
export const regulars: DefaultSequence = {
  key: 'regulars',
  name: 'A card for a regular',
  plan: {
    format: 1,
    trigger: {
      on: ['order.paid'],
      each: 'customer',
      channels: ['web', 'pos', 'draft', 'app'],
      freshFor: { days: 3 },
      when: { fact: 'order.ordinal', is: 'at-least', value: 5 },
    },
    reentry: { kind: 'once' },
    start: 'regular',
    steps: [
      { kind: 'tag', key: 'regular', tags: ['regular'], next: 'card' },
      {
        kind: 'task',
        key: 'card',
        title: 'Write a card by hand',
        note: 'It goes into the parcel. Two sentences and your name are enough.',
        next: null,
      },
    ],
  },
};
