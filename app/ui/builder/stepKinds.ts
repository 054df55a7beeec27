/** The kinds of steps as they are offered. */
import type { Place } from '../../sequences/edit-plan.ts';
import type { Plan } from '../../sequences/plan.ts';
import type { Step, StepKind } from '../../sequences/steps.ts';
import { conditionInWords } from './factWords.ts';

export const STEP_KINDS: readonly { kind: StepKind; label: string; help: string }[] = [
  { kind: 'wait', label: 'Wait', help: 'A while, until an hour, or until the product is ready' },
  { kind: 'message', label: 'Send a mail', help: 'In the customer’s language' },
  { kind: 'condition', label: 'Look who it is', help: 'Ways for different customers' },
  { kind: 'wait-for', label: 'Wait for something', help: 'An answer, an order, an arrival' },
  { kind: 'task', label: 'Task for your team', help: 'A card by hand, a call' },
  { kind: 'gift', label: 'Give a present', help: 'A code of their own' },
  { kind: 'tag', label: 'Set a tag', help: 'On the customer or the order' },
  { kind: 'split', label: 'Draw lots', help: 'Compare two ways, or hold some out' },
  { kind: 'start', label: 'Begin another sequence', help: 'This one goes on as well' },
  { kind: 'metafield', label: 'Set a metafield', help: 'On the customer or the order' },
  { kind: 'webhook', label: 'Tell another system', help: 'A signed request' },
  { kind: 'stop', label: 'End here', help: 'Only where nothing follows' },
];

/** What a way out of a fork is called. */
export function wayInWords(step: Step, way: number): string {
  switch (step.kind) {
    case 'condition': {
      const branch = step.branches[way];
      return branch ? conditionInWords(branch.when) : 'Everybody else';
    }
    case 'wait-for':
      return way === 0 ? conditionInWords(step.when) : 'Not in time';
    case 'split': {
      const total = step.ways.reduce((sum, { weight }) => sum + weight, 0);
      const { name, weight } = step.ways[way]!;
      return total > 0 ? `${name}: ${Math.round((weight / total) * 100)} %` : name;
    }
    default:
      return '';
  }
}

/** Names the place after a step: of a fork, with the way. */
export function placeInWords(plan: Plan, { after, way }: Place, title: string): string {
  const step = plan.steps.find(({ key }) => key === after);
  const name = step ? wayInWords(step, way) : '';
  return name ? `${title}, ${name}` : title;
}

export const samePlace = (one: Place | null, other: Place | null) =>
  one !== null && other !== null && one.after === other.after && one.way === other.way;
