import type { DefaultSequence } from './defaults.ts';

/**
 * When a product is ready to be judged: happy or not, everybody is asked. At most three products of an order, so that
 * a full basket does not become a month of mails.
 */
export const review: DefaultSequence = {
  key: 'review',
  name: 'Your story in a review',
  plan: {
    format: 1,
    trigger: { on: ['shipment.delivered'], each: 'product', freshFor: { days: 14 }, most: 3 },
    start: 'ready',
    steps: [
      {
        kind: 'wait',
        key: 'ready',
        until: { product: 'ready-to-judge', after: { days: 14 }, awake: true },
        next: 'ask',
      },
      {
        kind: 'message',
        key: 'ask',
        class: 'ask',
        template: 'review',
        uselessAfter: { days: 28 },
        next: null,
      },
    ],
    exits: [{ key: 'reviewed', when: { fact: 'product.reviewed', is: 'equal', value: true } }],
  },
};
