import { useState } from 'react';

/**
 * Lets go of what was typed with the answer that says it is saved, and not before: what is refused must not have to be
 * typed again.
 */
export function useSaved(outcome: { saved?: boolean } | undefined, letGo: () => void): void {
  const [answered, setAnswered] = useState(outcome);
  if (answered === outcome) return;
  setAnswered(outcome);
  if (outcome?.saved) letGo();
}
