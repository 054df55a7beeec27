import type { DefaultSequence } from '../defaults/defaults.ts';

/**
 * After a good sign, and once they have had it for ten days: would they show it? Nobody is asked before their parcel is
 * there, nobody who has sent a story within half a year, and nobody more often than twice a year.
 */
export const showUs: DefaultSequence = {
  key: 'show-us',
  name: 'Show us',
  plan: {
    format: 1,
    trigger: {
      on: ['answer.verified', 'review.written'],
      each: 'order',
      freshFor: { days: 14 },
      when: { fact: 'trigger.score', is: 'at-least', value: 4 },
    },
    reentry: { kind: 'after', days: 180 },
    start: 'arrived',
    steps: [
      {
        kind: 'wait-for',
        key: 'arrived',
        when: { fact: 'shipment.arrived', is: 'equal', value: true },
        within: { days: 60 },
        next: 'ten-days',
        otherwise: null,
      },
      {
        kind: 'wait',
        key: 'ten-days',
        until: { from: 'delivered', after: { days: 10 } },
        next: 'two-days',
      },
      {
        kind: 'wait',
        key: 'two-days',
        until: { from: 'reached', after: { days: 2 }, awake: true },
        next: 'ask',
      },
      {
        kind: 'message',
        key: 'ask',
        class: 'ask',
        template: 'show-us',
        uselessAfter: { days: 28 },
        next: null,
      },
    ],
    exits: [
      { key: 'not-happy', when: { fact: 'customer.last-score', is: 'at-most', value: 3 } },
      { key: 'story-sent', when: { fact: 'customer.story-sent', is: 'equal', value: true } },
    ],
  },
};
