import type { DefaultSequence } from './defaults.ts';

/** Two days after a good sign, and only then: the customer's own code for friends. At most twice a year. */
export const invite: DefaultSequence = {
  key: 'invite',
  name: 'Invite a friend',
  plan: {
    format: 1,
    trigger: {
      on: ['answer.verified', 'review.written'],
      each: 'customer',
      channels: ['web', 'pos', 'draft', 'app'],
      freshFor: { days: 14 },
      when: { fact: 'trigger.score', is: 'at-least', value: 4 },
    },
    reentry: { kind: 'after', days: 180 },
    start: 'two-days',
    steps: [
      { kind: 'wait', key: 'two-days', until: { after: { days: 2 }, awake: true }, next: 'invitation' },
      {
        kind: 'message',
        key: 'invitation',
        class: 'offer',
        template: 'invite',
        needs: ['referral-code'],
        uselessAfter: { days: 21 },
        next: null,
      },
    ],
    exits: [
      { key: 'not-happy', when: { fact: 'customer.last-score', is: 'at-most', value: 3 } },
      // The promised mail with the code is the invitation: nobody is invited twice.
      { key: 'code-mailed', when: { fact: 'customer.code-mailed', is: 'equal', value: true } },
    ],
  },
};
