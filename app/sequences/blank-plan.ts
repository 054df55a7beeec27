/** What the editor begins with: new steps and new plans, complete in every field. */
import type { Plan } from './plan.ts';
import type { Step, StepKind } from './steps.ts';

/** A step as it is when it has just been added; it leads nowhere yet. Some fields wait for the merchant's words. */
export function blankStep(kind: StepKind, key: string): Step {
  switch (kind) {
    case 'wait':
      return { kind, key, until: { ...BLANK_UNTIL }, next: null };
    case 'wait-for':
      return { kind, key, when: ANSWERED, within: { weeks: 1 }, next: null, otherwise: null };
    case 'condition':
      return { kind, key, branches: [{ when: ANSWERED, next: null }], otherwise: null };
    case 'split':
      return { kind, key, ways: [wayNamed('A'), wayNamed('B')] };
    case 'message':
      return {
        kind,
        key,
        channel: 'email',
        class: 'ask',
        template: '',
        survey: null,
        needs: [],
        priority: 'normal',
        uselessAfter: { weeks: 2 },
        next: null,
      };
    case 'gift':
      return { kind, key, value: { percent: 10 }, validDays: 90, next: null };
    case 'tag':
      return { kind, key, on: 'customer', tags: [], next: null };
    case 'metafield':
      return { kind, key, on: 'customer', namespace: 'everafter', name: '', value: '', next: null };
    case 'webhook':
      return { kind, key, url: '', next: null };
    case 'task':
      return { kind, key, title: '', note: '', next: null };
    case 'start':
      return { kind, key, sequence: '', next: null };
    case 'stop':
      return { kind, key, reason: 'plan' };
  }
}

const ANSWERED = { fact: 'order.answered', is: 'equal', value: true } as const;
const BLANK_UNTIL = { after: { days: 1 }, from: 'reached', product: null, at: null, awake: true } as const;
const wayNamed = (name: string) => ({ name, weight: 50, next: null });

/** Where a sequence from scratch begins: a day after payment. */
export const BLANK_PLAN: Plan = {
  format: 1,
  trigger: {
    on: ['order.paid'],
    each: 'order',
    channels: ['web', 'draft', 'app'],
    testOrders: false,
    freshFor: { days: 2 },
    when: null,
    most: null,
    which: { ahead: 0, date: null, tags: [], segments: [], stages: [] },
  },
  reentry: { kind: 'always' },
  start: 'wait',
  steps: [blankStep('wait', 'wait')],
  exits: [],
};
