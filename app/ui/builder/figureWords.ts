/** Figures of a step in words. */
import type { Step } from '../../sequences/steps.ts';
import { whole } from '../format.ts';

export interface Told {
  why: string;
  count: number;
}
/** As the server tells it: StepFigures with reasons in words. */
export interface StepTold {
  passed: number;
  ways: number[] | null;
  sent: number;
  waiting: number;
  skipped: Told[];
  left: Told[];
}
export interface PlanTold {
  began: number;
  isPart: boolean;
  steps: Record<string, StepTold>;
}

const total = (told: readonly Told[]) => told.reduce((sum, { count }) => sum + count, 0);
const some = (count: number, word: string) => (count > 0 ? [`${whole(count, 'en')} ${word}`] : []);

/** "128 sent · 3 to be sent · 2 left out", short enough for a step of the picture */
export function stepTold(step: Step, told: StepTold | undefined): string {
  if (!told) return '';
  const { passed, sent, waiting, skipped, left } = told;
  if (step.kind === 'stop') return some(total(left), 'ended here').join('');
  const done =
    step.kind === 'message'
      ? [`${whole(sent, 'en')} sent`, ...some(waiting, 'to be sent'), ...some(total(skipped), 'left out')]
      : [`${whole(passed, 'en')} passed`];
  return [...done, ...some(total(left), 'left')].join(' · ');
}

/** "214 began in 30 days" */
export const planTold = ({ began }: PlanTold): string => `${whole(began, 'en')} began in 30 days`;

/** Each in a sentence, with its reasons. */
export function stepToldInFull(step: Step, told: StepTold, here: number): string[] {
  const because = (list: readonly Told[]) =>
    list.map(({ why, count }) => `${why} (${whole(count, 'en')})`).join(', ');
  const { passed, sent, waiting, skipped, left } = told;
  const isMail = step.kind === 'message';
  return [
    isMail ? `${whole(sent, 'en')} were sent.` : '',
    step.kind === 'stop' ? '' : `${people(passed)} passed.`,
    here > 0 ? `${people(here)} ${here === 1 ? 'waits' : 'wait'} here now.` : '',
    waiting > 0 ? `${whole(waiting, 'en')} wait for a moment at which they may go.` : '',
    skipped.length > 0 ? `Left out: ${because(skipped)}.` : '',
    left.length > 0 ? `Left the sequence here: ${because(left)}.` : '',
  ].filter(Boolean);
}

const people = (count: number) => (count === 1 ? 'One customer' : `${whole(count, 'en')} customers`);
