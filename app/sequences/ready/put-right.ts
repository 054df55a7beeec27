import type { DefaultSequence } from '../defaults/defaults.ts';

/** After an unhappy answer a person writes first; five days later one question, whether it has been put right. */
export const putRight: DefaultSequence = {
  key: 'put-right',
  name: 'Put it right',
  plan: {
    format: 1,
    trigger: {
      on: ['answer.verified'],
      each: 'order',
      channels: ['web', 'pos', 'draft', 'app'],
      freshFor: { days: 7 },
      when: { fact: 'trigger.score', is: 'at-most', value: 2 },
    },
    start: 'write',
    steps: [
      {
        kind: 'task',
        key: 'write',
        title: 'Write to an unhappy customer',
        note: 'Today, in your own words. Ask what went wrong before you offer anything.',
        next: 'five-days',
      },
      { kind: 'wait', key: 'five-days', until: { after: { days: 5 }, awake: true }, next: 'better' },
      {
        kind: 'message',
        key: 'better',
        class: 'ask',
        template: 'put-right',
        survey: 'how-is-it-going',
        uselessAfter: { days: 10 },
        next: null,
      },
    ],
    exits: [{ key: 'happy-again', when: { fact: 'customer.last-score', is: 'at-least', value: 4 } }],
  },
};
