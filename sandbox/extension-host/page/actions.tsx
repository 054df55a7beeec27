/** Elements that are pressed, and what they command. */
import type { Commandable, Drawing, SElement } from './base.ts';
import { ariaOf, styleSheet } from './styles.ts';
import { Ring, ringCss } from './text.tsx';

type CommandableElement = SElement & Commandable;

/** Runs an element's command on its target (a clipboard item), and tells whether there was one. */
function runCommand(element: SElement): boolean {
  const { commandFor, command = '--auto' } = element.props;
  if (!commandFor) return false;
  const target = element
    .closest('extension-block')
    ?.querySelector<CommandableElement>(`#${CSS.escape(commandFor)}`);
  if (target?.command) target.command(command);
  else console.error(`[extension] commandFor="${commandFor}": no such element`);
  return true;
}

function press(event: Event): void {
  const element = event.currentTarget as SElement;
  if (element.props.disabled || element.props.loading || runCommand(element)) return;
  if (element.props.type === 'submit' && !element.props.href) element.closest<SElement>('s-form')?.submit?.();
}

// Added on connection, so after the extension's own listeners: those hear the click before the action happens.
const connected = (element: SElement) => element.addEventListener('click', press);

/** The admin's own protocol for pages of the app. */
const addressOf = (href: string) => href.replace(/^app:\/?/, '/admin/apps/everafter/');

/** Links leave the page in a new tab, as at Shopify; mail, text and phone links open their programs. */
const linkTarget = (href: string) => (/^(mailto|tel|sms|app):/.test(href) ? undefined : '_blank');

const buttonCss = `:host{display:inline-block}
button,a{font:inherit;font-weight:600;display:inline-flex;gap:8px;align-items:center;justify-content:center;min-height:44px;
padding:10px 18px;border-radius:8px;border:1px solid #c4c4c4;background:#fff;color:#1f1f1f;cursor:pointer;text-decoration:none;
width:100%;text-align:center}
button:hover,a:hover{border-color:#8a8a8a}:disabled{opacity:.6;cursor:default}
.primary{background:var(--accent,#1166c8);border-color:var(--accent,#1166c8);color:#fff}
.critical{background:#b3261e;border-color:#b3261e;color:#fff}${ringCss}`;

export const actions: Record<string, Drawing> = {
  's-button': {
    css: buttonCss,
    connected,
    draw(element, props) {
      const kind = `${props.variant ?? ''} ${props.tone === 'critical' ? 'critical' : ''}`;
      element.style.display = props.inlineSize === 'fill' ? 'block' : '';
      if (props.href && !props.commandFor) {
        return (
          <a
            class={kind}
            href={props.href}
            target={linkTarget(props.href)}
            rel="noreferrer"
            aria-label={props.accessibilityLabel}
          >
            <slot />
          </a>
        );
      }
      return (
        <button
          type="button"
          class={kind}
          disabled={Boolean(props.disabled)}
          aria-disabled={props.loading ? 'true' : undefined}
          aria-busy={props.loading ? 'true' : undefined}
          aria-label={props.accessibilityLabel}
        >
          {props.loading && <Ring />}
          <slot />
        </button>
      );
    },
  },
  's-press-button': {
    css: `:host{display:inline-block}button{font:inherit;min-height:48px;width:100%;height:100%;padding:10px 8px;border:1px solid #c4c4c4;
border-radius:8px;background:#fff;color:#1f1f1f;cursor:pointer;overflow-wrap:anywhere;hyphens:auto;line-height:1.25}
button:hover{border-color:#8a8a8a}:disabled{opacity:.6;cursor:default}
[aria-pressed=true]{border-color:var(--accent,#1166c8);box-shadow:inset 0 0 0 1px var(--accent,#1166c8);
background:color-mix(in srgb,var(--accent,#1166c8) 7%,#fff);font-weight:600}`,
    draw(element, props) {
      element.style.display = props.inlineSize === 'fill' ? 'block' : '';
      const pressed = Boolean(props.pressed ?? element.local.pressed ?? props.defaultPressed);
      return (
        <button
          type="button"
          aria-pressed={pressed}
          disabled={Boolean(props.disabled)}
          aria-busy={props.loading ? 'true' : undefined}
          aria-label={props.accessibilityLabel}
          onClick={() => {
            if (props.pressed !== undefined) return;
            element.local.pressed = !pressed;
            element.redraw();
          }}
        >
          <slot />
        </button>
      );
    },
  },
  's-clickable': {
    css: `:host{display:block}button,a{font:inherit;text-align:inherit;text-decoration:none;color:inherit;border:0;background:none;
padding:0;width:100%;cursor:pointer}`,
    connected,
    draw(_, props) {
      const link = props.href && !props.commandFor;
      return (
        <>
          <style>{styleSheet('.b', 'display:block;', props)}</style>
          {link ? (
            <a {...ariaOf(props)} href={props.href} target={linkTarget(props.href)} rel="noreferrer">
              <slot />
            </a>
          ) : (
            <button {...ariaOf(props)} type="button" disabled={Boolean(props.disabled)}>
              <slot />
            </button>
          )}
        </>
      );
    },
  },
  's-link': {
    css: `a,button{color:var(--accent,#1166c8);font:inherit;background:none;border:0;padding:0;cursor:pointer;
text-decoration:underline;text-underline-offset:2px;text-align:start}.neutral{color:inherit}`,
    connected,
    draw(_, props) {
      const kind = props.tone === 'neutral' ? 'neutral' : '';
      return props.href && !props.commandFor ? (
        <a
          class={kind}
          href={addressOf(props.href)}
          target={linkTarget(props.href)}
          rel="noreferrer"
          aria-label={props.accessibilityLabel}
        >
          <slot />
        </a>
      ) : (
        <button class={kind} type="button" aria-label={props.accessibilityLabel}>
          <slot />
        </button>
      );
    },
  },
  's-clipboard-item': {
    css: ':host{display:none}',
    draw: () => null,
    connected(element: CommandableElement) {
      element.command = (name) => {
        if (name !== '--copy' && name !== '--auto') return;
        navigator.clipboard.writeText(String(element.props.text ?? '')).then(
          () => element.emit('copy'),
          () => element.emit('copyerror'),
        );
      };
    },
  },
  's-form': {
    css: ':host{display:block}',
    draw: () => <slot />,
    connected(element: CommandableElement) {
      element.submit = () => {
        if (!element.props.disabled) element.emit('submit');
      };
      element.addEventListener('keydown', (event) => {
        const from = event.composedPath()[0];
        if (event.key !== 'Enter' || !(from instanceof HTMLInputElement)) return;
        if (from.type !== 'radio' && from.type !== 'checkbox') element.submit?.();
      });
    },
  },
};
