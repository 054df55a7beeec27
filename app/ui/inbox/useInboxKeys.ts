import { useEffect } from 'react';
import { KEYS_BUTTON, READING, WRITING } from './inboxKeys.ts';

/** What the keys of the inbox do; each null where there is nothing to do it to. */
export interface InboxKeys {
  down: () => void;
  up: () => void;
  open: () => void;
  back: (() => void) | null;
  done: (() => void) | null;
}

const TYPING = 'input, textarea, select, [contenteditable="true"]';
const at = (id: string) => document.getElementById(id);
const focus = (id: string) => () => at(id)?.focus();
/** What lies in a field of the page. */
const FIELDS = {
  reply: focus('reply'),
  note: focus('reply'),
  tag: focus('tag'),
  assign: focus('assignee'),
  snooze: focus('snooze'),
  help: () => at(KEYS_BUTTON)?.click(),
};

/** See inboxKeys.ts; not while somebody types, save what ends the typing, nor while a dialog is open. */
export function useInboxKeys(does: InboxKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest(TYPING)) whileTyping(event);
      else if (
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !document.querySelector('[role="dialog"]')
      ) {
        const deed = READING.find(({ key }) => key === event.key)?.deed;
        const run = deed ? { ...does, ...FIELDS }[deed] : null;
        if (!run) return;
        event.preventDefault();
        run();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [does]);
}

function whileTyping(event: KeyboardEvent) {
  if (event.key === 'Escape') (document.activeElement as HTMLElement | null)?.blur();
  const ends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (!ends || document.activeElement !== at('reply')) return;
  event.preventDefault();
  at(event.shiftKey ? WRITING.note.button : WRITING.answer.button)?.click();
}
