/** The mail that is being edited, drawn by the server a moment after every change. */
import { useEffect, useState } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import type { Check } from '../messages/checks.ts';
import { useAsk } from './useAsk.ts';

export interface ShownMail {
  subject: string;
  /** Empty when it cannot be drawn; the checks say why. */
  html: string;
  text: string;
  checks: readonly Pick<Check, 'level' | 'code' | 'detail' | 'block'>[];
}

interface Drawing {
  /** Its key. */
  template: string;
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
export function useShownMail({ template, saved, text, locale, customer }: Drawing): {
  shown: ShownMail;
  isBehind: boolean;
} {
  const { ask, answer, isAsking } = useAsk<{ shown: ShownMail }>();
  const [drawn, setDrawn] = useState(saved.text);
  useEffect(() => {
    if (drawn === text) return undefined;
    const timer = setTimeout(() => {
      setDrawn(text);
      ask('/app/drawn-mail', { template, locale, customer, text: JSON.stringify(text) });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, drawn, template, locale, customer, ask]);
  return { shown: answer?.shown ?? saved.shown, isBehind: drawn !== text || isAsking };
}
