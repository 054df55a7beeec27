import { useSearchParams } from '@remix-run/react';

/**
 * Turning the pages of a list; back leads to the page before.
 * @param next where the next page begins; null on the last one
 */
export function usePages(next: string | null) {
  const [params, setParams] = useSearchParams();
  const turn = (after: string) =>
    setParams((before) => {
      const changed = new URLSearchParams(before);
      changed.set('after', after);
      return changed;
    });
  return {
    hasNext: next !== null,
    onNext: () => {
      if (next !== null) turn(next);
    },
    hasPrevious: params.has('after'),
    onPrevious: () => history.back(),
  };
}
