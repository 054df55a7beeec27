/**
 * Asks the server what a page wants to know while something is written, without the router: an answer of its own that comes
 * while a page is loaded anew ends that loading, and what was shown before stays.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** A value as JSON brings it: moments are texts. */
export type AsJson<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? AsJson<Item>[]
    : T extends object
      ? { [Name in keyof T]: AsJson<T[Name]> }
      : T;

interface Asked<Answer> {
  /** Posts form fields; what was asked before and is not answered yet is given up. */
  ask: (url: string, fields: Record<string, string>) => void;
  /** The newest; undefined before the first. What could not be answered leaves the one before. */
  answer: Answer | undefined;
  isAsking: boolean;
}

/** @typeParam Answer as JSON brings it */
export function useAsk<Answer>(): Asked<Answer> {
  const [answer, setAnswer] = useState<Answer>();
  const [isAsking, setIsAsking] = useState(false);
  const last = useRef<AbortController | null>(null);
  useEffect(() => () => last.current?.abort(), []);
  const ask = useCallback((url: string, fields: Record<string, string>) => {
    last.current?.abort();
    const mine = new AbortController();
    last.current = mine;
    setIsAsking(true);
    void answerOf<Answer>(url, fields, mine.signal).then((said) => {
      if (last.current !== mine || mine.signal.aborted) return;
      if (said !== undefined) setAnswer(said);
      setIsAsking(false);
    });
  }, []);
  return { ask, answer, isAsking };
}

/** With the session token, which App Bridge adds. Undefined: there was none; the next change asks again. */
async function answerOf<Answer>(
  url: string,
  fields: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), signal });
    return response.ok ? ((await response.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
}
