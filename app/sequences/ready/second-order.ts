import type { DefaultSequence } from '../defaults/defaults.ts';

/** Two hours after the second order: thanks for coming back, and nothing to sell. */
export const secondOrder: DefaultSequence = {
  key: 'second-order',
  name: 'Thank you for coming back',
  plan: {
    format: 1,
    trigger: {
      on: ['order.paid'],
      each: 'order',
      freshFor: { days: 2 },
      when: { fact: 'order.ordinal', is: 'equal', value: 2 },
    },
    start: 'two-hours',
    steps: [
      { kind: 'wait', key: 'two-hours', until: { after: { hours: 2 }, awake: true }, next: 'thanks' },
      {
        kind: 'message',
        key: 'thanks',
        class: 'service',
        template: 'second-order',
        uselessAfter: { days: 5 },
        next: null,
      },
    ],
  },
};
