import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

/** Milliseconds after which an inbox that is looked at is fetched anew: others answer too. */
const AGAIN = 20_000;
/** Fetched anew while somebody looks. */
export function useFreshness() {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && state === 'idle') revalidate();
    }, AGAIN);
    return () => clearInterval(timer);
  }, [revalidate, state]);
}
