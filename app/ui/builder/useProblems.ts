/** What the server thinks of the plan, a moment after every change. */
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { Plan, Problem } from '../../sequences/plan.ts';

/** Milliseconds after the last change. */
const PAUSE = 500;

export function useProblems(plan: Plan, known: readonly Problem[]): readonly Problem[] {
  const { submit, data } = useFetcher<{ problems?: Problem[] }>();
  const judged = useRef(plan);
  useEffect(() => {
    if (judged.current === plan) return undefined;
    const timer = setTimeout(() => {
      judged.current = plan;
      submit({ intent: 'judge', plan: JSON.stringify(plan) }, { method: 'post' });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [plan, submit]);
  return data?.problems ?? known;
}
