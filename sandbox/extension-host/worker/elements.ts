/**
 * Declares every `s-*` element of the surface in the worker. None has an implementation here: each only knows which
 * properties, events, slots and methods cross to the page.
 */
import { RemoteElement, RemoteEvent } from '@remote-dom/core/elements';
import type { ElementSpec, ElementTable } from '../protocol.ts';

type Report = (message: string) => void;

const TYPES: Record<string, unknown> = {
  boolean: Boolean,
  number: Number,
  string: String,
  array: Array,
  object: Object,
  'boolean-or-string': String,
  function: Function,
};

/** While true, mutations are not sent: the page already has the value that is being copied. */
export const echo = { off: false };

/** Defines the elements, and reports what an extension does that Shopify drops without a word. */
export function defineElements(table: ElementTable, report: Report): void {
  for (const [tag, spec] of Object.entries(table))
    customElements.define(tag, elementClass(tag, spec, report));

  // The polyfill makes a plain element of an unknown name; the page then refuses the whole insertion.
  const check = (name: string) => {
    if (!table[name]) report(`<${name}> is not an element of this surface; Shopify does not render it.`);
  };
  const createElement = document.createElement.bind(document);
  const createElementNS = document.createElementNS.bind(document) as (ns: string, name: string) => Element;
  Object.assign(document, {
    createElement(name: string) {
      check(name);
      return createElement(name);
    },
    // Preact's way
    createElementNS(namespace: string, name: string) {
      check(name);
      return createElementNS(namespace, name);
    },
  });
}

function elementClass(tag: string, spec: ElementSpec, report: Report): CustomElementConstructor {
  const properties: Record<string, { type: unknown }> = {};
  for (const [name, kind] of Object.entries(spec.props)) properties[name] = { type: TYPES[kind] };

  class Declared extends RemoteElement {
    static override readonly remoteProperties = properties as never;
    static override readonly remoteEvents = eventsOf(spec) as never;
    static override readonly remoteSlots = spec.slots as never;
    static override readonly remoteMethods = spec.methods as never;

    override setAttribute(name: string, value: string) {
      if (name !== 'slot' && !(Declared.observedAttributes as string[]).includes(name)) {
        report(`<${tag}> has no property "${name}".`);
      }
      super.setAttribute(name, value);
    }

    override addEventListener(type: string, ...rest: [never, never?]) {
      if (!spec.events.includes(type)) {
        report(`<${tag}> has no event "${type}"; it has: ${spec.events.join(', ') || 'none'}.`);
      }
      super.addEventListener(type, ...rest);
    }
  }
  return Declared as unknown as CustomElementConstructor;
}

/** The page sends an element's new state with each event, so that `event.currentTarget.value` is current. */
function eventsOf(spec: ElementSpec): Record<string, unknown> {
  return Object.fromEntries(
    spec.events.map((name) => [
      name,
      {
        dispatchEvent(this: Record<string, unknown>, state?: Record<string, unknown>) {
          echo.off = true;
          try {
            for (const [key, value] of Object.entries(state ?? {})) if (key in spec.props) this[key] = value;
          } finally {
            echo.off = false;
          }
          return new RemoteEvent(name, { bubbles: name === 'click' });
        },
      },
    ]),
  );
}
