import { CHANNEL, isOurs, type Asked, type FromAdmin, type FromApp, type Told } from '../protocol.ts';

type Incoming = Exclude<FromAdmin, { type: 'answer' }>;

const admin = window.top ?? window;
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
const held = new Map<string, unknown>();
const refs = new WeakMap<object, string>();
const listeners: ((message: Incoming) => void)[] = [];
let count = 0;

/** Whether the page stands in the admin; opened by itself there is nobody to talk to. */
export const embedded = window.top !== window;

/** Whether it is the app's own frame, not a page shown inside one of its modals. */
export const outermost = window.parent === window.top;

export function tell(told: Told): void {
  if (embedded) post({ channel: CHANNEL, told });
}

export function ask<Value>(asked: Asked): Promise<Value> {
  if (!embedded)
    return Promise.reject(new Error(`App Bridge: "${asked.type}" needs the Shopify admin around the app`));
  const number = ++count;
  return new Promise<Value>((resolve, reject) => {
    waiting.set(number, { resolve: resolve as (value: unknown) => void, reject });
    post({ channel: CHANNEL, asked, number });
  });
}

/** A name under which the admin can point at something that stays here; the same thing keeps its name. */
export function refOf(thing: object): string {
  const known = refs.get(thing);
  if (known) return known;
  const ref = `${location.pathname}#${++count}`;
  refs.set(thing, ref);
  held.set(ref, thing);
  return ref;
}

export function heldBy(ref: string): unknown {
  return held.get(ref);
}

export function onMessage(listener: (message: Incoming) => void): void {
  listeners.push(listener);
}

export function newId(kind: string): string {
  return `${kind}-${++count}`;
}

addEventListener('message', ({ data, source }) => {
  if (source !== admin || !isOurs<FromAdmin>(data)) return;
  if (data.type !== 'answer') return listeners.forEach((listener) => listener(data));
  const asker = waiting.get(data.number);
  waiting.delete(data.number);
  if (data.error === undefined) asker?.resolve(data.value);
  else asker?.reject(new Error(data.error));
});

function post(message: FromApp): void {
  // The admin's origin is the sandbox's; what is sent is no secret of the app.
  admin.postMessage(message, '*');
}
