import type { DefaultSequence } from './defaults.ts';

/** A week after delivery: one question, answered by one click. Once an order, however many parcels it came in. */
export const howIsItGoing: DefaultSequence = {
  key: 'how-is-it-going',
  name: 'How is it going?',
  plan: {
    format: 1,
    trigger: { on: ['shipment.delivered'], each: 'order', freshFor: { days: 7 } },
    start: 'a-week',
    steps: [
      { kind: 'wait', key: 'a-week', until: { after: { weeks: 1 }, awake: true }, next: 'question' },
      {
        kind: 'message',
        key: 'question',
        class: 'ask',
        template: 'how-is-it-going',
        survey: 'how-is-it-going',
        uselessAfter: { days: 14 },
        next: null,
      },
    ],
  },
};
