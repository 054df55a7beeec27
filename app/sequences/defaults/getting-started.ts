import type { DefaultSequence } from './defaults.ts';

/** A day after a parcel has come: how to look after what was in it. */
export const gettingStarted: DefaultSequence = {
  key: 'getting-started',
  name: 'Getting started',
  plan: {
    format: 1,
    trigger: { on: ['shipment.delivered'], each: 'shipment', freshFor: { days: 5 } },
    start: 'a-day',
    steps: [
      { kind: 'wait', key: 'a-day', until: { after: { days: 1 }, awake: true }, next: 'guide' },
      {
        kind: 'message',
        key: 'guide',
        class: 'service',
        template: 'getting-started',
        uselessAfter: { days: 7 },
        next: null,
      },
    ],
  },
};
