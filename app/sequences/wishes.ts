/** What plans want to hear of that nobody tells by itself: moments of the calendar, and what only Shopify can say. */
import { BIRTHDAY, isCalendar, type CalendarWish } from './calendar.ts';
import type { Condition } from './conditions.ts';
import type { Plan } from './plan.ts';

/** Each once. */
export function calendarWishes(plans: readonly Plan[]): CalendarWish[] {
  const wishes = plans.flatMap(({ trigger: { on, which } }) =>
    on.filter(isCalendar).map((kind) => ({
      kind,
      ahead: which.ahead,
      date: kind === 'customer.date' ? (which.date ?? BIRTHDAY) : null,
    })),
  );
  return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}

/** Something at Shopify that has to be asked for: who is in a segment, what a metafield says. */
export interface Audience {
  kind: 'segment' | 'date';
  /** Id of the segment, or NAMESPACE.KEY of the metafield */
  ref: string;
}

/** Each once. */
export function audiencesOf(plans: readonly Plan[]): Audience[] {
  const wanted = plans.flatMap((plan): Audience[] => {
    const { on, which } = plan.trigger;
    const listens = on.includes('customer.segment-joined') || on.includes('customer.segment-left');
    const segments = [...(listens ? which.segments : []), ...segmentsIn(conditionsOf(plan))];
    const dates = on.includes('customer.date') ? [which.date ?? BIRTHDAY] : [];
    return [
      ...segments.map((ref) => ({ kind: 'segment' as const, ref })),
      ...dates.map((ref) => ({ kind: 'date' as const, ref })),
    ];
  });
  return [...new Map(wanted.map((audience) => [`${audience.kind}:${audience.ref}`, audience])).values()];
}

/** Every condition of a plan, wherever it stands. */
function conditionsOf(plan: Plan): Condition[] {
  return [
    ...(plan.trigger.when ? [plan.trigger.when] : []),
    ...plan.exits.map(({ when }) => when),
    ...plan.steps.flatMap((step) => {
      if (step.kind === 'condition') return step.branches.map(({ when }) => when);
      return step.kind === 'wait-for' ? [step.when] : [];
    }),
  ];
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
