import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { GestureSettings } from '../../gestures/settings.ts';
import type { TrialView } from './OccasionsCard.tsx';

/** What is on the screen, saved or not. */
export interface TypedGestures {
  settings: GestureSettings;
  monthly: number;
}

/** Milliseconds after the last change. */
const PAUSE = 500;

/** What this would have been, counted anew when something is changed; null while it is, and where it makes no sense. */
export function useTrial(typed: TypedGestures): TrialView | null {
  const { data, submit } = useFetcher<{ of: string; trial: TrialView | null }>();
  const wanted = JSON.stringify(typed);
  useEffect(() => {
    const timer = setTimeout(() => {
      submit({ wanted }, { method: 'post', action: '/app/gestures/trial' });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [wanted, submit]);
  return data?.of === wanted ? data.trial : null;
}
