import { setBar } from './save-bar.ts';
import { newId } from './wire.ts';

interface Watched {
  id: string;
  clean: string;
  shown: boolean;
  buttons: HTMLDivElement;
}

const forms = new Map<HTMLFormElement, Watched>();

/**
 * Forms with `data-save-bar`: the bar appears with the first change, Save submits the form, Discard resets it.
 * What the form held when it appeared is remembered as text: React keeps `defaultValue` equal to `value`.
 */
export function watchForms(): void {
  const look = () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-save-bar]')) watch(form);
    for (const [form, watched] of forms) if (!form.isConnected) forget(form, watched);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}

function watch(form: HTMLFormElement): void {
  if (forms.has(form)) return;
  const watched: Watched = {
    id: newId('form'),
    clean: '',
    shown: false,
    buttons: document.createElement('div'),
  };
  forms.set(form, watched);
  // React fills controlled fields after the form has appeared.
  requestAnimationFrame(() => (watched.clean = contents(form)));
  const save = document.createElement('button');
  save.setAttribute('variant', 'primary');
  save.onclick = () => form.requestSubmit();
  const discard = document.createElement('button');
  discard.onclick = () => form.reset();
  watched.buttons.append(save, discard);

  const compare = () => show(form, watched, contents(form) !== watched.clean);
  form.addEventListener('input', compare);
  form.addEventListener('change', compare);
  form.addEventListener('submit', () => {
    watched.clean = contents(form);
    show(form, watched, false);
  });
  form.addEventListener('reset', () => {
    show(form, watched, false);
    requestAnimationFrame(() => (watched.clean = contents(form)));
  });
}

function show(form: HTMLFormElement, watched: Watched, shown: boolean): void {
  if (watched.shown === shown) return;
  watched.shown = shown;
  setBar(watched.id, shown, {
    buttons: watched.buttons,
    confirmDiscard: form.hasAttribute('data-discard-confirmation'),
  });
}

function forget(form: HTMLFormElement, watched: Watched): void {
  show(form, watched, false);
  forms.delete(form);
}

function contents(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.name,
  ]);
  return JSON.stringify(fields);
}
