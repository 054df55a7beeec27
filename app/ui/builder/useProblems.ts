/** What the server thinks of the plan, a moment after every change. */
import { useEffect, useRef } from 'react';
import type { Plan, Problem } from '../../sequences/plan.ts';
import { useAsk } from '../useAsk.ts';

/** Milliseconds after the last change. */
const PAUSE = 500;

export function useProblems(sequenceId: string, plan: Plan, known: readonly Problem[]): readonly Problem[] {
  const { ask, answer } = useAsk<{ problems: Problem[] }>();
  const judged = useRef(plan);
  useEffect(() => {
    if (judged.current === plan) return undefined;
    const timer = setTimeout(() => {
      judged.current = plan;
      ask(`/app/sequences/${sequenceId}/judge`, { plan: JSON.stringify(plan) });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [plan, sequenceId, ask]);
  return answer?.problems ?? known;
}
