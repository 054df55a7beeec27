import type { DefaultSequence } from '../defaults/defaults.ts';

/** The morning after a refund: sorry that it was not right, and an open ear. */
export const sorryRefund: DefaultSequence = {
  key: 'sorry-refund',
  name: 'Sorry that it was not right',
  plan: {
    format: 1,
    trigger: { on: ['order.refunded'], each: 'order', freshFor: { days: 3 } },
    start: 'morning',
    steps: [
      {
        kind: 'wait',
        key: 'morning',
        until: { after: { hours: 12 }, from: 'trigger', at: { hour: 10 } },
        next: 'sorry',
      },
      {
        kind: 'message',
        key: 'sorry',
        class: 'service',
        template: 'sorry-refund',
        uselessAfter: { days: 5 },
        next: null,
      },
    ],
  },
};
