import type { RefObject } from 'react';

/**
 * For a dialog's `activator`: the place of the action in the page's head that opened it, or of the menu that the action
 * is in on a narrow screen; there the focus goes back to. Found when the dialog closes, by the action's id: a button
 * pressed with the mouse has lost the focus by the time its dialog opens.
 */
export const actionPlace = (id: string): RefObject<HTMLElement> => ({
  get current() {
    const button =
      document.getElementById(id) ?? document.querySelector('main button[aria-haspopup][aria-controls]');
    return button?.parentElement as HTMLElement;
  },
});
