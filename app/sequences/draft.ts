/** Drafts as they are stored: read back to be drawn and edited, finished or not. */
import type { z } from 'zod';
import { BLANK_PLAN, blankStep } from './blank-plan.ts';
import { planSchema, type Plan } from './plan.ts';
import type { Step } from './steps.ts';

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
