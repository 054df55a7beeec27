import type { NavItem, RemoteButton } from '../protocol.ts';
import { confirmed } from './dialog.ts';
import { draw, part } from './draw.ts';

type Press = (ref: string) => void;

interface Bar {
  id: string;
  buttons: RemoteButton[];
  confirmDiscard: boolean;
}

const bars = new Map<string, Bar>();

/** Whether the app has unsaved changes on the screen. */
export function isDirty(): boolean {
  return bars.size > 0;
}

/** The app's entries under its name. `go` gets the place of the app that was chosen. */
export function drawNav(
  items: NavItem[],
  here: string,
  linkTo: (path: string) => string,
  go: (href: string) => void,
): void {
  const path = here.split('?')[0] ?? '';
  const entries = items.filter((item) => !item.home);
  const current = entries
    .filter((item) => path === item.href || path.startsWith(`${item.href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  part('app-nav').replaceChildren(
    ...entries.map((item) =>
      draw(
        'li',
        {},
        draw(
          'a',
          {
            href: linkTo(item.href),
            'aria-current': item === current ? 'page' : null,
            onclick: (event: MouseEvent) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              go(item.href);
            },
          },
          item.text,
        ),
      ),
    ),
  );
}

/** Title and actions in the row above the app. */
export function drawTitle(title: string | null, buttons: RemoteButton[], press: Press): void {
  part('app-title').textContent = title ?? '';
  const groups = new Map<string, RemoteButton[]>();
  const alone: HTMLElement[] = [];
  for (const button of buttons) {
    if (button.group === null) alone.push(drawButton(button, press));
    else groups.set(button.group, [...(groups.get(button.group) ?? []), button]);
  }
  const menus = [...groups].map(([label, members]) =>
    draw(
      'details',
      { className: 'menu' },
      draw('summary', {}, label),
      draw('div', {}, ...members.map((each) => drawButton(each, press))),
    ),
  );
  part('app-actions').replaceChildren(...menus, ...alone);
}

/** Shows or hides one save bar; the last that came is the one to be seen. */
export function drawSaveBar(bar: Bar & { shown: boolean }, press: Press): void {
  bars.delete(bar.id);
  if (bar.shown) bars.set(bar.id, bar);
  const top = [...bars.values()].at(-1);
  const strip = part('save-bar');
  strip.hidden = !top;
  if (!top) return;
  const save = top.buttons.find((button) => button.kind === 'primary');
  const discard = top.buttons.find((button) => button.kind !== 'primary');
  const ask = async () => {
    if (discard && (!top.confirmDiscard || (await confirmed(DISCARD)))) press(discard.ref);
  };
  part('save-bar-actions').replaceChildren(
    ...(discard ? [drawButton({ ...discard, text: discard.text || 'Discard' }, () => void ask())] : []),
    ...(save ? [drawButton({ ...save, text: save.text || 'Save' }, press)] : []),
  );
}

/** The bar protests: somebody is about to leave. */
export function shake(): void {
  const strip = part('save-bar');
  strip.classList.remove('shaking');
  void strip.offsetWidth;
  strip.classList.add('shaking');
}

/** The app's page is gone, and with it everything it had put on the screen. */
export function clearBars(): void {
  bars.clear();
  part('save-bar').hidden = true;
}

/** True when nothing is unsaved or the person agrees to lose it. */
export async function mayLeave(): Promise<boolean> {
  if (!isDirty()) return true;
  shake();
  return confirmed(LEAVE);
}

const LEAVE = {
  heading: 'Leave page with unsaved changes?',
  text: 'Leaving this page will delete all unsaved changes.',
  yes: 'Leave page',
  no: 'Stay',
  critical: true,
};

const DISCARD = {
  heading: 'Discard all unsaved changes',
  text: 'If you discard changes, you’ll delete any edits you made since you last saved.',
  yes: 'Discard changes',
  no: 'Continue editing',
  critical: true,
};

function drawButton(button: RemoteButton, press: Press): HTMLButtonElement {
  return draw(
    'button',
    {
      type: 'button',
      className: [button.kind, button.critical ? 'critical' : '', button.loading ? 'loading' : '']
        .join(' ')
        .trim(),
      disabled: button.disabled || button.loading,
      'aria-label': button.kind === 'breadcrumb' ? `Back to ${button.text}` : null,
      onclick: () => press(button.ref),
    },
    button.kind === 'breadcrumb' ? '←' : button.text,
  );
}
