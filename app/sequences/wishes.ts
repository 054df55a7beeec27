/** What plans want to hear of that nobody tells by itself: moments of the calendar, and what only Shopify can say. */
import type { AudienceTrouble } from './audience.ts';
import { BIRTHDAY, dateOf, isCalendar, type CalendarWish } from './calendar.ts';
import type { Condition } from './conditions.ts';
import type { Plan } from './plan.ts';
import type { Step } from './steps.ts';

/** Each once. */
export function calendarWishes(plans: readonly Plan[]): CalendarWish[] {
  const wishes = plans.flatMap(({ trigger: { on, which } }) =>
    on.filter(isCalendar).map((kind) => ({
      kind,
      ahead: which.ahead,
      date: dateOf(kind, which.date),
    })),
  );
  return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}

/** Something at Shopify that has to be asked for: who is in a segment, what a metafield says. */
export interface Audience {
  kind: 'segment' | 'date' | 'product-date';
  /** Id of the segment, or NAMESPACE.KEY of the metafield */
  ref: string;
}

/** What Shopify does not answer for. */
export interface Unanswered extends Audience {
  why: AudienceTrouble;
  since: Date;
}

/** What a plan goes by and nobody can tell now, each once; `step` null: what sets the plan off and ends it. */
export function unansweredAt<Told extends Audience>(
  plan: Plan,
  unanswered: readonly Told[],
): { step: string | null; told: Told }[] {
  const met = new Set<string>();
  return audiencesAt(plan).flatMap(({ kind, ref, step }) => {
    const told = unanswered.find((each) => each.kind === kind && each.ref === ref);
    const name = JSON.stringify([kind, ref, step]);
    if (!told || met.has(name)) return [];
    met.add(name);
    return [{ step, told }];
  });
}

/** Each once. */
export function audiencesOf(plans: readonly Plan[]): Audience[] {
  const wanted = plans.flatMap(audiencesAt).map(({ kind, ref }) => ({ kind, ref }));
  return [...new Map(wanted.map((audience) => [`${audience.kind}:${audience.ref}`, audience])).values()];
}

/** What a plan asks of Shopify and where: at a step, or (null) at what sets it off and ends it. */
function audiencesAt({ trigger, exits, steps }: Plan): (Audience & { step: string | null })[] {
  const { on, which, when } = trigger;
  const listens = on.includes('customer.segment-joined') || on.includes('customer.segment-left');
  const ofPlan = [...(when ? [when] : []), ...exits.map((exit) => exit.when)];
  const segments = [...(listens ? which.segments : []), ...segmentsIn(ofPlan)];
  const dates = on.includes('customer.date') ? [which.date ?? BIRTHDAY] : [];
  const events = on.includes('product.event-ended') && which.date ? [which.date] : [];
  return [
    ...segments.map((ref) => ({ kind: 'segment' as const, ref, step: null })),
    ...dates.map((ref) => ({ kind: 'date' as const, ref, step: null })),
    ...events.map((ref) => ({ kind: 'product-date' as const, ref, step: null })),
    ...steps.flatMap((step) =>
      segmentsIn(conditionsOf(step)).map((ref) => ({ kind: 'segment' as const, ref, step: step.key })),
    ),
  ];
}

/** The conditions of a step. */
function conditionsOf(step: Step): Condition[] {
  if (step.kind === 'condition') return step.branches.map(({ when }) => when);
  return step.kind === 'wait-for' ? [step.when] : [];
}

function segmentsIn(conditions: readonly Condition[]): string[] {
  return conditions.flatMap((condition): string[] => {
    if ('all' in condition) return segmentsIn(condition.all);
    if ('any' in condition) return segmentsIn(condition.any);
    if ('not' in condition) return segmentsIn([condition.not]);
    const { fact, value } = condition;
    if (fact !== 'customer.segments' || !Array.isArray(value)) return [];
    return value.filter((ref) => /^[1-9]\d{0,18}$/.test(ref));
  });
}
