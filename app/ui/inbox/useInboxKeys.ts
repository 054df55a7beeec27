import { useEffect } from 'react';

/** What the keys of the inbox do; each null where there is nothing to do it to. */
export interface InboxKeys {
  down: () => void;
  up: () => void;
  open: () => void;
  done: (() => void) | null;
}

const TYPING = 'input, textarea, select, [contenteditable="true"]';
const focus = (id: string) => document.getElementById(id)?.focus();

/** j and k move, o opens, r answers, t says what it is about, e solves, z lets it sleep. Not while somebody types. */
export function useInboxKeys({ down, up, open, done }: InboxKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) {
        if (event.key === 'Escape') (document.activeElement as HTMLElement | null)?.blur();
        return;
      }
      const does: Record<string, (() => void) | null> = {
        j: down,
        k: up,
        o: open,
        r: () => focus('reply'),
        t: () => focus('tag'),
        e: done,
        z: () => focus('snooze'),
      };
      const deed = does[event.key];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [down, up, open, done]);
}
