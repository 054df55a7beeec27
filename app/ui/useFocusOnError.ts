import { useEffect } from 'react';

/** Goes to the first field that was refused: it may stand far above the button. */
export function useFocusOnError(outcome: { errors?: Record<string, string> } | undefined): void {
  useEffect(() => {
    if (outcome?.errors) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [outcome]);
}
