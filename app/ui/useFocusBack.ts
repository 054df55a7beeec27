import { useEffect } from 'react';

/** Milliseconds that a dialog takes to fade away; it holds the focus until then. */
const FADING = 400;

/**
 * Gives the focus back when a dialog closes: to the action in the page's head that opened it, or to the menu that the
 * action is in on a narrow screen. It is found by its id: what was pressed with the mouse has lost the focus by the time
 * the dialog opens.
 */
export function useFocusBack(open: boolean, id: string): void {
  useEffect(() => {
    if (!open) return undefined;
    return () => {
      setTimeout(() => {
        // The page's head keeps hidden copies of its actions to measure them: those take no focus.
        const places = document.querySelectorAll<HTMLElement>(
          `#${id}, main button:is([aria-haspopup], [aria-controls])`,
        );
        const opener = [...places].find((place) => place.checkVisibility({ visibilityProperty: true }));
        if (document.activeElement === document.body) opener?.focus();
      }, FADING);
    };
  }, [open, id]);
}
