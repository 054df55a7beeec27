/** What the editor begins with: new steps and new plans, complete in every field, and drafts that are read back. */
import type { z } from 'zod';
import { planSchema, type Plan } from './plan.ts';
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
  },
  reentry: { kind: 'always' },
  start: 'wait',
  steps: [blankStep('wait', 'wait')],
  exits: [],
};

/** Of a value that is still to be filled in; anything else is no plan that could be drawn. */
const UNFINISHED = new Set<z.core.$ZodIssue['code']>(['too_small', 'too_big', 'invalid_format', 'custom']);

/**
 * A draft that can be drawn and edited, complete or not; null where it is no plan at all.
 * Whether it may be published is for parsePlan to say.
 */
export function readDraft(json: unknown): Plan | null {
  const parsed = planSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  if (!parsed.error.issues.every(({ code }) => UNFINISHED.has(code))) return null;
  const draft = json as Plan;
  if (draft.steps.length === 0) return null;
  return {
    ...BLANK_PLAN,
    ...draft,
    trigger: { ...BLANK_PLAN.trigger, ...draft.trigger },
    steps: draft.steps.map(filled),
  };
}

/** What has a default may have been left out. */
function filled(step: Step): Step {
  const whole = { ...blankStep(step.kind, step.key), ...step };
  return whole.kind === 'wait' ? { ...whole, until: { ...NO_UNTIL, ...whole.until } } : whole;
}

const NO_UNTIL = { from: 'trigger', product: null, at: null, awake: false } as const;
