import { draw } from './draw.ts';

export interface Question {
  heading: string;
  text: string | Node;
  yes: string;
  no: string;
  critical?: boolean;
}

/** Asks a person; true for yes, false for no, Escape or the cross. */
export function confirmed(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = open(question.heading, () => resolve(false));
    const answer = (value: boolean) => {
      resolve(value);
      dialog.close();
    };
    dialog.append(
      draw(
        'div',
        { className: 'dialog-body' },
        typeof question.text === 'string' ? draw('p', {}, question.text) : question.text,
      ),
      draw(
        'footer',
        {},
        draw('button', { type: 'button', onclick: () => answer(false) }, question.no),
        draw(
          'button',
          {
            type: 'button',
            className: question.critical ? 'critical' : 'primary',
            onclick: () => answer(true),
          },
          question.yes,
        ),
      ),
    );
  });
}

/** An open dialog with a heading and a cross; it removes itself when closed. */
export function open(heading: string, closed: () => void): HTMLDialogElement {
  const id = `dialog-${document.querySelectorAll('dialog').length + 1}`;
  const dialog: HTMLDialogElement = draw(
    'dialog',
    { className: 'admin-dialog', 'aria-labelledby': id },
    draw(
      'header',
      {},
      draw('h2', { id }, heading),
      draw(
        'button',
        { type: 'button', className: 'plain', 'aria-label': 'Close', onclick: () => dialog.close() },
        '✕',
      ),
    ),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
