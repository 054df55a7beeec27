/**
 * Where a web pixel runs: a worker inside a frame that is no part of the shop's page, as in Shopify's strict sandbox. It has
 * no document and no storage of its own; what it asks of the browser crosses over to the page.
 */
import type { FromPixel, ToPixel } from '../pixel-protocol.ts';

/** Shopify's standard events; a name that is none is heard by nobody there, and is a fault here. */
const EVENTS = new Set(
  `page_viewed product_viewed collection_viewed search_submitted cart_viewed product_added_to_cart product_removed_from_cart
  checkout_started checkout_contact_info_submitted checkout_address_info_submitted checkout_shipping_info_submitted
  payment_info_submitted checkout_completed alert_displayed ui_extension_errored all_events all_standard_events
  all_custom_events`.split(/\s+/),
);
const MISSING = [
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'importScripts',
];

type Hear = (event: unknown) => unknown;
type Run = (api: unknown) => unknown;

// A worker's own: the page's `postMessage` wants an origin.
const say = self.postMessage.bind(self) as (message: FromPixel) => void;
const heard = new Map<string, Hear[]>();
const waiting = new Map<number, (answer: Extract<ToPixel, { kind: 'answer' }>) => void>();
let run: Run | null = null;
let calls = 0;

const report = (error: unknown) =>
  say({ kind: 'problem', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });

const call =
  (on: string, method: string) =>
  (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = (calls += 1);
      waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      );
      say({ kind: 'call', call: id, on, method, args });
    });

const storage = (on: string) =>
  Object.fromEntries(
    ['getItem', 'setItem', 'removeItem', 'key', 'clear'].map((name) => [name, call(on, name)]),
  );

const browser = {
  localStorage: storage('localStorage'),
  sessionStorage: storage('sessionStorage'),
  cookie: { get: call('cookie', 'get'), set: call('cookie', 'set') },
};

function subscribe(name: string, hear: Hear): Promise<() => void> {
  if (!EVENTS.has(name)) report(new Error(`analytics.subscribe: there is no event ${name}`));
  heard.set(name, [...(heard.get(name) ?? []), hear]);
  say({ kind: 'heard', name });
  return Promise.resolve(() =>
    heard.set(
      name,
      (heard.get(name) ?? []).filter((each) => each !== hear),
    ),
  );
}

async function tell(event: Extract<ToPixel, { kind: 'event' }>['event']): Promise<void> {
  for (const hear of [...(heard.get(event.name) ?? []), ...(heard.get('all_events') ?? [])]) {
    try {
      await hear(event);
    } catch (error) {
      report(error);
    }
  }
}

self.addEventListener('error', ({ error, message }) => report(error ?? message));
self.addEventListener('unhandledrejection', ({ reason }) => report(reason));
self.addEventListener('message', ({ data }: MessageEvent<ToPixel>) => {
  switch (data.kind) {
    case 'start':
      if (!run) return report(new Error('The script registers no pixel: register() was not called'));
      return void run({
        analytics: { subscribe, publish: () => Promise.resolve(true) },
        browser,
        init: data.init,
        settings: data.settings,
        customerPrivacy: { subscribe: () => Promise.resolve(() => {}) },
      });
    case 'event':
      return void tell(data.event);
    case 'answer':
      waiting.get(data.call)?.(data);
      waiting.delete(data.call);
  }
});

Object.assign(globalThis, {
  shopify: {
    extend(point: string, given: Run) {
      if (point !== 'WebPixel::Render') throw new Error(`There is no extension point ${point}`);
      run = given;
    },
  },
});
for (const name of MISSING)
  if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
