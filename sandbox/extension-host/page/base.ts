/** The base of every `s-*` element: properties from the shared table, and a shadow tree drawn by Preact. */
import { render, type ComponentChildren } from 'preact';
import type { ElementSpec } from '../protocol.ts';

// Properties come from the generated table: their types are known at run time only.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Props = Record<string, any>;

export interface Drawing {
  /** Draws the shadow tree from the element's properties. */
  draw(element: SElement, props: Props): ComponentChildren;
  css?: string;
  slotAssignment?: SlotAssignmentMode;
  connected?(element: SElement): void;
}

/** What other elements may ask of one: `commandFor` targets, forms. */
export interface Commandable {
  command?(name: string): void;
  submit?(): void;
}

export class SElement extends HTMLElement implements Commandable {
  static drawing: Drawing;
  static sheets: CSSStyleSheet[];
  props: Props = {};
  /** What the buyer changed in an element that the extension does not control (an opened details). */
  local: Props = {};
  command?(name: string): void;
  submit?(): void;
  #queued = false;

  constructor() {
    super();
    const { drawing, sheets } = this.constructor as typeof SElement;
    this.attachShadow({ mode: 'open', slotAssignment: drawing.slotAssignment }).adoptedStyleSheets = sheets;
  }

  connectedCallback(): void {
    this.#drawing.connected?.(this);
    this.#drawNow();
  }

  /** Draws again before the next frame, once for any number of changes. */
  redraw(): void {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#drawNow();
    });
  }

  set(name: string, value: unknown): void {
    if (this.props[name] === value) return;
    this.props[name] = value;
    this.redraw();
  }

  /** Dispatches an event to the extension, together with the properties it changed. */
  emit(name: string, changed: Props = {}): void {
    Object.assign(this.props, changed);
    this.redraw();
    this.dispatchEvent(new CustomEvent(name, { detail: changed }));
  }

  override focus(): void {
    this.shadowRoot!.querySelector<HTMLElement>('input,textarea,select,button,a')?.focus();
  }

  get #drawing(): Drawing {
    return (this.constructor as typeof SElement).drawing;
  }

  #drawNow(): void {
    if (this.isConnected) render(this.#drawing.draw(this, this.props), this.shadowRoot!);
  }
}

/** Properties that every HTML element has by itself. */
const NATIVE = new Set(['id', 'hidden', 'lang', 'dir', 'slot']);

const shared = new CSSStyleSheet();
shared.replaceSync(
  `:host{box-sizing:border-box}:host([hidden]){display:none!important}
*,*::before,*::after{box-sizing:border-box}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--accent,#1166c8);outline-offset:2px}`,
);

/** Registers one element with its drawing. */
export function define(tag: string, spec: ElementSpec, drawing: Drawing): void {
  const own = new CSSStyleSheet();
  own.replaceSync(drawing.css ?? '');
  class Element extends SElement {
    static override drawing = drawing;
    static override sheets = [shared, own];
  }
  for (const [name, kind] of Object.entries(spec.props)) {
    if (NATIVE.has(name)) continue;
    Object.defineProperty(Element.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: SElement): unknown {
        return this.props[name];
      },
      set(this: SElement, value: unknown) {
        this.set(name, fromPreact(value, kind));
      },
    });
  }
  customElements.define(tag, Element);
}

/** Preact unsets a property by writing an empty string. */
function fromPreact(value: unknown, kind: string): unknown {
  if (value === '' && kind !== 'string') return undefined;
  if (kind === 'boolean' && value !== undefined) return value !== false && value !== 'false';
  return value;
}
