import type { DefaultSequence } from './defaults.ts';

/** An hour after payment: a personal note, nothing to buy, nothing to do. */
export const thankYou: DefaultSequence = {
  key: 'thank-you',
  name: 'Thank you',
  plan: {
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
    start: 'an-hour',
    steps: [
      { kind: 'wait', key: 'an-hour', until: { after: { hours: 1 } }, next: 'note' },
      {
        kind: 'message',
        key: 'note',
        class: 'service',
        template: 'thank-you',
        uselessAfter: { days: 3 },
        next: null,
      },
    ],
  },
};
