import { useSearchParams } from '@remix-run/react';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Milliseconds after the last key before the list is asked again. */
const PAUSE = 200;

/**
 * Search as you type: the field follows every key, the address (and with it the list) follows a moment later, so that
 * back and reload keep the place. Any change of a filter goes back to the first page.
 */
export function useTypedSearch(name: string) {
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState(params.get(name) ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = useCallback(
    (key: string, value: string) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value) after.set(key, value);
          else after.delete(key);
          after.delete('after');
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  const type = useCallback(
    (value: string) => {
      setText(value);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set(name, value.trim()), PAUSE);
    },
    [name, set],
  );
  return { text, type, set, params };
}
