import type { ToastMessage } from '../protocol.ts';
import { draw, part } from './draw.ts';

const shown = new Map<string, HTMLElement>();

/** Shows a toast for as long as it asks to be shown; `press` and `dismissed` tell the app what a person did. */
export function showToast(toast: ToastMessage, tell: { press: () => void; dismissed: () => void }): void {
  hideToast(toast.ref);
  const close = () => {
    hideToast(toast.ref);
    tell.dismissed();
  };
  const element = draw(
    'div',
    { className: toast.isError ? 'toast error' : 'toast' },
    draw('span', {}, toast.message),
    toast.action ? draw('button', { type: 'button', onclick: tell.press }, toast.action) : null,
    draw('button', { type: 'button', className: 'plain', 'aria-label': 'Dismiss', onclick: close }, '✕'),
  );
  shown.set(toast.ref, element);
  part('toasts').append(element);
  setTimeout(() => hideToast(toast.ref), toast.duration);
}

export function hideToast(ref: string): void {
  shown.get(ref)?.remove();
  shown.delete(ref);
}
