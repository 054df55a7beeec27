/** The mail that is being edited, drawn by the server a moment after every change. */
import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import type { Check } from '../messages/checks.ts';

export interface ShownMail {
  subject: string;
  /** Empty when it cannot be drawn; the checks say why. */
  html: string;
  text: string;
  checks: readonly Pick<Check, 'level' | 'code' | 'detail' | 'block'>[];
}

interface Drawing {
  saved: { text: TemplateText; shown: ShownMail };
  /** What is being edited. */
  text: TemplateText;
  locale: string;
  /** Id of the customer whose data is shown; empty for an invented one's. */
  customer: string;
}

/** Milliseconds after the last change before the mail is drawn anew. */
const PAUSE = 400;

/** `isBehind`: what is shown is not yet what has been written. */
export function useShownMail({ saved, text, locale, customer }: Drawing): {
  shown: ShownMail;
  isBehind: boolean;
} {
  const { submit, data, state } = useFetcher<{ shown?: ShownMail }>();
  const [drawn, setDrawn] = useState(saved.text);
  useEffect(() => {
    if (drawn === text) return undefined;
    const timer = setTimeout(() => {
      setDrawn(text);
      submit({ intent: 'preview', locale, customer, text: JSON.stringify(text) }, { method: 'post' });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, drawn, locale, customer, submit]);
  return { shown: data?.shown ?? saved.shown, isBehind: drawn !== text || state !== 'idle' };
}
