import type { DefaultSequence } from './defaults.ts';

/** When what was bought has had its day, or after ninety days without an order. Every order counts anew. */
export const winBack: DefaultSequence = {
  key: 'win-back',
  name: 'We miss you',
  plan: {
    format: 1,
    trigger: {
      on: ['order.paid'],
      each: 'order',
      channels: ['web', 'pos', 'draft', 'app'],
      freshFor: { days: 30 },
    },
    reentry: { kind: 'replace' },
    start: 'a-while',
    steps: [
      {
        kind: 'wait',
        key: 'a-while',
        until: { product: 'end-of-life', after: { days: 90 }, awake: true },
        next: 'hello',
      },
      {
        kind: 'message',
        key: 'hello',
        class: 'offer',
        template: 'win-back',
        uselessAfter: { days: 30 },
        next: null,
      },
    ],
    exits: [{ key: 'ordered-again', when: { fact: 'customer.ordered-since', is: 'at-least', value: 1 } }],
  },
};
