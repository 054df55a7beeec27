import type { DefaultSequence } from '../defaults/defaults.ts';

/** A parcel that is still on its way after eight days: we say so before the customer has to ask. */
export const lateParcel: DefaultSequence = {
  key: 'late-parcel',
  name: 'Your parcel takes its time',
  plan: {
    format: 1,
    trigger: { on: ['shipment.shipped'], each: 'shipment', freshFor: { days: 3 } },
    start: 'arrival',
    steps: [
      {
        kind: 'wait-for',
        key: 'arrival',
        when: { fact: 'shipment.arrived', is: 'equal', value: true },
        within: { days: 8 },
        next: null,
        otherwise: 'morning',
      },
      {
        kind: 'wait',
        key: 'morning',
        until: { after: {}, from: 'reached', at: { hour: 10 } },
        next: 'sorry',
      },
      {
        kind: 'message',
        key: 'sorry',
        class: 'service',
        template: 'late-parcel',
        uselessAfter: { days: 3 },
        next: 'look',
      },
      { kind: 'task', key: 'look', title: 'Ask the carrier where the parcel is', next: null },
    ],
  },
};
