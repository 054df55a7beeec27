import type { DefaultSequence } from '../defaults/defaults.ts';

/** When a product is used up, or after sixty days: a hand to find it again. One product of an order, the dearest. */
export const buyAgain: DefaultSequence = {
  key: 'buy-again',
  name: 'Running low?',
  plan: {
    format: 1,
    trigger: { on: ['shipment.delivered'], each: 'product', freshFor: { days: 14 }, most: 1 },
    reentry: { kind: 'replace' },
    start: 'used-up',
    steps: [
      {
        kind: 'wait',
        key: 'used-up',
        until: { product: 'end-of-life', after: { days: 60 }, awake: true },
        next: 'again',
      },
      {
        kind: 'message',
        key: 'again',
        class: 'offer',
        template: 'buy-again',
        uselessAfter: { days: 21 },
        next: null,
      },
    ],
    exits: [{ key: 'ordered-again', when: { fact: 'customer.ordered-since', is: 'at-least', value: 1 } }],
  },
};
