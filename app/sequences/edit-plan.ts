/**
 * Editing a draft: operations as data, each of which gives a new plan. Keys of steps stay as they are; new ones are
 * never those of a step that has been published before, for people and messages are known by them.
 */
import { blankStep } from './blank-plan.ts';
import type { Plan } from './plan.ts';
import { nextOf, type Step, type StepKind } from './steps.ts';
import { leadsOn, reachable, stretchOf, type Stretch } from './stretch.ts';

/** A way on: before the first step (`after` null), or one of the ways out of a step, numbered as nextOf has them. */
export interface Place {
  after: string | null;
  way: number;
}

export type Edit =
  | { do: 'add'; kind: StepKind; at: Place }
  /** A fork with everything on its ways, until they meet. */
  | { do: 'copy'; step: string; at: Place }
  | { do: 'move'; step: string; at: Place }
  /** The first way of a fork stays unless `whole`; steps that only its other ways came to go with it. */
  | { do: 'delete'; step: string; whole?: boolean }
  /** A step with other contents, the same key and kind. Ways that it no longer has take along what only they came to. */
  | { do: 'change'; step: Step }
  | { do: 'set'; part: Partial<Pick<Plan, 'trigger' | 'reentry' | 'exits'>> };

/**
 * The plan after an edit; the very same plan where the edit is not possible.
 * @param taken keys of earlier versions, which new steps must not bear
 */
export function edited(plan: Plan, edit: Edit, taken: Iterable<string> = []): Plan {
  switch (edit.do) {
    case 'add':
      return insert(plan, blankStep(edit.kind, freshKey(plan, edit.kind, taken)), edit.at);
    case 'copy': {
      const stretch = stretchOf(plan, edit.step);
      return stretch ? insertStretch(plan, copied(plan, stretch, taken), edit.at) : plan;
    }
    case 'move':
      return move(plan, edit.step, edit.at);
    case 'delete':
      return edit.whole ? removeWhole(plan, edit.step) : remove(plan, edit.step);
    case 'change':
      return change(plan, edit.step);
    case 'set':
      return { ...plan, ...edit.part };
  }
}

/** The key of the step that an edit has added; null where it added none. */
export function addedBy(before: Plan, after: Plan): string | null {
  const known = new Set(before.steps.map(({ key }) => key));
  return after.steps.find(({ key }) => !known.has(key))?.key ?? null;
}

/** Where a way leads; undefined where there is no such way. */
export function targetOf(plan: Plan, { after, way }: Place): string | null | undefined {
  if (after === null) return way === 0 ? plan.start : undefined;
  const step = stepIn(plan, after);
  return step && nextOf(step)[way];
}

/** All ways of a plan that lead to a step. */
export function placesBefore(plan: Plan, key: string): Place[] {
  const start = plan.start === key ? [{ after: null, way: 0 }] : [];
  const ofSteps = plan.steps.flatMap((step) =>
    nextOf(step).flatMap((target, way) => (target === key ? [{ after: step.key, way }] : [])),
  );
  return [...start, ...ofSteps];
}

/** Whether a step has several ways on, which go where it goes. */
export const isFork = (step: Step) => nextOf(step).length > 1;

const stepIn = (plan: Plan, key: string) => plan.steps.find((step) => step.key === key);

/** What the schema allows. */
const MOST_STEPS = 200;

/** All ways out of the new step lead to where the place has led: adding a step alone changes nobody's way. */
const insert = (plan: Plan, step: Step, at: Place): Plan =>
  insertStretch(plan, { steps: [relinked(step, () => null)], next: null }, at);

/** All its ways lead to where the place has led. */
function insertStretch(plan: Plan, stretch: Stretch, at: Place): Plan {
  const { steps } = stretch;
  const target = targetOf(plan, at);
  if (target === undefined || plan.steps.length + steps.length > MOST_STEPS) return plan;
  // What follows an end would be lost.
  if (target !== null && !leadsOn(stretch)) return plan;
  const inside = new Set(steps.map(({ key }) => key));
  const linked = steps.map((step) =>
    relinked(step, (next) => (next !== null && inside.has(next) ? next : target)),
  );
  return led({ ...plan, steps: [...plan.steps, ...linked] }, at, steps[0]!.key);
}

function copied(plan: Plan, { steps, next }: Stretch, taken: Iterable<string>): Stretch {
  const keys = new Map<string | null, string>();
  const known = new Set(taken);
  for (const { key, kind } of steps) {
    const fresh = freshKey(plan, kind, known);
    known.add(fresh);
    keys.set(key, fresh);
  }
  const copies = steps.map((step) =>
    relinked({ ...step, key: keys.get(step.key)! }, (to) => keys.get(to) ?? null),
  );
  return { steps: copies, next };
}

/** Whether a place would take a step that is being moved or copied; read once, asked for many places. */
export function placesFor(plan: Plan, { step, how }: { step: string; how: 'copy' | 'move' }) {
  const stretch = stretchOf(plan, step);
  const inside = new Set(stretch?.steps.map(({ key }) => key));
  return (at: Place): boolean => {
    const target = targetOf(plan, at);
    if (!stretch || target === undefined || (target !== null && !leadsOn(stretch))) return false;
    return how === 'copy' || (target !== step && (at.after === null || !inside.has(at.after)));
  };
}

function move(plan: Plan, key: string, at: Place): Plan {
  const stretch = stretchOf(plan, key);
  if (!stretch || !placesFor(plan, { step: key, how: 'move' })(at)) return plan;
  const without = lifted(plan, stretch);
  if (without === plan) return plan;
  const moved = insertStretch(without, stretch, at);
  return moved === without ? plan : moved;
}

function removeWhole(plan: Plan, key: string): Plan {
  const stretch = stretchOf(plan, key);
  return stretch ? lifted(plan, stretch) : plan;
}

/** The plan without a stretch: whoever came to it comes to what followed it. */
function lifted(plan: Plan, { steps, next }: Stretch): Plan {
  const { key } = steps[0]!;
  if (plan.start === key && next === null) return plan;
  const gone = new Set(steps);
  const rest = plan.steps
    .filter((step) => !gone.has(step))
    .map((step) => relinked(step, (target) => (target === key ? next : target)));
  return { ...plan, start: plan.start === key ? next! : plan.start, steps: rest };
}

/** Whoever came to it comes to what followed it. */
function remove(plan: Plan, key: string): Plan {
  const step = stepIn(plan, key);
  if (!step) return plan;
  const next = nextOf(step).find((target) => target !== null) ?? null;
  if (plan.start === key && next === null) return plan;
  const steps = plan.steps
    .filter((each) => each !== step)
    .map((each) => relinked(each, (target) => (target === key ? next : target)));
  return pruned(plan, { ...plan, start: plan.start === key ? next! : plan.start, steps });
}

function change(plan: Plan, step: Step): Plan {
  const before = stepIn(plan, step.key);
  if (before?.kind !== step.kind) return plan;
  // A way may lead only to where the step has led before: anything else could close a ring.
  const known = new Set(nextOf(before));
  const sound = relinked(step, (target) => (known.has(target) ? target : null));
  return pruned(plan, { ...plan, steps: plan.steps.map((each) => (each === before ? sound : each)) });
}

/** Without the steps that could be come to before and no longer can. */
function pruned(before: Plan, after: Plan): Plan {
  const was = reachable(before, [before.start]);
  const is = reachable(after, [after.start]);
  const steps = after.steps.filter(({ key }) => is.has(key) || !was.has(key));
  const kept = new Set(steps.map(({ key }) => key));
  return { ...after, steps: steps.map((step) => relinked(step, (to) => (to && kept.has(to) ? to : null))) };
}

/** The plan with one way leading to a step. */
function led(plan: Plan, { after, way }: Place, to: string): Plan {
  if (after === null) return { ...plan, start: to };
  const steps = plan.steps.map((step) =>
    step.key === after ? relinked(step, (target, index) => (index === way ? to : target)) : step,
  );
  return { ...plan, steps };
}

type Relink = (target: string | null, way: number) => string | null;

/** The step with other ways on; the very same step where none is another. */
function relinked(step: Step, to: Relink): Step {
  if (nextOf(step).every((target, way) => to(target, way) === target)) return step;
  switch (step.kind) {
    case 'condition': {
      const branches = step.branches.map((branch, way) => ({ ...branch, next: to(branch.next, way) }));
      return { ...step, branches, otherwise: to(step.otherwise, step.branches.length) };
    }
    case 'wait-for':
      return { ...step, next: to(step.next, 0), otherwise: to(step.otherwise, 1) };
    case 'split':
      return { ...step, ways: step.ways.map((each, way) => ({ ...each, next: to(each.next, way) })) };
    case 'stop':
      return step;
    case 'wait':
    case 'message':
    case 'gift':
    case 'tag':
    case 'metafield':
    case 'webhook':
    case 'task':
    case 'start':
      return { ...step, next: to(step.next, 0) };
  }
}

/** `wait`, `wait-2`, `wait-3`… */
function freshKey(plan: Plan, kind: StepKind, taken: Iterable<string>): string {
  const known = new Set([...taken, ...plan.steps.map(({ key }) => key)]);
  for (let number = 1; ; number++) {
    const key = number === 1 ? kind : `${kind}-${number}`;
    if (!known.has(key)) return key;
  }
}
